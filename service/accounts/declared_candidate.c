#include "service/accounts/declared_candidate.h"

#include "service/declared/account_id.h"

#include <string.h>

/* One file that is being checked. */
typedef struct {
    WhAccounts *accounts;
    const WhDeclaration *declaration;
    GHashTable *names;
    GPtrArray *problems;
    WhCandidate *candidate;
} Check;

void wh_candidate_clear(WhCandidate *candidate)
{
    g_clear_pointer(&candidate->account, wh_account_free);
    g_clear_pointer(&candidate->secrets, g_hash_table_unref);
    g_clear_pointer(&candidate->hosts, g_ptr_array_unref);
}

static gboolean complain(const Check *check, guint line, const char *sentence)
{
    wh_declared_file_complain(check->problems, check->declaration->path, line, sentence);
    return FALSE;
}

/* The message of an error may begin with the name of what is wrong. */
static gboolean complain_of(const Check *check, const GError *error)
{
    static const char *const groups[] = {"field.", "secret.", ""};
    const WhDeclaredFile *file = check->declaration->file;
    gsize length = strcspn(error->message, ":");
    guint line =
        wh_declared_file_line(file, error->code == WH_ACCOUNTS_ERROR_NOT_FOUND ? "provider" : "");
    for (guint i = 0; i < G_N_ELEMENTS(groups); i++) {
        g_autofree char *name = g_strndup(error->message, length);
        g_autofree char *key = g_strconcat(groups[i], name, NULL);
        if (g_hash_table_contains(file->lines, key))
            line = wh_declared_file_line(file, key);
    }
    return complain(check, line, error->message);
}

static gboolean has_secret(const WhDeclaredFile *file, const char *field)
{
    for (guint i = 0; i < file->secrets->len; i++) {
        if (g_str_equal(((const WhDeclaredSecret *)file->secrets->pdata[i])->field, field))
            return TRUE;
    }
    return FALSE;
}

/* Whether the form has such secrets, and those that it needs are named, read or not. */
static gboolean check_secret_names(const Check *check, const WhAccount *account)
{
    const WhDeclaredFile *file = check->declaration->file;
    const WhDefinition *definition =
        wh_providers_find(check->accounts->providers, account->provider);
    g_auto(GStrv) needed = wh_providers_secret_names(check->accounts->providers, account);
    for (guint i = 0; i < file->secrets->len; i++) {
        const WhDeclaredSecret *secret = file->secrets->pdata[i];
        const WhField *field = wh_definition_field(definition, secret->field);
        if (field == NULL || field->kind != WH_FIELD_SECRET)
            return complain(check, secret->line, "The provider's form has no such secret.");
    }
    for (guint i = 0; needed[i] != NULL; i++) {
        if (has_secret(file, needed[i]))
            continue;
        g_autofree char *sentence =
            g_strdup_printf("The provider needs secret.%s=, which is missing.", needed[i]);
        return complain(check, wh_declared_file_line(file, ""), sentence);
    }
    return TRUE;
}

/* A secret that could not be read now stays what it was, as long as it is for the same server. */
static GHashTable *all_secrets(const Check *check, const char *endpoint)
{
    const WhDeclaredAccount *before = wh_accounts_declared(check->accounts, check->declaration->id);
    GHashTable *secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
    for (guint i = 0; i < check->declaration->file->secrets->len; i++) {
        const char *field =
            ((const WhDeclaredSecret *)check->declaration->file->secrets->pdata[i])->field;
        WhSecret *secret = g_hash_table_lookup(check->declaration->secrets, field);
        if (secret == NULL && before != NULL && g_str_equal(before->endpoint, endpoint))
            secret = g_hash_table_lookup(before->secrets, field);
        if (secret != NULL)
            g_hash_table_replace(secrets, g_strdup(field), wh_secret_ref(secret));
    }
    return secrets;
}

/* An empty file says that there is no such secret, where none is needed. */
static gboolean is_empty(gpointer name, gpointer secret, gpointer data)
{
    return wh_secret_length(secret) == 0;
}

