/* The keys of the two groups. Private to this room. */
#pragma once

#include "service/declared/declared_file.h"

G_BEGIN_DECLS

/* Takes one key. NULL, or what is wrong with it: a sentence for g_free(). */
char *wh_declared_keys_account(WhDeclaredFile *file, const char *key, const char *value,
                               guint line);
char *wh_declared_keys_host(WhDeclaredHost *host, const char *key, const char *value);

G_END_DECLS
