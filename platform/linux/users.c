#include "platform/users.h"

#include "platform/linux/peer.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>

#define FIRST_SIZE 1024
#define LAST_SIZE (1024 * 1024)
#define MAX_NAME 256

/* name NULL: by uid. Returns 0, or an errno; *entry is NULL when there is nobody. *buffer holds
 * what it points to. */
static int look_up(const char *name, guint32 uid, struct passwd *room, char **buffer,
                   struct passwd **entry)
{
    int code = ERANGE;

    for (gsize size = FIRST_SIZE; code == ERANGE && size <= LAST_SIZE; size *= 2) {
        g_free(*buffer);
        *buffer = g_malloc(size);
        *entry = NULL;
        code = name != NULL ? getpwnam_r(name, room, *buffer, size, entry)
                            : getpwuid_r(uid, room, *buffer, size, entry);
    }
    return code;
}

char *wh_users_name(const char *principal)
{
    struct passwd room;
    struct passwd *entry = NULL;
    g_autofree char *buffer = NULL;
    guint64 uid;

    if (!g_str_has_prefix(principal, WH_PEER_PREFIX) ||
        !g_ascii_string_to_unsigned(principal + strlen(WH_PEER_PREFIX), 10, 0, G_MAXUINT32 - 1,
                                    &uid, NULL) ||
        look_up(NULL, (guint32)uid, &room, &buffer, &entry) != 0 || entry == NULL)
        return NULL;
    return g_strdup(entry->pw_name);
}

/* Not found is told in several ways (getpwnam(3), "ERRORS"). */
static gboolean means_nobody(int code)
{
    return code == 0 || code == ENOENT || code == ESRCH || code == EBADF || code == EPERM;
}

char *wh_users_find(const char *user, char **name, GError **error)
{
    struct passwd room;
    struct passwd *entry = NULL;
    g_autofree char *buffer = NULL;
    int code =
        *user != '\0' && strlen(user) <= MAX_NAME ? look_up(user, 0, &room, &buffer, &entry) : 0;

    if (entry == NULL && means_nobody(code)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "This computer has no user of that name. Give the name with which "
                            "they sign in.");
        return NULL;
    }
    if (entry == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "The users of this computer cannot be looked up now (%s). Try again later.",
                    g_strerror(code));
        return NULL;
    }
    if (!wh_peer_uid_is_person(entry->pw_uid)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "That is an account of the system. Give the name with which a person "
                            "signs in.");
        return NULL;
    }
    *name = g_strdup(entry->pw_name);
    return g_strdup_printf(WH_PEER_PREFIX "%u", entry->pw_uid);
}

gboolean wh_users_principals_return(void)
{
    return TRUE;
}
