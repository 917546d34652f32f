/* Files that nobody but this user, administrators and the system may read, inside a folder that is
 * held open (wh_folder_make()).
 *
 * What others could read or change, what belongs to somebody else and what is no ordinary file is
 * refused with G_IO_ERROR_PERMISSION_DENIED. Every name is one plain file name; the folder's path
 * is for sentences only. */
#pragma once

#include "platform/windows/access.h"

G_BEGIN_DECLS

typedef struct {
    HANDLE handle;
    char *path;
    WhTrust *trust;
} WhPrivateFolder;

/* Opens `path`, made when missing; one that others may read or write is refused. */
gboolean wh_private_folder_open(WhPrivateFolder *folder, const char *path, GError **error);
void wh_private_folder_close(WhPrivateFolder *folder);

/* Opens `name` for reading; NULL with `error`, G_IO_ERROR_NOT_FOUND only when there is none. */
HANDLE wh_private_file_open(const WhPrivateFolder *folder, const char *name, guint64 *size,
                            GError **error);

/* Fills `bytes`; G_IO_ERROR_INVALID_DATA when the file ends before. */
gboolean wh_private_file_read(HANDLE file, gpointer bytes, gsize length, GError **error);

/* Writes `head` and then `body` to `name`, whole or not at all, and waits until the disk has them.
 */
gboolean wh_private_file_replace(const WhPrivateFolder *folder, const char *name, const char *head,
                                 const char *body, gsize body_length, GError **error);

/* Removing what is not there succeeds. */
gboolean wh_private_file_remove(const WhPrivateFolder *folder, const char *name, GError **error);

/* Removes what a write that was cut short left of files whose names end with `suffix`. */
void wh_private_file_sweep(const WhPrivateFolder *folder, const char *suffix);

/* Everything in the folder whose name ends with `suffix`, without it; for g_strfreev(). */
char **wh_private_file_list(const WhPrivateFolder *folder, const char *suffix, GError **error);

G_END_DECLS
