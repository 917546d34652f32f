#include "service/accounts/accounts_private.h"

#include <string.h>

#define LONGEST_LABEL 100
#define LONGEST_FIELD 1024
#define LONGEST_SECRET 4096

static gboolean is_printable(const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_iscntrl(g_utf8_get_char(at)))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_text(const char *field, const char *text, glong longest, GError **error)
{
    if (!g_utf8_validate(text, -1, NULL))
        return wh_accounts_refuse(error, field, "This is no text (it is not UTF-8).");
    if (!is_printable(text))
        return wh_accounts_refuse(error, field,
                                  "It holds a line break or another character that cannot be seen. "
                                  "Type it again.");
    if (g_utf8_strlen(text, -1) <= longest)
        return TRUE;
    g_autofree char *sentence = g_strdup_printf("It may have %ld characters at most.", longest);
    return wh_accounts_refuse(error, field, sentence);
}

static char *trimmed(const char *text)
{
    return g_strstrip(g_strdup(text));
}

/* A provider's refusal, in this room's words; the field's name is in front already, the host's is
 * not. */
static gboolean refused_by_provider(GError *reason, GError **error)
{
    if (g_error_matches(reason, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME))
        wh_accounts_refuse(error, "name", reason->message);
    else
        g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_INVALID, reason->message);
    g_error_free(reason);
    return FALSE;
}

static gboolean set_label(WhAccount *account, const char *label, const char *fallback,
                          GError **error)
{
    g_free(account->label);
    account->label = trimmed(label);
    if (*account->label == '\0') {
        g_free(account->label);
        account->label = g_strdup(fallback);
    }
    return check_text("label", account->label, LONGEST_LABEL, error);
}

static gboolean set_fields(WhAccount *account, GHashTable *fields, GError **error)
{
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_remove_all(account->fields);
    g_hash_table_iter_init(&iter, fields);
    while (g_hash_table_iter_next(&iter, &name, &text)) {
        g_autofree char *value = trimmed(text != NULL ? text : "");
        if (!check_text(name, value, LONGEST_FIELD, error))
            return FALSE;
        if (*value != '\0')
            g_hash_table_replace(account->fields, g_strdup(name), g_steal_pointer(&value));
    }
    return TRUE;
}

/* A new one, or a copy of `base`; not checked yet. */
static WhAccount *begin(const char *id, const WhAccount *base, const WhAccountDraft *draft,
                        GError **error)
{
    if (base == NULL && draft->provider == NULL)
        wh_accounts_refuse(error, "provider", "Choose a provider.");
    else if (base == NULL)
        return wh_account_new(id, draft->provider, "");
    else if (draft->provider != NULL && !g_str_equal(draft->provider, base->provider))
        wh_accounts_refuse(error, "provider",
                           "The provider of an account cannot be changed. Add another account.");
    else
        return wh_account_copy(base);
    return NULL;
}

WhAccount *wh_accounts_compose(WhAccounts *accounts, const char *id, const WhAccount *base,
                               const WhAccountDraft *draft, GError **error)
{
    g_autoptr(WhAccount) account = begin(id, base, draft, error);
    if (account == NULL)
        return NULL;
    /* A label can be changed even when the provider is gone. */
    gboolean label_only = base != NULL && draft->fields == NULL && draft->secrets == NULL;
    const WhDefinition *definition =
        wh_accounts_definition(accounts, account, label_only ? NULL : error);
    if (definition == NULL && !label_only)
        return NULL;
    const char *fallback = definition != NULL ? definition->name : account->provider;
    if ((base == NULL || draft->label != NULL) &&
        !set_label(account, draft->label != NULL ? draft->label : "", fallback, error))
        return NULL;
    if (draft->fields != NULL && !set_fields(account, draft->fields, error))
        return NULL;
    GError *reason = NULL;
    if (!label_only && !wh_providers_check_account(accounts->providers, account, NULL, &reason)) {
        refused_by_provider(reason, error);
        return NULL;
    }
    return g_steal_pointer(&account);
}

static gboolean is_needed(WhAccounts *accounts, const WhAccount *account, const char *name)
{
    g_auto(GStrv) needed = wh_providers_secret_names(accounts->providers, account);
    return g_strv_contains((const char *const *)needed, name);
}

gboolean wh_accounts_check_secret(WhAccounts *accounts, const WhAccount *account, const char *name,
                                  const WhSecret *secret, GError **error)
{
    const WhDefinition *definition = wh_accounts_definition(accounts, account, error);
    if (definition == NULL)
        return FALSE;
    const WhField *field = wh_definition_field(definition, name);
    const char *text = wh_secret_peek(secret);
    gsize length = wh_secret_length(secret);
    if (field == NULL || field->kind != WH_FIELD_SECRET)
        return wh_accounts_refuse(error, name, "The provider's form has no such secret.");
    if (length == 0)
        return !is_needed(accounts, account, name) ||
               wh_accounts_refuse(error, name, "The secret is empty.");
    if (length > LONGEST_SECRET)
        return wh_accounts_refuse(error, name, "The secret may have 4096 bytes at most.");
    if (strlen(text) != length || !g_utf8_validate(text, -1, NULL) || !is_printable(text))
        return wh_accounts_refuse(error, name,
                                  "The secret holds a line break or another character that cannot "
                                  "be seen. Copy it again without it.");
    return TRUE;
}

gboolean wh_accounts_check_secrets(WhAccounts *accounts, const WhAccount *account,
                                   GHashTable *given, GError **error)
{
    if (given == NULL || g_hash_table_size(given) == 0)
        return TRUE;
    GHashTableIter iter;
    gpointer name, secret;
    g_hash_table_iter_init(&iter, given);
    while (g_hash_table_iter_next(&iter, &name, &secret)) {
        if (!wh_accounts_check_secret(accounts, account, name, secret, error))
            return FALSE;
    }
    g_autoptr(GHashTable) all = wh_accounts_gather(accounts, account, given);
    if (!wh_accounts_is_complete(accounts, account, all))
        return TRUE;
    GError *reason = NULL;
    return wh_providers_check_account(accounts->providers, account, all, &reason) ||
           refused_by_provider(reason, error);
}

gboolean wh_accounts_check_name(WhAccounts *accounts, const WhAccount *account, const char *name,
                                GError **error)
{
    if (wh_accounts_definition(accounts, account, error) == NULL)
        return FALSE;
    GError *reason = NULL;
    return wh_providers_check_name(accounts->providers, account, name, &reason) ||
           refused_by_provider(reason, error);
}
