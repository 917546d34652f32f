#include "platform/credentials.h"

#include <glib/gstdio.h>
#include <string.h>

static char *path_of(const char *name)
{
    return g_build_filename(g_getenv("CREDENTIALS_DIRECTORY"), name, NULL);
}

char *wh_credentials_read(const char *name, gsize *length, GError **error)
{
    g_autofree char *path = path_of(name);
    char *bytes = NULL;
    gsize count = 0;

    if (*name == '\0' || *name == '.' || strchr(name, '/') != NULL) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no name");
        return NULL;
    }
    if (!g_path_is_absolute(path) || !g_file_get_contents(path, &bytes, &count, NULL)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "not handed over");
        return NULL;
    }
    *length = count;
    return bytes;
}

gboolean wh_credentials_is_outdated(const char *name, const char *folder)
{
    g_autofree char *here = path_of(name);
    g_autofree char *there = g_build_filename(folder, name, NULL);
    GStatBuf one;
    GStatBuf other;

    return g_stat(here, &one) == 0 && g_stat(there, &other) == 0 && other.st_mtime > one.st_mtime &&
           one.st_mtime > 1577836800;
}
