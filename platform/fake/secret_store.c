#include "platform/secret_store.h"

#include "platform/fake/state.h"

#include <string.h>

#define MAX_SECRET (64 * 1024)
#define MAX_KEY 100
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789._-"

struct WhSecretStore {
    char *folder;
};

/* FALSE when the failure that a test set stands in the way of what is tried. */
static gboolean works(WhFakeSecretStoreFailure also, GIOErrorEnum code, GError **error)
{
    WhFakeSecretStoreFailure failure = wh_fake_state()->secret_failure;

    if (failure == WH_FAKE_SECRET_STORE_LOCKED || failure == WH_FAKE_SECRET_STORE_DENIED) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The secret store is locked");
        return FALSE;
    }
    if (also != WH_FAKE_SECRET_STORE_WORKS && failure == also) {
        g_set_error(error, G_IO_ERROR, (gint)code, "The secret store is damaged or full");
        return FALSE;
    }
    return TRUE;
}

WhSecretStore *wh_secret_store_open(const char *folder, GError **error)
{
    WhSecretStore *store;

    if (wh_fake_state()->secret_failure == WH_FAKE_SECRET_STORE_DENIED) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "The secret store cannot be opened");
        return NULL;
    }
    store = g_new0(WhSecretStore, 1);
    store->folder = g_strdup(folder);
    return store;
}

void wh_secret_store_free(WhSecretStore *store)
{
    if (store == NULL)
        return;
    g_free(store->folder);
    g_free(store);
}

static char *entry_name(WhSecretStore *store, const char *key, GError **error)
{
    gsize length = strlen(key);

    if (length == 0 || length > MAX_KEY || strspn(key, KEY_CHARACTERS) != length) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "The name of a secret has 1 to %d characters of a-z, 0-9, dot, underscore and "
                    "hyphen",
                    MAX_KEY);
        return NULL;
    }
    return g_strconcat(store->folder, "/", key, NULL);
}

gboolean wh_secret_store_put(WhSecretStore *store, const char *key, const char *bytes, gsize length,
                             GError **error)
{
    g_autofree char *name = entry_name(store, key, error);

    if (name == NULL || !works(WH_FAKE_SECRET_STORE_FULL, G_IO_ERROR_NO_SPACE, error))
        return FALSE;
    if (length > MAX_SECRET) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                    "A secret may have %d bytes at most", MAX_SECRET);
        return FALSE;
    }
    g_hash_table_replace(wh_fake_state()->secrets, g_steal_pointer(&name),
                         g_bytes_new(bytes, length));
    return TRUE;
}

char *wh_secret_store_lookup(WhSecretStore *store, const char *key, gsize *length, GError **error)
{
    g_autofree char *name = entry_name(store, key, error);
    GBytes *kept;
    char *bytes;

    if (name == NULL || !works(WH_FAKE_SECRET_STORE_DAMAGED, G_IO_ERROR_INVALID_DATA, error))
        return NULL;
    kept = g_hash_table_lookup(wh_fake_state()->secrets, name);
    if (kept == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such secret");
        return NULL;
    }
    *length = g_bytes_get_size(kept);
    bytes = g_malloc0(*length + 1);
    if (*length > 0)
        memcpy(bytes, g_bytes_get_data(kept, NULL), *length);
    return bytes;
}

gboolean wh_secret_store_remove(WhSecretStore *store, const char *key, GError **error)
{
    g_autofree char *name = entry_name(store, key, error);

    if (name == NULL || !works(WH_FAKE_SECRET_STORE_WORKS, G_IO_ERROR_FAILED, error))
        return FALSE;
    g_hash_table_remove(wh_fake_state()->secrets, name);
    return TRUE;
}

char **wh_secret_store_keys(WhSecretStore *store, GError **error)
{
    g_autoptr(GStrvBuilder) keys = g_strv_builder_new();
    g_autofree char *prefix = g_strconcat(store->folder, "/", NULL);
    GHashTableIter iter;
    gpointer name;

    if (!works(WH_FAKE_SECRET_STORE_WORKS, G_IO_ERROR_FAILED, error))
        return NULL;
    g_hash_table_iter_init(&iter, wh_fake_state()->secrets);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (g_str_has_prefix(name, prefix))
            g_strv_builder_add(keys, (char *)name + strlen(prefix));
    return g_strv_builder_end(keys);
}

void wh_secret_store_wipe(char *bytes, gsize length)
{
    if (bytes == NULL)
        return;
    memset(bytes, 0, length);
    g_free(bytes);
}

void wh_fake_secret_store_set_failure(WhFakeSecretStoreFailure failure)
{
    wh_fake_state()->secret_failure = failure;
}
