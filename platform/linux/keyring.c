#include "platform/linux/keyring_private.h"

#include <string.h>

#define SCHEMA "org.wayhome.Secret"
#define MAX_KEY 100
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789._-"

gboolean wh_keyring_is_key(const char *key)
{
    gsize length = strlen(key);

    return length > 0 && length <= MAX_KEY && strspn(key, KEY_CHARACTERS) == length;
}

GVariant *wh_keyring_attributes(WhKeyring *keyring, const char *key)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a{ss}"));
    g_variant_builder_add(&builder, "{ss}", "xdg:schema", SCHEMA);
    g_variant_builder_add(&builder, "{ss}", "scope", keyring->scope);
    if (key != NULL)
        g_variant_builder_add(&builder, "{ss}", "key", key);
    return g_variant_builder_end(&builder);
}

WhKeyring *wh_keyring_new(const char *scope, WhKeyringFunc changed, gpointer data)
{
    WhKeyring *keyring = g_new0(WhKeyring, 1);

    keyring->references = 1;
    keyring->scope = g_strdup(scope);
    keyring->changed = changed;
    keyring->data = data;
    keyring->entries = wh_keyring_entries_new();
    keyring->locked_keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    keyring->unlocks = wh_keyring_unlock_list();
    keyring->state = WH_KEYRING_ABSENT;
    if (wh_keyring_has_bus()) {
        keyring->state = WH_KEYRING_LOOKING;
        wh_keyring_bus_join(keyring);
    }
    return keyring;
}

WhKeyring *wh_keyring_ref(WhKeyring *keyring)
{
    keyring->references++;
    return keyring;
}

void wh_keyring_unref(WhKeyring *keyring)
{
    if (--keyring->references > 0)
        return;
    g_hash_table_unref(keyring->entries);
    g_hash_table_unref(keyring->locked_keys);
    g_array_unref(keyring->unlocks);
    g_free(keyring->scope);
    g_free(keyring);
}

void wh_keyring_free(WhKeyring *keyring)
{
    if (keyring == NULL)
        return;
    keyring->freed = TRUE;
    wh_keyring_bus_leave(keyring);
    wh_keyring_jobs_clear(keyring);
    wh_keyring_pace_stop(keyring);
    wh_keyring_look_forget(keyring);
    g_hash_table_remove_all(keyring->entries);
    wh_keyring_unref(keyring);
}

WhKeyringState wh_keyring_state(WhKeyring *keyring)
{
    return keyring->state;
}

const char *wh_keyring_lookup(WhKeyring *keyring, const char *key, gsize *length)
{
    if (keyring->state != WH_KEYRING_OPEN)
        return NULL;
    return wh_keyring_entries_lookup(keyring->entries, key, length);
}

gboolean wh_keyring_is_locked(WhKeyring *keyring, const char *key)
{
    return keyring->state == WH_KEYRING_OPEN && !g_hash_table_contains(keyring->entries, key) &&
           g_hash_table_contains(keyring->locked_keys, key);
}

char **wh_keyring_keys(WhKeyring *keyring)
{
    g_autoptr(GStrvBuilder) keys = g_strv_builder_new();
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, keyring->entries);
    while (keyring->state == WH_KEYRING_OPEN && g_hash_table_iter_next(&iter, &key, NULL))
        g_strv_builder_add(keys, key);
    return g_strv_builder_end(keys);
}

void wh_keyring_settle(WhKeyring *keyring, WhKeyringState state, GHashTable *entries)
{
    GHashTable *now = entries != NULL ? entries : wh_keyring_entries_new();
    gboolean differs;

    if (state == WH_KEYRING_OPEN)
        wh_keyring_jobs_apply(keyring, now);
    else
        g_hash_table_remove_all(now);
    differs = keyring->news || keyring->state != state ||
              !wh_keyring_entries_equal(keyring->entries, now);
    keyring->news = FALSE;
    g_hash_table_unref(keyring->entries);
    keyring->entries = now;
    keyring->state = state;
    wh_keyring_ref(keyring);
    if (differs)
        keyring->changed(keyring->data);
    wh_keyring_unlock_settle(keyring);
    wh_keyring_jobs_pump(keyring);
    wh_keyring_unref(keyring);
}
