/* The file of a store: made, locked, opened, replaced when it is damaged. Private to this room.
 *
 * Errors are WH_STORE_ERROR. */
#pragma once

#include "service/store/database.h"

G_BEGIN_DECLS

/* Makes `folder` when it is missing and keeps other processes out of it until the lock is closed.
 */
WhDatabase *wh_store_file_lock(const char *folder, GError **error);

/* Opens or makes the file; a damaged one is replaced. */
WhDatabase *wh_store_file_open(const char *path, char **notice, GError **error);

/* Sets the file aside, begins a new one with what can be read of it, and says so in *notice. */
WhDatabase *wh_store_file_replace(const char *path, char **notice, GError **error);

G_END_DECLS
