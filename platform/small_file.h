/* A small file of this person's, read at a start: something that is no file, or has no end, must
 * not stop the program. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_SMALL_FILE_MOST (64 * 1024)

/* The bytes of the file, with a NUL behind them that is not in `length`; for g_free(). Waits for
 * the disk alone. G_IO_ERROR_NOT_FOUND: there is none; G_IO_ERROR_NOT_REGULAR_FILE: a folder, a
 * pipe or the like; G_IO_ERROR_MESSAGE_TOO_LARGE: longer than WH_SMALL_FILE_MOST; others of
 * G_IO_ERROR: it cannot be read. */
char *wh_small_file_read(const char *path, gsize *length, GError **error);

G_END_DECLS
