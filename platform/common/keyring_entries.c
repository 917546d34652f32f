#include "platform/common/keyring_entries.h"

#include "platform/common/blank.h"

#include <string.h>

typedef struct {
    gsize length;
    char bytes[];
} Entry;

static void entry_free(gpointer data)
{
    Entry *entry = data;

    wh_blank(entry->bytes, entry->length);
    g_free(entry);
}

GHashTable *wh_keyring_entries_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
}

void wh_keyring_entries_put(GHashTable *entries, const char *key, const char *bytes, gsize length)
{
    Entry *entry = g_malloc(sizeof *entry + length + 1);

    entry->length = length;
    memcpy(entry->bytes, bytes, length);
    entry->bytes[length] = '\0';
    g_hash_table_replace(entries, g_strdup(key), entry);
}

const char *wh_keyring_entries_lookup(GHashTable *entries, const char *key, gsize *length)
{
    const Entry *entry = g_hash_table_lookup(entries, key);

    if (entry == NULL)
        return NULL;
    *length = entry->length;
    return entry->bytes;
}

gboolean wh_keyring_entries_equal(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer key, value;

    if (g_hash_table_size(a) != g_hash_table_size(b))
        return FALSE;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const Entry *one = value;
        const Entry *other = g_hash_table_lookup(b, key);

        if (other == NULL || one->length != other->length ||
            memcmp(one->bytes, other->bytes, one->length) != 0)
            return FALSE;
    }
    return TRUE;
}
