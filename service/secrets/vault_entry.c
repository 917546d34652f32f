#include "service/secrets/vault_entry.h"

#include "service/secrets/envelope.h"

WhVaultEntry *wh_vault_entry_new(const WhVaultBinding *binding, const char *field, WhSecret *secret)
{
    WhVaultEntry *entry = g_new0(WhVaultEntry, 1);
    entry->account = g_strdup(binding->account);
    entry->field = g_strdup(field);
    entry->provider = g_strdup(binding->provider);
    entry->endpoint = g_strdup(binding->endpoint);
    entry->secret = wh_secret_ref(secret);
    return entry;
}

void wh_vault_entry_free(WhVaultEntry *entry)
{
    wh_secret_unref(entry->secret);
    g_free(entry->account);
    g_free(entry->field);
    g_free(entry->provider);
    g_free(entry->endpoint);
    g_free(entry->trouble);
    g_free(entry);
}

WhSecret *wh_vault_entry_seal(const WhVaultEntry *entry, GError **error)
{
    const WhVaultBinding binding = {entry->account, entry->provider, entry->endpoint};
    return wh_envelope_seal(&binding, entry->field, entry->given, entry->secret, error);
}

WhVaultState wh_vault_entry_open(const char *bytes, gsize length, const char *account,
                                 const char *field, WhVaultEntry **entry)
{
    g_autoptr(WhSecret) secret = NULL;
    g_autofree char *provider = NULL, *endpoint = NULL;
    gint64 given = 0;
    WhVaultState state =
        wh_envelope_open(bytes, length, account, field, &secret, &provider, &endpoint, &given);
    const WhVaultBinding binding = {account, provider, endpoint};
    if (state != WH_VAULT_PRESENT)
        return state;
    *entry = wh_vault_entry_new(&binding, field, secret);
    (*entry)->given = given;
    return state;
}

gboolean wh_vault_entry_equal(const WhVaultEntry *a, const WhVaultEntry *b)
{
    return g_str_equal(a->account, b->account) && g_str_equal(a->field, b->field) &&
           g_str_equal(a->provider, b->provider) && g_str_equal(a->endpoint, b->endpoint) &&
           wh_secret_equal(a->secret, b->secret);
}
