#include "service/accounts/declared_candidate.h"

#include <string.h>

/* One reading of all files. names: host name to the path of the file that declares it; seen: ids of
 * accounts of files that are there. */
typedef struct {
    WhAccounts *accounts;
    GPtrArray *problems;
    GHashTable *names;
    GHashTable *seen;
} Load;

static void drop_host(WhAccounts *accounts, guint index)
{
    g_autoptr(WhHost) host = g_ptr_array_steal_index(accounts->hosts, index);
    g_hash_table_remove(accounts->withheld, host->id);
    wh_keeper_remove_host(accounts->keeper, host->id);
    wh_declared_memory_forget_host(accounts, host->id);
}

static void remove_declared(WhAccounts *accounts, const char *id)
{
    for (guint i = accounts->hosts->len; i-- > 0;) {
        if (g_str_equal(((const WhHost *)accounts->hosts->pdata[i])->account, id))
            drop_host(accounts, i);
    }
    for (guint i = accounts->list->len; i-- > 0;) {
        if (g_str_equal(((const WhAccount *)accounts->list->pdata[i])->id, id))
            g_ptr_array_remove_index(accounts->list, i);
    }
    wh_keeper_remove_account(accounts->keeper, id);
    wh_declared_memory_forget(accounts, id);
    g_hash_table_remove(accounts->declared, id);
}

static void add_host(WhAccounts *accounts, const WhHost *host)
{
    WhHost *added = wh_host_copy(host);
    g_ptr_array_add(accounts->hosts, added);
    wh_accounts_restore_host(accounts, added);
}

static void declare(WhAccounts *accounts, const char *path, const WhCandidate *candidate)
{
    g_autofree char *endpoint = wh_providers_endpoint(accounts->providers, candidate->account);
    g_hash_table_replace(accounts->declared, g_strdup(candidate->account->id),
                         wh_declared_account_new(path, endpoint, candidate->secrets));
}

/* What an earlier life of the service remembers holds if the account is still the same. */
static void add(WhAccounts *accounts, const char *path, const WhCandidate *candidate)
{
    WhAccount *account = wh_account_copy(candidate->account);
    WhDeclaredChange change = wh_declared_memory_compare(accounts, account, candidate->secrets);
    declare(accounts, path, candidate);
    g_ptr_array_add(accounts->list, account);
    if (change.is_another)
        wh_store_remove_account(accounts->store, account->id, NULL);
    wh_accounts_restore_provider(accounts, account->provider);
    wh_accounts_restore_account(accounts, account);
    for (guint i = 0; i < candidate->hosts->len; i++) {
        const WhHost *host = candidate->hosts->pdata[i];
        if (change.is_another)
            wh_store_remove_host(accounts->store, host->id, NULL);
        add_host(accounts, host);
    }
    if (change.has_other_secrets)
        wh_keeper_resume(accounts->keeper, account->id, NULL);
}

static gboolean has_same_texts(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &name, &text)) {
        if (g_strcmp0(g_hash_table_lookup(b, name), text) != 0)
            return FALSE;
    }
    return g_hash_table_size(a) == g_hash_table_size(b);
}

static gboolean has_same_secrets(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer name, secret;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &name, &secret)) {
        const WhSecret *other = g_hash_table_lookup(b, name);
        if (other == NULL || !wh_secret_equal(secret, other))
            return FALSE;
    }
    return g_hash_table_size(a) == g_hash_table_size(b);
}

static void edit_account(WhAccounts *accounts, guint index, const char *path,
                         const WhCandidate *candidate)
{
    g_autoptr(WhAccount) before = accounts->list->pdata[index];
    WhAccount *account = wh_account_copy(candidate->account);
    const WhDeclaredAccount *declared = wh_accounts_declared(accounts, account->id);
    gboolean same_secrets = has_same_secrets(declared->secrets, candidate->secrets);
    gboolean same = has_same_texts(before->fields, account->fields) &&
                    g_strcmp0(before->label, account->label) == 0;
    accounts->list->pdata[index] = account;
    declare(accounts, path, candidate);
    if (same && same_secrets)
        return;
    wh_declared_memory_compare(accounts, account, candidate->secrets);
    wh_accounts_tell_of_secrets(accounts, account, same_secrets ? NULL : candidate->secrets);
    if (wh_accounts_is_elsewhere(accounts, before, account))
        wh_accounts_start_hosts_anew(accounts, account->id, NULL);
}

