#include "platform/windows/keyring_entries.h"

#include <string.h>
#include <windows.h>

typedef struct {
    gsize length;
    char bytes[];
} Entry;

static void wipe(gpointer data)
{
    Entry *entry = data;

    SecureZeroMemory(entry->bytes, entry->length);
    g_free(entry);
}

GHashTable *wh_keyring_entries_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, wipe);
}

void wh_keyring_entries_put(GHashTable *entries, const char *key, const char *bytes, gsize length)
{
    Entry *entry = g_malloc0(sizeof *entry + length + 1);

    entry->length = length;
    if (length > 0)
        memcpy(entry->bytes, bytes, length);
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
        gsize length = 0;
        const char *other = wh_keyring_entries_lookup(b, key, &length);

        if (other == NULL || length != one->length || memcmp(one->bytes, other, length) != 0)
            return FALSE;
    }
    return TRUE;
}
