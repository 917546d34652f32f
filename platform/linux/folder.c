#include "platform/linux/folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static gboolean one_make(const char *path, guint mode, GError **error)
{
    if (mkdir(path, 0700) == 0) {
        if (chmod(path, mode) == 0)
            return TRUE;
    } else if (errno == EEXIST) {
        return TRUE;
    }
    g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno),
                "The folder %s cannot be made: %s", path, g_strerror(errno));
    return FALSE;
}

gboolean wh_folder_make(const char *path, guint mode, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);

    for (char *slash = strchr(whole + 1, G_DIR_SEPARATOR); slash != NULL;
         slash = strchr(slash + 1, G_DIR_SEPARATOR)) {
        gboolean made;

        *slash = '\0';
        made = one_make(whole, mode, error);
        *slash = G_DIR_SEPARATOR;
        if (!made)
            return FALSE;
    }
    return one_make(whole, mode, error);
}
