#include "installer/windows/setup/programs.h"

#include "platform/windows/text.h"

#include <windows.h>

#include <tlhelp32.h>

#define MOST_PATH 32768
#define WAIT_MILLISECONDS 5000

/* What the ended program tells whoever waits for it: that it did not do what it was asked for. */
#define ENDED 1

typedef HANDLE Handle;

static void close_handle(HANDLE handle)
{
    if (handle != NULL && handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Handle, close_handle, NULL)

gboolean wh_programs_is_ours(const char *path, const char *folder)
{
    g_autofree char *parent = g_path_get_dirname(path);
    g_autofree char *one = g_utf8_casefold(parent, -1);
    g_autofree char *other = g_utf8_casefold(folder, -1);

    return g_strcmp0(one, other) == 0;
}

static char *path_of(HANDLE process)
{
    g_autofree wchar_t *wide = g_new0(wchar_t, MOST_PATH);
    DWORD length = MOST_PATH;

    if (!QueryFullProcessImageNameW(process, 0, wide, &length))
        return NULL;
    return wh_windows_utf8_of(wide, length);
}

static guint32 end(HANDLE process)
{
    if (!TerminateProcess(process, ENDED))
        return GetLastError();
    switch (WaitForSingleObject(process, WAIT_MILLISECONDS)) {
    case WAIT_OBJECT_0:
        return ERROR_SUCCESS;
    case WAIT_TIMEOUT:
        return ERROR_TIMEOUT;
    default:
        return GetLastError();
    }
}

static gboolean end_when_ours(DWORD id, const char *folder, GError **error)
{
    g_auto(Handle) process =
        OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);
    g_autofree char *path = process != NULL ? path_of(process) : NULL;
    guint32 code;

    /* What does not even let the system look at it is not ours. */
    if (path == NULL || !wh_programs_is_ours(path, folder))
        return TRUE;
    code = end(process);
    if (code == ERROR_SUCCESS)
        return TRUE;
    wh_windows_set_error(error, code, "“%s” does not end", path);
    return FALSE;
}

gboolean wh_programs_end(const WhSetup *setup, GError **error)
{
    g_auto(Handle) all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    gboolean done = TRUE;

    if (all == INVALID_HANDLE_VALUE) {
        wh_windows_set_error(error, GetLastError(), "What runs cannot be listed");
        return FALSE;
    }
    for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry))
        if (entry.th32ProcessID != GetCurrentProcessId())
            done = end_when_ours(entry.th32ProcessID, setup->bin, done ? error : NULL) && done;
    return done;
}
