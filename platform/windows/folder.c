#include "platform/windows/folder.h"

#include "platform/windows/at.h"
#include "platform/windows/text.h"

#include <string.h>

/* Enough to list it, to make something in it, and to see whose it is. */
#define USE                                                                                        \
    (FILE_LIST_DIRECTORY | FILE_TRAVERSE | FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY | READ_CONTROL)
#define LOOK (FILE_LIST_DIRECTORY | FILE_TRAVERSE | READ_CONTROL)
#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define SHARE_USE (FILE_SHARE_READ | FILE_SHARE_WRITE)

/* Somebody could put something there again and again. */
#define ATTEMPTS 8

/* Whoever holds a folder open, in a way that nobody else can, keeps us from seeing whose it is: it
 * is one that may not be used. */
static HANDLE fail(GError **error, guint32 code, const char *path, const char *what)
{
    if (code != ERROR_SHARING_VIOLATION)
        wh_windows_set_error(error, code, "The folder %s cannot be %s", path, what);
    else
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "The folder %s cannot be %s, because another program holds it open. Restart "
                    "the computer, then try again",
                    path, what);
    return NULL;
}

static HANDLE refuse(GError **error, const char *path, const char *sentence)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s %s", path, sentence);
    return NULL;
}

void wh_folder_refuse(GError **error, const char *path, WhAccessVerdict verdict, const char *who)
{
    g_autofree char *name = wh_access_name_of(who);
    const char *may = verdict == WH_ACCESS_WRITERS ? "changed" : "read";

    if (verdict == WH_ACCESS_OWNER)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "%s belongs to %s and is not used. If you trust what it holds, make "
                    "administrators its owner: open a terminal as an administrator, and enter: "
                    "icacls \"%s\" /setowner *" WH_ACCESS_ADMINISTRATORS,
                    path, name, path);
    else
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "%s may be %s by %s and is not used. Take that away%s: open a terminal as an "
                    "administrator, and enter: icacls \"%s\" /inheritance:d and then: icacls "
                    "\"%s\" /remove *%s",
                    path, may, name,
                    verdict == WH_ACCESS_READERS
                        ? ", and use another secret if somebody may have read it"
                        : "",
                    path, path, who);
}

/* What the person or the system says that a folder is: links on the way are theirs. */
static HANDLE open_above(const char *path, guint32 *code)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    HANDLE handle =
        wide != NULL ? CreateFileW(wide, FILE_LIST_DIRECTORY | FILE_TRAVERSE | SYNCHRONIZE,
                                   SHARE_USE, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL)
                     : INVALID_HANDLE_VALUE;

    *code = wide == NULL                     ? ERROR_INVALID_NAME
            : handle == INVALID_HANDLE_VALUE ? GetLastError()
                                             : ERROR_SUCCESS;
    return handle != INVALID_HANDLE_VALUE ? handle : NULL;
}

/* A path in its two parts. */
typedef struct {
    char *above;
    char *name;
} Place;

static void place_clear(Place *place)
{
    g_free(place->above);
    g_free(place->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static gboolean place_init(Place *place, const char *path, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);

    place->above = g_path_get_dirname(whole);
    place->name = g_path_get_basename(whole);
    if (strcmp(place->above, whole) != 0)
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                "%s is a whole drive. Name a folder on it", path);
    return FALSE;
}

static gboolean make_above(const char *path, const char *sddl, GError **error)
{
    guint32 code;
    HANDLE handle = open_above(path, &code);

    if (handle == NULL && (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND))
        handle = wh_folder_make(path, sddl, error);
    else if (handle == NULL)
        fail(error, code, path, "opened");
    if (handle == NULL)
        return FALSE;
    CloseHandle(handle);
    return TRUE;
}

/* Takes the handle. */
static HANDLE unless_link(HANDLE handle, const char *path, GError **error)
{
    if (!wh_at_is_link(handle))
        return handle;
    CloseHandle(handle);
    return refuse(error, path, "is a link to another folder and is not used. Remove the link");
}

static HANDLE open_in(const Place *place, const char *path, const WhAtWish *wish, GError **error)
{
    guint32 code;
    HANDLE handle = NULL;
    HANDLE above = open_above(place->above, &code);

    if (above != NULL) {
        code = wh_at_open(above, place->name, wish, &handle);
        CloseHandle(above);
    }
    if (code != ERROR_SUCCESS)
        return fail(error, code, path, wish->how == WH_AT_OPEN ? "opened" : "made");
    return unless_link(handle, path, error);
}

HANDLE wh_folder_make(const char *path, const char *sddl, GError **error)
{
    g_auto(Place) place = {0};
    WhAtWish wish = {.how = WH_AT_EITHER, .access = USE, .share = SHARE_USE, .folder = TRUE};

    if (!place_init(&place, path, error) || !make_above(place.above, sddl, error))
        return NULL;
    wish.descriptor = wh_access_descriptor(sddl, error);
    if (wish.descriptor == NULL)
        return NULL;
    HANDLE handle = open_in(&place, path, &wish, error);
    LocalFree(wish.descriptor);
    return handle;
}

