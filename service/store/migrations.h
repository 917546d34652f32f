/* The tables, and the steps that lead from each older version of them to the present one. Private
 * to this room. */
#pragma once

#include "service/store/database.h"

G_BEGIN_DECLS

/* The version in the file: 0 for an empty one. Returns SQLite's result. */
int wh_migrations_version(WhDatabase *database, int *version);

/* The version that this program writes. */
int wh_migrations_newest(void);

/* Brings the file from `version` to the newest, each step whole or not at all. Returns SQLite's
 * result. */
int wh_migrations_run(WhDatabase *database, int version);

G_END_DECLS
