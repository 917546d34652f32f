#include "service/accounts/accounts_private.h"

/* Who may have the account's secrets. `endpoint` owns the binding's. */
static WhVaultBinding bind_to(WhAccounts *accounts, const WhAccount *account, char **endpoint)
{
    *endpoint = wh_providers_endpoint(accounts->providers, account);
    return (WhVaultBinding){
        .account = account->id,
        .provider = account->provider,
        .endpoint = *endpoint != NULL ? *endpoint : "",
    };
}

/* The names of all secret fields, required or not, for g_strfreev(). */
static char **secret_fields(const WhDefinition *definition)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (field->kind == WH_FIELD_SECRET)
            g_ptr_array_add(names, g_strdup(field->name));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

static GHashTable *new_secrets(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
}

WhLeftovers wh_accounts_leftovers(WhAccounts *accounts, const char *provider, const char *id)
{
    WhLeftovers found = WH_LEFTOVERS_NONE;
    const WhDefinition *definition = wh_providers_find(accounts->providers, provider);
    const WhVaultBinding binding = {.account = id, .provider = provider, .endpoint = ""};
    g_auto(GStrv) names = secret_fields(definition);
    for (guint i = 0; names[i] != NULL; i++) {
        WhVaultState state;
        wh_secret_unref(wh_vault_get(accounts->vault, &binding, names[i], &state));
        if (state == WH_VAULT_LOCKED)
            found = WH_LEFTOVERS_UNKNOWN;
        else if (state != WH_VAULT_MISSING && state != WH_VAULT_CLOSED)
            return WH_LEFTOVERS_SOME;
    }
    return found;
}

/* Somebody who may try out another server gets no secret there. */
static void gather_declared(const WhDeclaredAccount *declared, const char *endpoint,
                            GHashTable *secrets)
{
    GHashTableIter iter;
    gpointer name, secret;
    if (!g_str_equal(declared->endpoint, endpoint))
        return;
    g_hash_table_iter_init(&iter, declared->secrets);
    while (g_hash_table_iter_next(&iter, &name, &secret))
        g_hash_table_replace(secrets, g_strdup(name), wh_secret_ref(secret));
}

static void gather_kept(WhAccounts *accounts, const WhAccount *account,
                        const WhDefinition *definition, GHashTable *secrets)
{
    g_autofree char *endpoint = NULL;
    WhVaultBinding binding = bind_to(accounts, account, &endpoint);
    const WhDeclaredAccount *declared = wh_accounts_declared(accounts, account->id);
    if (declared != NULL) {
        gather_declared(declared, binding.endpoint, secrets);
        return;
    }
    g_auto(GStrv) names = secret_fields(definition);
    for (guint i = 0; names[i] != NULL; i++) {
        WhSecret *secret = wh_vault_get(accounts->vault, &binding, names[i], NULL);
        if (secret != NULL)
            g_hash_table_replace(secrets, g_strdup(names[i]), secret);
    }
}

GHashTable *wh_accounts_gather(WhAccounts *accounts, const WhAccount *account, GHashTable *given)
{
    GHashTable *secrets = new_secrets();
    const WhDefinition *definition = wh_providers_find(accounts->providers, account->provider);
    /* A new account has no id yet, and nothing in the vault. */
    if (definition != NULL && *account->id != '\0')
        gather_kept(accounts, account, definition, secrets);
    if (given == NULL)
        return secrets;
    GHashTableIter iter;
    gpointer name, secret;
    g_hash_table_iter_init(&iter, given);
    while (g_hash_table_iter_next(&iter, &name, &secret)) {
        if (wh_secret_length(secret) == 0)
            g_hash_table_remove(secrets, name);
        else
            g_hash_table_replace(secrets, g_strdup(name), wh_secret_ref(secret));
    }
    return secrets;
}

gboolean wh_accounts_is_complete(WhAccounts *accounts, const WhAccount *account,
                                 GHashTable *secrets)
{
    if (wh_providers_find(accounts->providers, account->provider) == NULL)
        return FALSE;
    g_auto(GStrv) required = wh_providers_secret_names(accounts->providers, account);
    for (guint i = 0; required[i] != NULL; i++) {
        if (!g_hash_table_contains(secrets, required[i]))
            return FALSE;
    }
    return TRUE;
}