HANDLE wh_folder_open(const char *path, const WhTrust *trust, guint demands, GError **error)
{
    g_auto(Place) place = {0};
    g_autofree char *who = NULL;
    const WhAtWish wish = {.access = LOOK, .share = SHARE_USE, .folder = TRUE};
    WhAccessVerdict verdict = WH_ACCESS_SOUND;
    HANDLE handle;

    if (!place_init(&place, path, error))
        return NULL;
    handle = open_in(&place, path, &wish, error);
    if (handle == NULL)
        return NULL;
    if (!wh_access_judge_handle(handle, trust, demands, &verdict, &who, NULL))
        verdict = WH_ACCESS_OWNER;
    if (verdict == WH_ACCESS_SOUND)
        return handle;
    wh_folder_refuse(error, path, verdict, who != NULL ? who : WH_ACCESS_EVERYONE);
    CloseHandle(handle);
    return NULL;
}

static char *name_aside(const char *name)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *date = g_date_time_format(now, "%Y-%m-%d");

    return g_strdup_printf("%s.moved-%s-%08x", name, date, g_random_int());
}

/* Asks for no more than this, so that it may keep us from looking at it. */
static guint32 move_aside(HANDLE above, const Place *place, char **aside)
{
    const WhAtWish wish = {.access = DELETE, .share = SHARE_ALL};
    g_autofree char *name = name_aside(place->name);
    HANDLE handle = NULL;
    guint32 code = wh_at_open(above, place->name, &wish, &handle);

    if (code != ERROR_SUCCESS)
        return code;
    code = wh_at_rename(handle, above, name, FALSE);
    CloseHandle(handle);
    if (code == ERROR_SUCCESS) {
        g_free(*aside);
        *aside = g_build_filename(place->above, name, NULL);
    }
    return code;
}

static gboolean is_trusted(HANDLE handle, const WhTrust *trust)
{
    WhAccessVerdict verdict = WH_ACCESS_OWNER;

    return !wh_at_is_link(handle) && wh_at_is_folder(handle) &&
           wh_access_judge_handle(handle, trust, 0, &verdict, NULL, NULL) &&
           verdict == WH_ACCESS_SOUND;
}

/* Of this folder alone: a link that somebody put inside is not walked through. */
static guint32 set_rights(HANDLE handle, PSECURITY_DESCRIPTOR descriptor)
{
    return SetKernelObjectSecurity(
               handle, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, descriptor)
               ? ERROR_SUCCESS
               : GetLastError();
}

/* The first look keeps nobody out, since who holds a folder of theirs open must not keep it from
 * being moved aside; what is opened for use stays where it is, and is looked at again. What may not
 * even be looked at is not ours either. */
static guint32 open_trusted(HANDLE above, const char *name, PSECURITY_DESCRIPTOR descriptor,
                            const WhTrust *trust, HANDLE *handle)
{
    const WhAtWish look = {.access = READ_CONTROL, .share = SHARE_ALL};
    const WhAtWish use = {.access = USE | WRITE_DAC, .share = SHARE_USE, .folder = TRUE};
    HANDLE found = NULL;
    HANDLE opened = NULL;
    guint32 code = wh_at_open(above, name, &look, &found);

    if (code != ERROR_SUCCESS)
        return code == ERROR_ACCESS_DENIED ? ERROR_INVALID_OWNER : code;
    code = is_trusted(found, trust) ? wh_at_open(above, name, &use, &opened) : ERROR_INVALID_OWNER;
    CloseHandle(found);
    if (code == ERROR_SUCCESS && !is_trusted(opened, trust))
        code = ERROR_INVALID_OWNER;
    if (code == ERROR_SUCCESS)
        code = set_rights(opened, descriptor);
    if (code == ERROR_SUCCESS)
        *handle = opened;
    else if (opened != NULL)
        CloseHandle(opened);
    return code;
}

static guint32 secure_in(HANDLE above, const Place *place, PSECURITY_DESCRIPTOR descriptor,
                         const WhTrust *trust, HANDLE *handle, char **aside)
{
    const WhAtWish new_one = {.how = WH_AT_CREATE,
                              .access = USE | WRITE_DAC,
                              .share = SHARE_USE,
                              .folder = TRUE,
                              .descriptor = descriptor};
    guint32 code = ERROR_SUCCESS;

    for (guint i = 0; i < ATTEMPTS; i++) {
        code = open_trusted(above, place->name, descriptor, trust, handle);
        if (code != ERROR_INVALID_OWNER && code != ERROR_FILE_NOT_FOUND)
            return code;
        if (code == ERROR_INVALID_OWNER)
            code = move_aside(above, place, aside);
        if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND)
            return code;
        code = wh_at_open(above, place->name, &new_one, handle);
        if (code != ERROR_ALREADY_EXISTS && code != ERROR_FILE_EXISTS)
            return code;
    }
    return code;
}

HANDLE wh_folder_secure(const char *path, const char *sddl, const WhTrust *trust, char **aside,
                        GError **error)
{
    g_auto(Place) place = {0};
    g_autofree char *moved = NULL;
    HANDLE handle = NULL;
    guint32 code;

    if (!place_init(&place, path, error))
        return NULL;
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(sddl, error);
    if (descriptor == NULL)
        return NULL;
    HANDLE above = open_above(place.above, &code);
    if (above != NULL) {
        code = secure_in(above, &place, descriptor, trust, &handle, &moved);
        CloseHandle(above);
    }
    LocalFree(descriptor);
    if (code == ERROR_ACCESS_DENIED)
        code = ERROR_SHARING_VIOLATION; /* something in it is open, says who renames it */
    if (code != ERROR_SUCCESS)
        return fail(error, code, path, "made safe");
    if (aside != NULL)
        *aside = g_steal_pointer(&moved);
    return handle;
}
