/* Saves what can be read of a damaged file. Private to this room. */
#pragma once

#include "service/store/database.h"

G_BEGIN_DECLS

/* Moves the database at `path`, with its write-ahead log, to a name with the present date beside
 * it. NULL with GFileError; the caller frees the new path. Nobody may have it open. */
char *wh_salvage_set_aside(const char *path, GError **error);

/* Copies every row that can be read of the file at `damaged` into the empty tables of `database`,
 * and never changes that file. Returns how many accounts and hosts there are now. */
void wh_salvage_copy(const char *damaged, WhDatabase *database, guint *accounts, guint *hosts);

G_END_DECLS
