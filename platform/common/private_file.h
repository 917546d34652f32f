/* Files that nobody but this user (and the system's administrators) may read, inside a folder that
 * is held open. In linux/ and windows/.
 *
 * Every name is one plain file name. What others could read or change, what another user owns and
 * what is no ordinary file is refused with G_IO_ERROR_PERMISSION_DENIED. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhPrivateFolder WhPrivateFolder;
typedef struct WhPrivateFile WhPrivateFile;

/* Opens the folder at `path`, made when missing; one that others may read or write is refused. */
WhPrivateFolder *wh_private_folder_open(const char *path, GError **error);
void wh_private_folder_close(WhPrivateFolder *folder);

/* Opens `name` for reading; its size in *size. G_IO_ERROR_NOT_FOUND only when there is no such
 * file. */
WhPrivateFile *wh_private_file_open(const WhPrivateFolder *folder, const char *name, guint64 *size,
                                    GError **error);
void wh_private_file_close(WhPrivateFile *file);

/* Fills `bytes` from the file's present position; G_IO_ERROR_INVALID_DATA when it ends before. */
gboolean wh_private_file_read(WhPrivateFile *file, gpointer bytes, gsize length, GError **error);

/* Writes `head` and then `body` to `name`, whole or not at all, and waits until the disk has them.
 */
gboolean wh_private_file_replace(const WhPrivateFolder *folder, const char *name, const char *head,
                                 const char *body, gsize body_length, GError **error);

/* Removes `name`; one that is not there is success. Waits for the disk. */
gboolean wh_private_file_remove(const WhPrivateFolder *folder, const char *name, GError **error);

/* Removes what a write that was cut short left of files whose names end with `suffix`. */
void wh_private_file_sweep(const WhPrivateFolder *folder, const char *suffix);

/* Everything in the folder whose name ends with `suffix`, without it; for g_strfreev(). */
char **wh_private_file_list(const WhPrivateFolder *folder, const char *suffix, GError **error);

G_END_DECLS
