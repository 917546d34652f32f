#include "service/accounts/accounts_private.h"

#include "service/declared/account_id.h"

#include <stdio.h>
#include <string.h>

#define FNV_BASIS G_GUINT64_CONSTANT(14695981039346656037)
#define FNV_PRIME G_GUINT64_CONSTANT(1099511628211)

/* So much of a secret's sum is written down: 12 bits, and the salt is one for the whole store.
 * However many accounts have the secret and however often they come and go, nothing more of it gets
 * there. */
#define TOLD G_GUINT64_CONSTANT(0xfff)

#define SALT "declared salt"

/* Sums over provider and fields, and over secrets. */
typedef struct {
    guint64 settings;
    guint64 secrets;
} Mark;

static guint64 mix(guint64 sum, const char *text)
{
    for (const char *at = text;; at++) {
        sum = (sum ^ (guint8)*at) * FNV_PRIME;
        if (*at == '\0')
            return sum;
    }
}

static guint64 mix_pair(guint64 salt, const char *name, const char *text)
{
    guint64 sum = mix(mix(FNV_BASIS ^ salt, name), text);
    return (sum ^ sum >> 29) * FNV_PRIME;
}

static guint64 salt_of(WhAccounts *accounts)
{
    g_autofree char *text = wh_store_setting(accounts->store, SALT);
    if (text == NULL) {
        guint64 salt = (guint64)g_random_int() << 32 | g_random_int();
        text = g_strdup_printf("%" G_GINT64_MODIFIER "x", salt);
        wh_store_put_setting(accounts->store, SALT, text, NULL);
    }
    return g_ascii_strtoull(text, NULL, 16);
}

/* Whatever the order of the tables. What a secret is called does not count: with it, the same
 * secret would have several sums. */
static Mark mark_of(guint64 salt, const WhAccount *account, GHashTable *secrets)
{
    Mark mark = {.settings = mix_pair(salt, "", account->provider)};
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, account->fields);
    while (g_hash_table_iter_next(&iter, &name, &value))
        mark.settings += mix_pair(salt, name, value);
    g_hash_table_iter_init(&iter, secrets);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        mark.secrets += mix_pair(salt, "", wh_secret_peek(value)) >> 31 & TOLD;
    mark.secrets &= TOLD;
    return mark;
}

static char *mark_setting(const char *account)
{
    return g_strconcat("declared ", account, NULL);
}

static char *pause_setting(const char *host)
{
    return g_strconcat("paused ", host, NULL);
}

static gboolean read_mark(WhAccounts *accounts, const char *setting, Mark *mark)
{
    g_autofree char *text = wh_store_setting(accounts->store, setting);
    return text != NULL && sscanf(text, "%" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x",
                                  &mark->settings, &mark->secrets) == 2;
}

static void write_mark(WhAccounts *accounts, const char *setting, const Mark *mark)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x",
                                            mark->settings, mark->secrets);
    wh_store_put_setting(accounts->store, setting, text, NULL);
}

WhDeclaredChange wh_declared_memory_compare(WhAccounts *accounts, const WhAccount *account,
                                            GHashTable *secrets)
{
    g_autofree char *setting = mark_setting(account->id);
    Mark before = {0};
    gboolean known = read_mark(accounts, setting, &before);
    Mark now = mark_of(salt_of(accounts), account, secrets);
    /* Secrets that cannot be read today are not other ones. */
    if (known && !wh_accounts_is_complete(accounts, account, secrets))
        now.secrets = before.secrets;
    WhDeclaredChange change = {.is_another = known && before.settings != now.settings,
                               .has_other_secrets = known && before.secrets != now.secrets};
    if (!known || change.is_another || change.has_other_secrets)
        write_mark(accounts, setting, &now);
    return change;
}

void wh_declared_memory_forget_host(WhAccounts *accounts, const char *host)
{
    g_autofree char *pause = pause_setting(host);
    wh_store_remove_host(accounts->store, host, NULL);
    wh_store_put_setting(accounts->store, pause, NULL, NULL);
}

void wh_declared_memory_forget(WhAccounts *accounts, const char *account)
{
    g_autofree char *setting = mark_setting(account);
    wh_store_remove_account(accounts->store, account, NULL);
    wh_store_put_setting(accounts->store, setting, NULL, NULL);
}

void wh_declared_memory_prune(WhAccounts *accounts, GHashTable *known)
{
    g_auto(GStrv) hosts = wh_store_hosts_with_states(accounts->store, "file-");
    for (guint i = 0; hosts[i] != NULL; i++) {
        g_autofree char *account = g_strndup(hosts[i], strcspn(hosts[i], ":"));
        /* A file that cannot be used now may still name it. */
        gboolean may_come = g_hash_table_contains(known, account) &&
                            wh_accounts_declared(accounts, account) == NULL;
        if (may_come || hosts[i][strlen(account)] != ':' ||
            wh_accounts_find_host(accounts, hosts[i]) != NULL)
            continue;
        wh_declared_memory_forget_host(accounts, hosts[i]);
        /* One that was added by hand may have its id by now. */
        if (!g_hash_table_contains(known, account) && wh_accounts_find(accounts, account) == NULL)
            wh_declared_memory_forget(accounts, account);
    }
}

gboolean wh_declared_memory_is_paused(WhAccounts *accounts, const char *host)
{
    g_autofree char *setting = pause_setting(host);
    g_autofree char *value = wh_store_setting(accounts->store, setting);
    return value != NULL;
}

gboolean wh_declared_memory_set_paused(WhAccounts *accounts, const char *host, gboolean paused,
                                       GError **error)
{
    g_autofree char *setting = pause_setting(host);
    return wh_store_put_setting(accounts->store, setting, paused ? "1" : NULL, error);
}
