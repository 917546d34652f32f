#include "platform/linux/keyring_private.h"

static const SecretSchema schema = {
    "org.wayhome.Secret",
    SECRET_SCHEMA_NONE,
    {{"scope", SECRET_SCHEMA_ATTRIBUTE_STRING}, {"key", SECRET_SCHEMA_ATTRIBUTE_STRING}},
    0,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
};

const SecretSchema *wh_keyring_schema(void)
{
    return &schema;
}

GHashTable *wh_keyring_attributes(WhKeyring *keyring, const char *key)
{
    GHashTable *attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    g_hash_table_insert(attributes, g_strdup("scope"), g_strdup(keyring->scope));
    if (key != NULL)
        g_hash_table_insert(attributes, g_strdup("key"), g_strdup(key));
    return attributes;
}

GVariant *wh_keyring_attributes_variant(WhKeyring *keyring, const char *key)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a{ss}"));
    g_variant_builder_add(&builder, "{ss}", "xdg:schema", schema.name);
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
    differs = keyring->state != state || !wh_keyring_entries_equal(keyring->entries, now);
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

GError *wh_keyring_state_error(WhKeyring *keyring)
{
    if (keyring->state == WH_KEYRING_OPEN)
        return NULL;
    if (keyring->state == WH_KEYRING_LOCKED)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                                   "The keyring is locked");
    return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no keyring here");
}

GError *wh_keyring_error(WhKeyring *keyring, const GError *error)
{
    GIOErrorEnum code = G_IO_ERROR_FAILED;

    if (g_error_matches(error, keyring->library.error_get_quark(), SECRET_ERROR_IS_LOCKED))
        code = G_IO_ERROR_PERMISSION_DENIED;
    else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        code = G_IO_ERROR_CANCELLED;
    else if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
             g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
             g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        code = G_IO_ERROR_NOT_FOUND;
    return g_error_new_literal(G_IO_ERROR, (gint)code, error->message);
}
