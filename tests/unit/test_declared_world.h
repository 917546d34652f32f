/* The accounts room with files of an administrator. */
#pragma once

#include "tests/unit/test_accounts_world.h"

G_BEGIN_DECLS

/* Declarations, and what came of the last ones. */
typedef struct {
    World world;
    GPtrArray *declarations;
    char *problems;
} Files;

void files_setup(Files *files, gconstpointer data);
void files_teardown(Files *files, gconstpointer data);

/* One more file /etc/NAME.conf; a secret as name=text, or NULL: none can be read. A text that is no
 * declaration makes a file that cannot be used. */
void files_add(Files *files, const char *name, const char *text, const char *secret);

/* All that were added since the last time are what there is; problems are joined by '|'. */
void files_declare(Files *files);

/* One file, declared. */
void files_declare_one(Files *files, const char *name, const char *text, const char *secret);

/* The problems of the last time. */
void files_check_problems(Files *files, const char *expected);

/* An account of the provider "ddns" at `server`, and a host of each name, as a text. */
char *files_ddns(const char *server, const char *hosts);

G_END_DECLS