GHashTable *wh_accounts_secrets(WhAccounts *accounts, const WhAccount *account)
{
    g_autoptr(GHashTable) secrets = wh_accounts_gather(accounts, account, NULL);
    if (!wh_accounts_is_complete(accounts, account, secrets))
        return new_secrets();
    return g_steal_pointer(&secrets);
}

WhVaultState wh_accounts_secret_state(WhAccounts *accounts, const char *id, const char *field)
{
    const WhAccount *account = wh_accounts_find(accounts, id);
    if (account == NULL || wh_providers_find(accounts->providers, account->provider) == NULL)
        return WH_VAULT_MISSING;
    const WhDeclaredAccount *declared = wh_accounts_declared(accounts, id);
    if (declared != NULL)
        return g_hash_table_contains(declared->secrets, field) ? WH_VAULT_PRESENT
                                                               : WH_VAULT_MISSING;
    WhVaultState state;
    g_autofree char *endpoint = NULL;
    WhVaultBinding binding = bind_to(accounts, account, &endpoint);
    wh_secret_unref(wh_vault_get(accounts->vault, &binding, field, &state));
    return state;
}

static gboolean waits(WhAccounts *accounts, const WhAccount *account)
{
    if (wh_providers_find(accounts->providers, account->provider) == NULL)
        return FALSE;
    g_auto(GStrv) required = wh_providers_secret_names(accounts->providers, account);
    for (guint i = 0; required[i] != NULL; i++) {
        if (wh_accounts_secret_state(accounts, account->id, required[i]) == WH_VAULT_LOCKED)
            return TRUE;
    }
    return FALSE;
}

gboolean wh_accounts_waits_for_keyring(WhAccounts *accounts)
{
    for (guint i = 0; i < accounts->list->len; i++) {
        if (waits(accounts, accounts->list->pdata[i]))
            return TRUE;
    }
    return FALSE;
}

void wh_accounts_secrets_changed(WhAccounts *accounts)
{
    for (guint i = 0; i < accounts->list->len; i++)
        wh_accounts_tell(accounts, accounts->list->pdata[i]);
}

/* Which secrets an account may have, written down because its provider's definition may be gone
 * when they are to be forgotten. */
static char *names_setting(const WhAccount *account)
{
    return g_strconcat("secrets of ", account->id, NULL);
}

static void remember_names(WhAccounts *accounts, const WhAccount *account)
{
    const WhDefinition *definition = wh_providers_find(accounts->providers, account->provider);
    g_auto(GStrv) names = secret_fields(definition);
    g_autofree char *text = g_strjoinv(" ", names);
    g_autofree char *setting = names_setting(account);
    g_autofree char *before = wh_store_setting(accounts->store, setting);
    if (g_strcmp0(before, text) != 0)
        wh_store_put_setting(accounts->store, setting, text, NULL);
}

static gboolean refuse_unsaved(GError **error, const GError *reason)
{
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_STORE,
                "The account is used from now on, but what was changed about its secret is lost "
                "when the service ends, because it could not be saved: %s",
                reason->message);
    return FALSE;
}

static gboolean refuse_undeleted(GError **error, const GError *reason)
{
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_STORE,
                "The service does not use the account's secret any more, but it could not be "
                "deleted from this computer: %s",
                reason->message);
    return FALSE;
}

/* The note comes first: killed behind it, the service goes on with it at its next start. */
static gboolean note_and_forget(WhAccounts *accounts, const char *account, const char *const *names,
                                GError **error)
{
    g_autofree char *note = wh_vault_note(accounts->vault, account, names);
    gboolean noted =
        note == NULL || wh_store_put_setting(accounts->store, WH_ACCOUNTS_VAULT_NOTE, note, error);
    return wh_vault_forget(accounts->vault, account, names, noted ? error : NULL) && noted;
}