static void edit_host(WhAccounts *accounts, guint index, const WhHost *host)
{
    const WhHost *before = accounts->hosts->pdata[index];
    if (wh_host_has_same_wishes(before, host))
        return;
    wh_host_free(accounts->hosts->pdata[index]);
    accounts->hosts->pdata[index] = wh_host_copy(host);
    wh_accounts_tell_host(accounts, accounts->hosts->pdata[index]);
}

static void edit_hosts(WhAccounts *accounts, const char *id, const WhCandidate *candidate)
{
    g_autoptr(GHashTable) coming = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < candidate->hosts->len; i++) {
        WhHost *host = candidate->hosts->pdata[i];
        g_hash_table_insert(coming, host->id, host);
    }
    for (guint i = accounts->hosts->len; i-- > 0;) {
        const WhHost *before = accounts->hosts->pdata[i];
        const WhHost *host = g_hash_table_lookup(coming, before->id);
        if (!g_str_equal(before->account, id))
            continue;
        g_hash_table_remove(coming, before->id);
        if (host != NULL)
            edit_host(accounts, i, host);
        else
            drop_host(accounts, i);
    }
    for (guint i = 0; i < candidate->hosts->len; i++) {
        const WhHost *host = candidate->hosts->pdata[i];
        if (g_hash_table_contains(coming, host->id))
            add_host(accounts, host);
    }
}

static gboolean has_id(gconstpointer account, gconstpointer id)
{
    return g_str_equal(((const WhAccount *)account)->id, id);
}

static void apply(WhAccounts *accounts, const WhDeclaration *declaration,
                  const WhCandidate *candidate)
{
    guint index = 0;
    gboolean known =
        wh_accounts_declared(accounts, declaration->id) != NULL &&
        g_ptr_array_find_with_equal_func(accounts->list, declaration->id, has_id, &index);
    if (known && !g_str_equal(((const WhAccount *)accounts->list->pdata[index])->provider,
                              candidate->account->provider)) {
        remove_declared(accounts, declaration->id);
        known = FALSE;
    }
    if (!known) {
        add(accounts, declaration->path, candidate);
        return;
    }
    edit_account(accounts, index, declaration->path, candidate);
    edit_hosts(accounts, declaration->id, candidate);
}

/* The names of an account are its file's from now on. */
static void take_names(Load *load, const char *id, const char *path)
{
    WhAccounts *accounts = load->accounts;
    for (guint i = accounts->hosts->len; i-- > 0;) {
        const WhHost *host = accounts->hosts->pdata[i];
        if (!g_str_equal(host->account, id))
            continue;
        if (g_hash_table_contains(load->names, host->name))
            drop_host(accounts, i);
        else
            g_hash_table_insert(load->names, g_strdup(host->name), g_strdup(path));
    }
}

static void complain(Load *load, const WhDeclaration *declaration, const char *sentence)
{
    wh_declared_file_complain(load->problems, declaration->path, 0, sentence);
}

static void load_one(Load *load, const WhDeclaration *declaration)
{
    g_auto(WhCandidate) candidate = {0};
    if (!g_hash_table_add(load->seen, g_strdup(declaration->id))) {
        complain(load, declaration,
                 "Another file has the same name, as far as letters and digits go. Rename one.");
        return;
    }
    gboolean good =
        declaration->file != NULL &&
        wh_candidate_check(&candidate, load->accounts, declaration, load->names, load->problems);
    if (good)
        apply(load->accounts, declaration, &candidate);
    else if (wh_accounts_declared(load->accounts, declaration->id) != NULL)
        complain(load, declaration, "What this file said before stays in force.");
    if (wh_accounts_declared(load->accounts, declaration->id) != NULL)
        take_names(load, declaration->id, declaration->path);
}

static void remove_missing(Load *load)
{
    g_autoptr(GList) ids = g_hash_table_get_keys(load->accounts->declared);
    for (const GList *id = ids; id != NULL; id = id->next) {
        if (g_hash_table_contains(load->seen, id->data))
            continue;
        g_autofree char *gone = g_strdup(id->data);
        remove_declared(load->accounts, gone);
    }
}

void wh_accounts_declare(WhAccounts *accounts, const GPtrArray *declarations, GPtrArray *problems)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Load load = {.accounts = accounts, .problems = problems, .names = names, .seen = seen};
    for (guint i = 0; i < declarations->len; i++)
        load_one(&load, declarations->pdata[i]);
    remove_missing(&load);
    wh_declared_memory_prune(accounts, seen);
    wh_accounts_settle_withheld(accounts);
}
