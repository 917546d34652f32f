/* Files that nobody but this user may read, inside a folder that is held open.
 *
 * Every name is one plain file name. What others could read or change, what another user owns and
 * what is no ordinary file is refused with G_IO_ERROR_PERMISSION_DENIED. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens a folder that belongs to this user alone, as a file descriptor; -1 with `error`. */
int wh_private_file_open_folder(const char *path, GError **error);

/* Opens `name` for reading; its size in *size. G_IO_ERROR_NOT_FOUND only when there is no such
 * file. */
int wh_private_file_open(int folder, const char *name, gsize *size, GError **error);

/* Fills `bytes` from the file's present position; G_IO_ERROR_INVALID_DATA when it ends before. */
gboolean wh_private_file_read(int fd, gpointer bytes, gsize length, GError **error);

/* Writes `head` and then `body` to `name`, whole or not at all, and waits until the disk has them.
 */
gboolean wh_private_file_replace(int folder, const char *name, const char *head, const char *body,
                                 gsize body_length, GError **error);

/* Removes `name`; one that is not there is success. Waits for the disk. */
gboolean wh_private_file_remove(int folder, const char *name, GError **error);

/* Removes what a write that was cut short left of files whose names end with `suffix`. */
void wh_private_file_sweep(int folder, const char *suffix);

/* Everything in the folder whose name ends with `suffix`, without it; for g_strfreev(). */
char **wh_private_file_list(int folder, const char *suffix, GError **error);

G_END_DECLS