/* An empty secret takes away what was kept. */
static gboolean keep(WhAccounts *accounts, const WhVaultBinding *binding, const char *name,
                     WhSecret *secret, GError **error)
{
    const char *const names[] = {name, NULL};
    if (wh_secret_length(secret) == 0)
        return note_and_forget(accounts, binding->account, names, error);
    return wh_vault_put(accounts->vault, binding, name, secret, error);
}

gboolean wh_accounts_keep(WhAccounts *accounts, const WhAccount *account, GHashTable *given,
                          GError **error)
{
    if (given == NULL || g_hash_table_size(given) == 0)
        return TRUE;
    remember_names(accounts, account);
    g_autofree char *endpoint = NULL;
    WhVaultBinding binding = bind_to(accounts, account, &endpoint);
    g_autoptr(GError) first = NULL;
    GHashTableIter iter;
    gpointer name, secret;
    g_hash_table_iter_init(&iter, given);
    while (g_hash_table_iter_next(&iter, &name, &secret))
        keep(accounts, &binding, name, secret, first == NULL ? &first : NULL);
    return first == NULL || refuse_unsaved(error, first);
}

static void add_names(GStrvBuilder *builder, GHashTable *known, char **names)
{
    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        if (*names[i] != '\0' && g_hash_table_add(known, names[i]))
            g_strv_builder_add(builder, names[i]);
    }
}

char **wh_accounts_secret_names(WhAccounts *accounts, const WhAccount *account)
{
    const WhDefinition *definition = wh_providers_find(accounts->providers, account->provider);
    g_autofree char *setting = names_setting(account);
    g_autofree char *text = wh_store_setting(accounts->store, setting);
    g_auto(GStrv) remembered = g_strsplit(text != NULL ? text : "", " ", -1);
    g_auto(GStrv) defined = definition != NULL ? secret_fields(definition) : NULL;
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    add_names(builder, known, remembered);
    add_names(builder, known, defined);
    return g_strv_builder_end(builder);
}

gboolean wh_accounts_forget(WhAccounts *accounts, const WhAccount *account,
                            const char *const *names, GError **error)
{
    g_autofree char *setting = names_setting(account);
    g_autoptr(GError) reason = NULL;
    if (!note_and_forget(accounts, account->id, names, &reason))
        return refuse_undeleted(error, reason);
    wh_store_put_setting(accounts->store, setting, NULL, NULL);
    return TRUE;
}

gboolean wh_accounts_is_settling(WhAccounts *accounts, const char *id)
{
    return wh_vault_is_busy_with(accounts->vault, id);
}

gboolean wh_accounts_check_settled(WhAccounts *accounts, const char *id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (wh_vault_check_settled(accounts->vault, id, &reason))
        return TRUE;
    return wh_vault_holds(accounts->vault, id) ? refuse_unsaved(error, reason)
                                               : refuse_undeleted(error, reason);
}

gboolean wh_accounts_set_secret(WhAccounts *accounts, const char *id, const char *field,
                                WhSecret *secret, GError **error)
{
    const WhAccount *account = wh_accounts_named(accounts, id, error);
    if (account == NULL || !wh_accounts_check_own(accounts, id, error))
        return FALSE;
    g_autoptr(GHashTable) given = new_secrets();
    g_hash_table_insert(given, g_strdup(field), wh_secret_ref(secret));
    if (!wh_accounts_check_secrets(accounts, account, given, error))
        return FALSE;
    gboolean kept = wh_accounts_keep(accounts, account, given, error);
    wh_accounts_tell_of_secrets(accounts, account, given);
    return kept;
}

gboolean wh_accounts_forget_secrets(WhAccounts *accounts, const char *id, GError **error)
{
    const WhAccount *account = wh_accounts_named(accounts, id, error);
    if (account == NULL || !wh_accounts_check_own(accounts, id, error))
        return FALSE;
    g_auto(GStrv) names = wh_accounts_secret_names(accounts, account);
    gboolean forgotten = wh_accounts_forget(accounts, account, (const char *const *)names, error);
    wh_accounts_tell(accounts, account);
    return forgotten;
}
