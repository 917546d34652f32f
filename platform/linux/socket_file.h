/* A listening AF_UNIX socket at a path: made, found stale, removed. */
#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/* The longest path that a socket can have here, without the terminating NUL. */
#define WH_SOCKET_FILE_MAX 103

/* Makes a non-blocking socket that listens at `path` with file mode 0666 (`everyone`) or 0600, and
 * tells in `made` which file it is. It appears at its path only when its mode is right and it
 * listens. A stale socket is replaced. Errors as wh_listener_new(). */
int wh_socket_file_listen(const char *path, gboolean everyone, struct stat *made, GError **error);

/* Removes the file unless something else has taken its place. */
void wh_socket_file_remove(const char *path, const struct stat *made);

/* Connects without waiting; -1 with errno. */
int wh_socket_file_connect(const char *path);

G_END_DECLS
