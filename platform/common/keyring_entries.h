/* What is kept in a keyring, as it is in memory: a table from key to bytes that are wiped. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For g_hash_table_unref(). */
GHashTable *wh_keyring_entries_new(void);

/* Copies `length` bytes and puts a NUL behind them. */
void wh_keyring_entries_put(GHashTable *entries, const char *key, const char *bytes, gsize length);

/* Borrowed, or NULL. */
const char *wh_keyring_entries_lookup(GHashTable *entries, const char *key, gsize *length);

/* Whether both hold the same. */
gboolean wh_keyring_entries_equal(GHashTable *a, GHashTable *b);

G_END_DECLS
