#include "platform/admin_file.h"

#include "platform/fake/file_mode.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Reads real files, in the plainest way: tests of what is read make files. */
static char *read_path(const char *path, guint forbidden, gsize *length, GError **error)
{
    GStatBuf there;
    g_autofree char *text = NULL;
    gsize count = 0;

    if (g_lstat(path, &there) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s is not there", path);
        return NULL;
    }
    if (forbidden == 022 && g_stat(path, &there) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s is not there", path);
        return NULL;
    }
    if ((there.st_mode & S_IFMT) != S_IFREG || wh_fake_mode_has(there.st_mode, forbidden)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s is not used", path);
        return NULL;
    }
    if (!g_file_get_contents(path, &text, &count, NULL) || count > WH_ADMIN_FILE_MOST) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "%s is too long", path);
        return NULL;
    }
    *length = count;
    return g_steal_pointer(&text);
}

char *wh_admin_file_read(const char *path, gsize *length, GError **error)
{
    return read_path(path, 022, length, error);
}

char *wh_admin_file_read_secret(const char *path, gsize *length, GError **error)
{
    return read_path(path, 077, length, error);
}

void wh_admin_file_wipe(char *bytes, gsize length)
{
    if (bytes != NULL)
        memset(bytes, 0, length);
    g_free(bytes);
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **wh_admin_file_list(const char *folder, const char *suffix, GError **error)
{
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
    GPtrArray *names;
    GStatBuf there;
    const char *name;

    if (listing == NULL || g_stat(folder, &there) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s is not there", folder);
        return NULL;
    }
    if (wh_fake_mode_has(there.st_mode, 022)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s is not used", folder);
        return NULL;
    }
    names = g_ptr_array_new();
    while ((name = g_dir_read_name(listing)) != NULL) {
        if (*name != '.' && g_str_has_suffix(name, suffix))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}