/* Without an id, so that nothing of an earlier reading comes in. */
static gboolean check_account(const Check *check)
{
    const WhDeclaredFile *file = check->declaration->file;
    WhAccounts *accounts = check->accounts;
    g_autoptr(GError) error = NULL;
    const WhAccountDraft draft = {
        .provider = file->provider, .label = file->label, .fields = file->fields};
    check->candidate->account = wh_accounts_compose(accounts, "", NULL, &draft, &error);
    if (check->candidate->account == NULL)
        return complain_of(check, error);
    if (!check_secret_names(check, check->candidate->account))
        return FALSE;
    g_autofree char *endpoint =
        wh_providers_endpoint(accounts->providers, check->candidate->account);
    check->candidate->secrets = all_secrets(check, endpoint);
    if (!wh_accounts_check_secrets(accounts, check->candidate->account, check->candidate->secrets,
                                   &error))
        return complain_of(check, error);
    g_hash_table_foreach_remove(check->candidate->secrets, is_empty, NULL);
    g_free(check->candidate->account->id);
    check->candidate->account->id = g_strdup(check->declaration->id);
    return TRUE;
}

/* The name is another file's already: said, and left out. */
static gboolean is_taken(const Check *check, const char *name, guint line)
{
    const char *other = g_hash_table_lookup(check->names, name);
    if (other == NULL)
        return FALSE;
    g_autofree char *sentence = g_strdup_printf(
        "%s is declared in %s as well, which counts. Take it out of one of the two.", name, other);
    complain(check, line, sentence);
    return TRUE;
}

static gboolean check_host(const Check *check, const WhDeclaredHost *declared, GHashTable *own)
{
    g_autoptr(GError) error = NULL;
    WhHostDraft draft = {.account = check->declaration->id,
                         .name = declared->name,
                         .wants_set = TRUE,
                         .ttl_set = TRUE,
                         .ttl = declared->ttl,
                         .device_set = TRUE,
                         .device = declared->device,
                         .lan_set = TRUE,
                         .lan = declared->lan,
                         .withhold_unreachable_set = TRUE,
                         .withhold_unreachable = declared->withhold_unreachable,
                         .networks_set = TRUE,
                         .networks = (const char *const *)declared->networks};
    memcpy(draft.wants, declared->wants, sizeof draft.wants);
    memcpy(draft.suffix, declared->suffix, sizeof draft.suffix);
    memcpy(draft.mac, declared->mac, sizeof draft.mac);
    g_autoptr(WhHost) host =
        wh_accounts_compose_host(check->accounts, check->candidate->account, &draft, &error);
    if (host == NULL)
        return complain(check, declared->line, error->message);
    if (g_hash_table_contains(own, host->name))
        return complain(check, declared->line, "This name is there twice.");
    if (is_taken(check, host->name, declared->line))
        return TRUE;
    host->id = wh_account_id_of_host(check->declaration->id, host->name);
    host->paused = wh_declared_memory_is_paused(check->accounts, host->id);
    g_hash_table_add(own, host->name);
    g_ptr_array_add(check->candidate->hosts, g_steal_pointer(&host));
    return TRUE;
}

static gboolean check_hosts(const Check *check)
{
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *hosts = check->declaration->file->hosts;
    check->candidate->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_host_free);
    for (guint i = 0; i < hosts->len; i++) {
        if (!check_host(check, hosts->pdata[i], own))
            return FALSE;
    }
    return TRUE;
}

static guint count_hosts_of_others(const Check *check)
{
    const GPtrArray *hosts = check->accounts->hosts;
    guint count = 0;
    for (guint i = 0; i < hosts->len; i++)
        count += !g_str_equal(((const WhHost *)hosts->pdata[i])->account, check->declaration->id);
    return count;
}

static gboolean check_room(const Check *check)
{
    WhAccounts *accounts = check->accounts;
    const WhAccount *there = wh_accounts_find(accounts, check->declaration->id);
    gboolean known = wh_accounts_declared(accounts, check->declaration->id) != NULL;
    if (there != NULL && !known)
        return complain(check, 0,
                        "An account that was added by hand has the name that this file would give "
                        "to its own. Rename the file.");
    if (!known && accounts->list->len >= WH_ACCOUNTS_MOST)
        return complain(check, 0, "There are 100 accounts already, and the service keeps no more.");
    if (count_hosts_of_others(check) + check->candidate->hosts->len > WH_ACCOUNTS_MOST_HOSTS)
        return complain(check, 0,
                        "There would be more than the 2000 names that the service keeps.");
    return TRUE;
}

gboolean wh_candidate_check(WhCandidate *candidate, WhAccounts *accounts,
                            const WhDeclaration *declaration, GHashTable *names,
                            GPtrArray *problems)
{
    const Check check = {.accounts = accounts,
                         .declaration = declaration,
                         .names = names,
                         .problems = problems,
                         .candidate = candidate};
    return check_account(&check) && check_hosts(&check) && check_room(&check);
}
