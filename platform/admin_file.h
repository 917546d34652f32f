/* Files that the administrator (or, for their own service, the person) writes for this service.
 *
 * What anybody else could have written is refused with G_IO_ERROR_PERMISSION_DENIED, and so is a
 * folder in which somebody else could put files. Sentences for people name the path and say what to
 * do. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_ADMIN_FILE_MOST (64 * 1024)

/* The names in `folder` that end with `suffix` and do not begin with a dot, sorted, for
 * g_strfreev(). NULL with G_IO_ERROR_NOT_FOUND: there is no such folder, which costs one failed
 * look. */
char **wh_admin_file_list(const char *folder, const char *suffix, GError **error);

/* The bytes of an ordinary file that only root and this service's user may write (Windows: only the
 * system, administrators and the service's user), with a NUL behind them that is not in `length`;
 * at most WH_ADMIN_FILE_MOST. A symbolic link is followed. For wh_admin_file_wipe(). */
char *wh_admin_file_read(const char *path, gsize *length, GError **error);

/* The same of a secret: also nobody else may read the file, and it is no link. */
char *wh_admin_file_read_secret(const char *path, gsize *length, GError **error);

/* Overwrites and frees what was read; accepts NULL. */
void wh_admin_file_wipe(char *bytes, gsize length);

G_END_DECLS
