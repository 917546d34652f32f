/* Reads a store whose folder nobody can write to. Private to this room. */
#pragma once

#include "service/store/database.h"

G_BEGIN_DECLS

/* Puts what can be read of the database at `path`, with its log, into the empty tables of
 * `database`. SQLite reads a log only where it can write beside it, so a copy is read, in a private
 * folder for temporary files that is gone afterwards. FALSE: there is none, or none can be read. */
gboolean wh_store_copy_read(const char *path, WhDatabase *database);

G_END_DECLS
