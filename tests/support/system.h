/* What tests need of the system they run on: in linux/ and windows/. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts a pipe that nobody writes to in the place of a file. FALSE: this system has none in folders.
 */
gboolean wh_test_make_pipe(const char *path);

/* Makes `path` a symbolic link to the file `target`. FALSE: not for this user, or not on this disk.
 */
gboolean wh_test_make_link(const char *target, const char *path);

/* Bytes of memory that this process has asked for and not given back. */
gsize wh_test_memory_in_use(void);

/* The interface of the loopback: its number, and as the zone of an address. For g_free(). */
guint wh_test_loopback(char **zone);

/* The connection of this socket ends with a reset once it is closed. */
void wh_test_reset_at_close(int socket);

/* The file is there, and only this user can read it. Where that is the folder's business: it is
 * there. */
gboolean wh_test_is_private(const char *path);

/* Where a service may listen that only this test has: below `folder`, or named after it. For
 * g_free(). */
char *wh_test_door(const char *folder, const char *name);

G_END_DECLS
