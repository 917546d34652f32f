#include "platform/linux/keyring_private.h"

#define MOST_CHARACTERS 200

#define IS_LOCKED "org.freedesktop.Secret.Error.IsLocked"
#define NO_SUCH_OBJECT "org.freedesktop.Secret.Error.NoSuchObject"

GError *wh_keyring_state_error(WhKeyring *keyring)
{
    if (keyring->state == WH_KEYRING_OPEN)
        return NULL;
    if (keyring->state == WH_KEYRING_LOCKED)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                                   "The keyring is locked");
    return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no keyring here");
}

/* One line that fits into a sentence. */
static char *readable(const char *message)
{
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    GString *text = g_string_new(NULL);
    glong left = MOST_CHARACTERS;

    for (const char *at = valid; *at != '\0' && left > 0; at = g_utf8_next_char(at), left--) {
        gunichar letter = g_utf8_get_char(at);

        g_string_append_unichar(text, g_unichar_iscntrl(letter) ? ' ' : letter);
    }
    return g_string_free(text, FALSE);
}

static gboolean is_remote(const GError *error, const char *name)
{
    g_autofree char *remote = g_dbus_error_get_remote_error(error);

    return g_strcmp0(remote, name) == 0;
}

static GIOErrorEnum code_of(const GError *error)
{
    if (is_remote(error, IS_LOCKED) ||
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        return G_IO_ERROR_PERMISSION_DENIED;
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return G_IO_ERROR_CANCELLED;
    if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
        g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        return G_IO_ERROR_NOT_FOUND;
    return G_IO_ERROR_FAILED;
}

GError *wh_keyring_error(const GError *error)
{
    g_autoptr(GError) bare = g_error_copy(error);
    g_autofree char *message = NULL;

    g_dbus_error_strip_remote_error(bare);
    message = readable(bare->message);
    return g_error_new_literal(G_IO_ERROR, (gint)code_of(error), message);
}

gboolean wh_keyring_means_gone(const GError *error)
{
    return g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
           g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
           is_remote(error, NO_SUCH_OBJECT);
}
