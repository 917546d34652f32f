#include "platform/windows/at.h"

#include "platform/windows/text.h"

#include <string.h>
#include <winternl.h>

/* Of wdm.h; not in every set of headers. */
#define RENAME_EX ((FILE_INFORMATION_CLASS)65)
#define RENAME_REPLACES 1U
#define RENAME_POSIX 2U

/* Of winbase.h; the same. */
#define DISPOSITION_EX ((FILE_INFO_BY_HANDLE_CLASS)21)
#define DISPOSITION_DELETES 1U
#define DISPOSITION_POSIX 2U

#define LISTING_SIZE (16 * 1024)

static const ULONG dispositions[] = {
    [WH_AT_OPEN] = FILE_OPEN,
    [WH_AT_CREATE] = FILE_CREATE,
    [WH_AT_EITHER] = FILE_OPEN_IF,
};

static guint32 code_of(NTSTATUS status)
{
    return status >= 0 ? ERROR_SUCCESS : RtlNtStatusToDosError(status);
}

static gboolean name_set(UNICODE_STRING *string, wchar_t *wide)
{
    gsize size = wide != NULL ? wcslen(wide) * sizeof *wide : 0;

    if (size == 0 || size > G_MAXUSHORT - sizeof *wide)
        return FALSE;
    *string = (UNICODE_STRING){(USHORT)size, (USHORT)(size + sizeof *wide), wide};
    return TRUE;
}

static ULONG options_of(const WhAtWish *wish)
{
    ULONG options = FILE_OPEN_REPARSE_POINT | FILE_SYNCHRONOUS_IO_NONALERT;

    if (wish->folder)
        options |= FILE_DIRECTORY_FILE;
    else if (wish->how != WH_AT_OPEN)
        options |= FILE_NON_DIRECTORY_FILE;
    if (wish->through)
        options |= FILE_WRITE_THROUGH;
    return options;
}

guint32 wh_at_open(HANDLE folder, const char *name, const WhAtWish *wish, HANDLE *handle)
{
    g_autofree wchar_t *wide = wh_windows_wide(name);
    UNICODE_STRING string;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block = {0};
    HANDLE opened = NULL;

    if (!name_set(&string, wide))
        return ERROR_INVALID_NAME;
    InitializeObjectAttributes(&attributes, &string, OBJ_CASE_INSENSITIVE, folder,
                               wish->descriptor);
    guint32 code = code_of(NtCreateFile(
        &opened, wish->access | SYNCHRONIZE | FILE_READ_ATTRIBUTES, &attributes, &block, NULL,
        FILE_ATTRIBUTE_NORMAL, wish->share, dispositions[wish->how], options_of(wish), NULL, 0));
    if (code == ERROR_SUCCESS)
        *handle = opened;
    return code;
}

/* Flags in place of ReplaceIfExists is all in which the two kinds of renaming differ. */
static guint32 rename_as(HANDLE handle, HANDLE folder, const wchar_t *wide,
                         FILE_INFORMATION_CLASS kind, ULONG flags)
{
    gsize name_size = wcslen(wide) * sizeof *wide;
    gsize size = sizeof(FILE_RENAME_INFORMATION) + name_size;
    g_autofree FILE_RENAME_INFORMATION *wish = g_malloc0(size);
    IO_STATUS_BLOCK block = {0};

    memcpy(wish, &flags, sizeof flags);
    wish->RootDirectory = folder;
    wish->FileNameLength = (ULONG)name_size;
    memcpy(wish->FileName, wide, name_size);
    return code_of(NtSetInformationFile(handle, &block, wish, (ULONG)size, kind));
}

/* Tried first as POSIX does it, which also replaces what a virus scanner has open. */
guint32 wh_at_rename(HANDLE handle, HANDLE folder, const char *name, gboolean replace)
{
    g_autofree wchar_t *wide = wh_windows_wide(name);
    guint32 code = ERROR_NOT_SUPPORTED;

    if (wide == NULL)
        return ERROR_INVALID_NAME;
    if (replace)
        code = rename_as(handle, folder, wide, RENAME_EX, RENAME_REPLACES | RENAME_POSIX);
    if (code == ERROR_SUCCESS)
        return code;
    return rename_as(handle, folder, wide, FileRenameInformation, replace ? RENAME_REPLACES : 0);
}

/* As POSIX does it first. */
guint32 wh_at_delete(HANDLE handle)
{
    ULONG at_once = DISPOSITION_DELETES | DISPOSITION_POSIX;
    FILE_DISPOSITION_INFO wish = {TRUE};

    if (SetFileInformationByHandle(handle, DISPOSITION_EX, &at_once, sizeof at_once) ||
        SetFileInformationByHandle(handle, FileDispositionInfo, &wish, sizeof wish))
        return ERROR_SUCCESS;
    return GetLastError();
}

static DWORD attributes_of(HANDLE handle)
{
    FILE_BASIC_INFO basic = {0};

    /* What does not say is taken for the worst. */
    if (!GetFileInformationByHandleEx(handle, FileBasicInfo, &basic, sizeof basic))
        return FILE_ATTRIBUTE_REPARSE_POINT;
    return basic.FileAttributes;
}

gboolean wh_at_is_link(HANDLE handle)
{
    return (attributes_of(handle) & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
}

gboolean wh_at_is_folder(HANDLE handle)
{
    return (attributes_of(handle) & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

gboolean wh_at_has_suffix(const char *name, const char *suffix)
{
    gsize length = strlen(name);
    gsize suffix_length = strlen(suffix);

    return length >= suffix_length &&
           g_ascii_strcasecmp(name + length - suffix_length, suffix) == 0;
}

static void add_names(const BYTE *listing, const char *suffix, GStrvBuilder *names)
{
    const FILE_ID_BOTH_DIR_INFO *entry;

    do {
        entry = (const FILE_ID_BOTH_DIR_INFO *)listing;
        g_autofree char *name =
            wh_windows_utf8_of(entry->FileName, entry->FileNameLength / sizeof(wchar_t));
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && wh_at_has_suffix(name, suffix))
            g_strv_builder_add(names, name);
        listing += entry->NextEntryOffset;
    } while (entry->NextEntryOffset != 0);
}

static guint32 list_open(HANDLE folder, const char *suffix, GStrvBuilder *names)
{
    g_autofree BYTE *listing = g_malloc(LISTING_SIZE);

    while (GetFileInformationByHandleEx(folder, FileIdBothDirectoryInfo, listing, LISTING_SIZE))
        add_names(listing, suffix, names);
    return GetLastError();
}

/* An empty name is the folder itself; opened anew, because a handle remembers how far it was read
 * and, under Wine, what was there. */
static guint32 open_again(HANDLE folder, HANDLE *again)
{
    UNICODE_STRING string = {0, 0, NULL};
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block = {0};

    InitializeObjectAttributes(&attributes, &string, 0, folder, NULL);
    return code_of(NtCreateFile(again, FILE_LIST_DIRECTORY | SYNCHRONIZE, &attributes, &block, NULL,
                                0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                FILE_OPEN, FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT, NULL,
                                0));
}

guint32 wh_at_list(HANDLE folder, const char *suffix, char ***names)
{
    g_autoptr(GStrvBuilder) found = g_strv_builder_new();
    HANDLE again = NULL;
    guint32 code = open_again(folder, &again);

    if (code != ERROR_SUCCESS)
        return code;
    code = list_open(again, suffix, found);
    CloseHandle(again);
    if (code != ERROR_NO_MORE_FILES && code != ERROR_FILE_NOT_FOUND)
        return code;
    *names = g_strv_builder_end(found);
    return ERROR_SUCCESS;
}
