#include "service/secrets/vault.h"

#include "service/secrets/envelope.h"

/* entries: key in the secret store to Entry. */
struct WhVault {
    WhSecretStore *store;
    GHashTable *entries;
    GHashTable *complaints; /* keys whose trouble is in the log already */
};

/* A secret, and where it may go. */
typedef struct {
    WhSecret *secret;
    char *provider;
    char *endpoint;
} Entry;

static const char *const state_names[] = {
    [WH_VAULT_PRESENT] = "present", [WH_VAULT_MISSING] = "missing", [WH_VAULT_MOVED] = "moved",
    [WH_VAULT_DAMAGED] = "damaged", [WH_VAULT_CLOSED] = "closed",
};

const char *wh_vault_state_name(WhVaultState state)
{
    return state_names[state];
}

static void free_entry(gpointer data)
{
    Entry *entry = data;
    wh_secret_unref(entry->secret);
    g_free(entry->provider);
    g_free(entry->endpoint);
    g_free(entry);
}

WhVault *wh_vault_new(WhSecretStore *store)
{
    WhVault *vault = g_new0(WhVault, 1);
    vault->store = store;
    vault->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_entry);
    vault->complaints = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return vault;
}

void wh_vault_free(WhVault *vault)
{
    if (vault == NULL)
        return;
    g_hash_table_unref(vault->entries);
    g_hash_table_unref(vault->complaints);
    wh_secret_store_free(vault->store);
    g_free(vault);
}

static char *key_of(const char *account, const char *field)
{
    return g_strconcat(account, ".", field, NULL);
}

static gboolean has_store(WhVault *vault, GError **error)
{
    if (vault->store == NULL)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                            "The place where secrets are kept cannot be opened.");
    return vault->store != NULL;
}

gboolean wh_vault_put(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhSecret *secret, GError **error)
{
    g_autoptr(WhSecret) sealed = wh_envelope_seal(binding, field, secret, error);
    if (sealed == NULL)
        return FALSE;
    g_autofree char *key = key_of(binding->account, field);
    Entry *entry = g_new0(Entry, 1);
    entry->secret = wh_secret_ref(secret);
    entry->provider = g_strdup(binding->provider);
    entry->endpoint = g_strdup(binding->endpoint);
    g_hash_table_replace(vault->entries, g_strdup(key), entry);
    return has_store(vault, error) && wh_secret_store_put(vault->store, key, wh_secret_peek(sealed),
                                                          wh_secret_length(sealed), error);
}

static WhVaultState state_for(const GError *error)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return WH_VAULT_MISSING;
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
        return WH_VAULT_DAMAGED;
    return WH_VAULT_CLOSED;
}

/* The store's own words say how to put it right; once a key, because every look at the state reads
 * again. */
static void complain(WhVault *vault, const char *key, const GError *error)
{
    if (state_for(error) == WH_VAULT_CLOSED && g_hash_table_add(vault->complaints, g_strdup(key)))
        g_message("A secret cannot be read: %s", error->message);
}

/* Into the entries, when it is whole. */
static WhVaultState read_entry(WhVault *vault, const char *key, const char *account,
                               const char *field)
{
    if (vault->store == NULL)
        return WH_VAULT_CLOSED;
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *bytes = wh_secret_store_lookup(vault->store, key, &length, &error);
    if (bytes == NULL) {
        complain(vault, key, error);
        return state_for(error);
    }
    Entry entry = {.secret = NULL};
    WhVaultState state = wh_envelope_open(bytes, length, account, field, &entry.secret,
                                          &entry.provider, &entry.endpoint);
    wh_secret_store_wipe(bytes, length);
    if (state == WH_VAULT_PRESENT)
        g_hash_table_replace(vault->entries, g_strdup(key), g_memdup2(&entry, sizeof entry));
    return state;
}

static WhSecret *find(WhVault *vault, const WhVaultBinding *binding, const char *field,
                      WhVaultState *state)
{
    g_autofree char *key = key_of(binding->account, field);
    *state = WH_VAULT_PRESENT;
    if (!g_hash_table_contains(vault->entries, key))
        *state = read_entry(vault, key, binding->account, field);
    const Entry *entry = g_hash_table_lookup(vault->entries, key);
    if (entry == NULL)
        return NULL;
    if (g_str_equal(entry->provider, binding->provider) &&
        g_str_equal(entry->endpoint, binding->endpoint))
        return wh_secret_ref(entry->secret);
    *state = WH_VAULT_MOVED;
    return NULL;
}

WhSecret *wh_vault_get(WhVault *vault, const WhVaultBinding *binding, const char *field,
                       WhVaultState *state)
{
    WhVaultState found;
    return find(vault, binding, field, state != NULL ? state : &found);
}

gboolean wh_vault_forget(WhVault *vault, const char *account, const char *const *fields,
                         GError **error)
{
    gboolean forgotten = TRUE;
    for (gsize i = 0; fields[i] != NULL; i++) {
        g_autofree char *key = key_of(account, fields[i]);
        g_hash_table_remove(vault->entries, key);
        GError **first = forgotten ? error : NULL;
        if (!has_store(vault, first) || !wh_secret_store_remove(vault->store, key, first))
            forgotten = FALSE;
    }
    return forgotten;
}
