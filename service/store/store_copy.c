#include "service/store/store_copy.h"

#include "service/store/salvage.h"

#include <glib/gstdio.h>

#define LARGEST (64 * 1024 * 1024)

/* In memory on every Linux, where a whole disk is read-only. */
#define OTHER_TEMPORARY "/dev/shm"

static char *make_folder(void)
{
    g_autofree char *made = g_dir_make_tmp("wayhome-XXXXXX", NULL);
    if (made != NULL)
        return g_steal_pointer(&made);
    g_autofree char *other = g_build_filename(OTHER_TEMPORARY, "wayhome-XXXXXX", NULL);
    return g_mkdtemp(other) != NULL ? g_steal_pointer(&other) : NULL;
}

static gboolean copy_file(const char *from, const char *to)
{
    GStatBuf status;
    g_autofree char *bytes = NULL;
    gsize length = 0;
    return g_stat(from, &status) == 0 && status.st_size <= LARGEST &&
           g_file_get_contents(from, &bytes, &length, NULL) &&
           g_file_set_contents_full(to, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600,
                                    NULL);
}

gboolean wh_store_copy_read(const char *path, WhDatabase *database)
{
    g_autofree char *folder = make_folder();
    if (folder == NULL)
        return FALSE;
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autofree char *copy = g_build_filename(folder, "wayhome.db", NULL);
    g_autofree char *log_copy = g_strconcat(copy, "-wal", NULL);
    guint accounts = 0, hosts = 0;
    gboolean read = copy_file(path, copy);
    if (read) {
        copy_file(log, log_copy);
        wh_salvage_copy(copy, database, &accounts, &hosts);
    }
    g_unlink(log_copy);
    g_unlink(copy);
    g_rmdir(folder);
    return read;
}
