#include "service/accounts/accounts_private.h"

/* Between two tests of a name, whatever the provider allows; the shorter one for a person who puts
 * right what the last test found wrong. */
#define GAP (30 * WH_SECOND)
#define GAP_AFTER_REFUSAL (5 * WH_SECOND)

/* What is known of a name's earlier tests. bucket counts as the record keeper's does. Monotonic
 * times. */
typedef struct {
    WhHostState bucket;
    gint64 last;
    gint64 gap;
    gint64 blocked_until;
} Attempt;

/* One test under way. kept: the id of the host that it is a real update of, or NULL. */
typedef struct {
    WhAccounts *accounts;
    WhAccount *account;
    WhHost *host;
    char *kept;
    char *attempt;
    WhUpdateItem item;
    guint64 handle;
    WhAccountsTested done;
    gpointer data;
} Test;

static void free_test(gpointer data)
{
    Test *test = data;
    wh_account_free(test->account);
    wh_host_free(test->host);
    g_free(test->kept);
    g_free(test->attempt);
    g_free(test);
}

void wh_accounts_init_tests(WhAccounts *accounts)
{
    accounts->attempts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    accounts->tests = g_ptr_array_new_with_free_func(free_test);
}

void wh_accounts_clear_tests(WhAccounts *accounts)
{
    g_autoptr(GError) error =
        g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "The service ends.");
    for (guint i = 0; i < accounts->tests->len; i++) {
        const Test *test = accounts->tests->pdata[i];
        wh_providers_cancel(accounts->providers, test->handle);
        test->done(NULL, error, test->data);
    }
    g_ptr_array_unref(accounts->tests);
    g_hash_table_unref(accounts->attempts);
}

static char *waiting_words(gint64 wait)
{
    gint64 seconds = (wait + WH_SECOND - 1) / WH_SECOND;
    if (seconds <= 120)
        return g_strdup_printf("%" G_GINT64_FORMAT " seconds", seconds);
    return g_strdup_printf("%" G_GINT64_FORMAT " minutes", (seconds + 59) / 60);
}

static gboolean too_soon(gint64 wait, const char *why, GError **error)
{
    g_autofree char *words = waiting_words(wait);
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_TOO_SOON, "%s Try again in %s.", why,
                words);
    return FALSE;
}

static gboolean check_bucket(WhHostState *bucket, const WhManners *manners, gint64 wall,
                             GError **error)
{
    wh_policy_refill(bucket, manners, wall);
    if (wh_policy_has_token(bucket, manners))
        return TRUE;
    return too_soon(wh_policy_next_token(bucket, manners, wall) - wall,
                    "The provider does not take updates of one name more often.", error);
}

/* What the record keeper sent for the same name counts as well. */
static gboolean check_kept(WhAccounts *accounts, const char *host, const WhManners *manners,
                           gint64 wall, GError **error)
{
    g_auto(WhHostState) state = {0};
    return !wh_store_host_state(accounts->store, host, &state) ||
           check_bucket(&state, manners, wall, error);
}

static gboolean is_over(gpointer key, gpointer value, gpointer data)
{
    const Attempt *attempt = value;
    gint64 now = *(const gint64 *)data;
    return attempt->last + WH_DAY < now && attempt->blocked_until < now;
}

static Attempt *attempt_for(WhAccounts *accounts, const char *key, gint64 now)
{
    Attempt *attempt = g_hash_table_lookup(accounts->attempts, key);
    if (attempt != NULL)
        return attempt;
    g_hash_table_foreach_remove(accounts->attempts, is_over, &now);
    attempt = g_new0(Attempt, 1);
    attempt->last = G_MININT64 / 2;
    attempt->gap = GAP;
    g_hash_table_insert(accounts->attempts, g_strdup(key), attempt);
    return attempt;
}

/* Whether the name may be tried now; then this counts as a try. */
static gboolean take_turn(const Test *test, GError **error)
{
    WhAccounts *accounts = test->accounts;
    gint64 now = wh_clock_monotonic(accounts->clock), wall = wh_clock_wall(accounts->clock);
    WhManners manners = wh_accounts_manners(accounts, test->account);
    Attempt *attempt = attempt_for(accounts, test->attempt, now);
    if (attempt->last + attempt->gap > now)
        return too_soon(attempt->last + attempt->gap - now, "This name was tested just now.",
                        error);
    if (attempt->blocked_until > now)
        return too_soon(attempt->blocked_until - now, "The provider asked for patience.", error);
    if (!check_bucket(&attempt->bucket, &manners, wall, error) ||
        (test->kept != NULL && !check_kept(accounts, test->kept, &manners, wall, error)))
        return FALSE;
    wh_policy_take_token(&attempt->bucket, &manners);
    attempt->last = now;
    attempt->gap = GAP;
    return TRUE;
}

/* Still the same record at the same server, although the user may have changed something meanwhile.
 */
static gboolean is_still_kept(const Test *test)
{
    WhAccounts *accounts = test->accounts;
    const WhHost *host = wh_accounts_host_at(accounts, test->account->id, test->host->name);
    const WhAccount *account = wh_accounts_find(accounts, test->account->id);
    if (host == NULL || account == NULL || g_strcmp0(host->id, test->kept) != 0 ||
        wh_providers_find(accounts->providers, account->provider) == NULL)
        return FALSE;
    g_autofree char *tested = wh_providers_endpoint(accounts->providers, test->account);
    g_autofree char *kept = wh_providers_endpoint(accounts->providers, account);
    return g_strcmp0(tested, kept) == 0;
}

static void count_as_update(const Test *test, const WhOutcome *outcome)
{
    if (!wh_result_class_is_success(outcome->result) || !is_still_kept(test))
        return;
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (test->item.has[i])
            wh_keeper_take_result(test->accounts->keeper, test->kept, (WhFamily)i,
                                  &test->item.address[i], outcome);
    }
}

static gboolean is_for_the_person_to_correct(WhResultClass result)
{
    return result == WH_RESULT_AUTH || result == WH_RESULT_HOST || result == WH_RESULT_BADREQ;
}

/* After some results the provider wants to be left alone, also by somebody who clicks again. */
static void note_wait(const Test *test, const WhOutcome *outcome)
{
    WhAccounts *accounts = test->accounts;
    Attempt *attempt = g_hash_table_lookup(accounts->attempts, test->attempt);
    if (attempt != NULL && is_for_the_person_to_correct(outcome->result))
        attempt->gap = GAP_AFTER_REFUSAL;
    if (outcome->result != WH_RESULT_RATE && outcome->result != WH_RESULT_SERVER)
        return;
    WhManners manners = wh_accounts_manners(accounts, test->account);
    gint64 wait = wh_policy_consequence(outcome, 1, &manners, accounts->clock).wait;
    if (attempt != NULL)
        attempt->blocked_until = wh_clock_monotonic(accounts->clock) + wait;
}

static void answered(const WhUpdateReport *report, gpointer data)
{
    Test *test = data;
    const WhOutcome *outcome = report->outcomes[0];
    guint index;
    if (g_ptr_array_find(test->accounts->tests, test, &index))
        g_ptr_array_steal_index_fast(test->accounts->tests, index);
    note_wait(test, outcome);
    count_as_update(test, outcome);
    test->done(outcome, NULL, test->data);
    free_test(test);
}

/* What a name that is kept already should hold is the record keeper's to say. */
static const WhAddress *address_for(const Test *test,
                                    const WhAddress *const addresses[WH_N_FAMILIES],
                                    WhFamily family, WhAimReason *why)
{
    WhRecordView view;
    if (test->kept == NULL)
        return addresses[family];
    if (!wh_keeper_view(test->accounts->keeper, test->kept, family, &view))
        return NULL;
    if (view.desired == NULL)
        *why = view.why;
    return view.desired;
}

static gboolean refuse_without_address(WhAimReason why, GError **error)
{
    static const char *const sentences[] = {
        [WH_AIM_KNOWN] = NULL,
        [WH_AIM_NO_ADDRESS] = NULL,
        [WH_AIM_VPN] = "Everything goes through a VPN now, and nobody has said what names hold "
                       "then. Choose that, or switch the VPN off, then test again.",
        [WH_AIM_NO_LAN_ADDRESS] =
            "This computer has no address on its local network, so there is nothing to test with. "
            "Connect it, then test again.",
        [WH_AIM_ELSEWHERE] = "This name is kept on other networks only than the one that this "
                             "computer is on now. Test it there, or have it kept everywhere.",
        [WH_AIM_UNREACHABLE] = "Nobody can connect to this home now, and the name is set to be "
                               "left alone then. Test it when that is over, or have it kept "
                               "always.",
        [WH_AIM_DEVICE_UNSEEN] = "The machine that the name leads to was not seen on this network. "
                                 "Switch it on, then test again.",
        [WH_AIM_DEVICE_UNKNOWN] = "The IPv4 address of the machine that the name leads to is not "
                                  "known, because there is no router that shares one with it.",
    };
    if (sentences[why] != NULL)
        g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_HERE, sentences[why]);
    else
        g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NO_ADDRESS,
                            "The public address of this computer is not known yet, so there is "
                            "nothing to test with.");
    return FALSE;
}

/* Fills in what is to be sent: the families that are known and, for a host that exists, wanted. */
static gboolean take_addresses(Test *test, const WhHost *kept,
                               const WhAddress *const addresses[WH_N_FAMILIES], GError **error)
{
    WhAimReason why = WH_AIM_NO_ADDRESS;
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhAddress *address = NULL;
        test->host->wants[family] = kept == NULL || kept->wants[family];
        if (test->host->wants[family])
            address = address_for(test, addresses, family, &why);
        test->item.has[family] = address != NULL;
        if (address != NULL)
            test->item.address[family] = *address;
    }
    return test->item.has[WH_FAMILY_IPV4] || test->item.has[WH_FAMILY_IPV6] ||
           refuse_without_address(why, error);
}

static gboolean prepare(Test *test, const WhAccount *base, const WhAccountDraft *draft,
                        const char *name, GError **error)
{
    WhAccounts *accounts = test->accounts;
    test->account = wh_accounts_compose(accounts, "", base, draft, error);
    if (test->account == NULL)
        return FALSE;
    g_autofree char *normalized = wh_accounts_normalize(name, error);
    if (normalized == NULL || !wh_accounts_check_name(accounts, test->account, normalized, error) ||
        !wh_accounts_check_free(accounts, base != NULL ? base->id : NULL, normalized, error))
        return FALSE;
    const WhHost *kept = base != NULL ? wh_accounts_host_at(accounts, base->id, normalized) : NULL;
    test->host = wh_host_new(kept != NULL ? kept->id : "test", test->account->id, normalized);
    test->host->ttl = kept != NULL ? kept->ttl : 0;
    test->kept = kept != NULL ? g_strdup(kept->id) : NULL;
    test->attempt = g_strconcat(test->account->provider, " ", normalized, NULL);
    test->item.host = test->host;
    return TRUE;
}

/* The secrets to test with, all that are needed; or NULL. */
static GHashTable *check_secrets(Test *test, const WhAccountDraft *draft, GError **error)
{
    WhAccounts *accounts = test->accounts;
    if (!wh_accounts_check_secrets(accounts, test->account, draft->secrets, error))
        return NULL;
    g_autoptr(GHashTable) secrets = wh_accounts_gather(accounts, test->account, draft->secrets);
    GError *reason = NULL;
    if (wh_providers_check_account(accounts->providers, test->account, secrets, &reason))
        return g_steal_pointer(&secrets);
    g_set_error_literal(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_INVALID, reason->message);
    g_error_free(reason);
    return NULL;
}

static void send(Test *test, GHashTable *secrets)
{
    const WhUpdate update = {.account = test->account, .items = &test->item, .n_items = 1};
    g_ptr_array_add(test->accounts->tests, test);
    test->handle = wh_providers_update(test->accounts->providers, &update, secrets, answered, test);
}

gboolean wh_accounts_test(WhAccounts *accounts, const char *account, const WhAccountDraft *draft,
                          const char *name, const WhAddress *const addresses[WH_N_FAMILIES],
                          WhAccountsTested done, gpointer data, GError **error)
{
    const WhAccount *base = account != NULL ? wh_accounts_named(accounts, account, error) : NULL;
    if (account != NULL && base == NULL)
        return FALSE;
    Test *test = g_new0(Test, 1);
    *test = (Test){.accounts = accounts, .done = done, .data = data};
    g_autoptr(GHashTable) secrets = NULL;
    if (prepare(test, base, draft, name, error))
        secrets = check_secrets(test, draft, error);
    const WhHost *kept = test->kept != NULL ? wh_accounts_find_host(accounts, test->kept) : NULL;
    if (secrets == NULL || !take_addresses(test, kept, addresses, error) ||
        !take_turn(test, error)) {
        free_test(test);
        return FALSE;
    }
    send(test, secrets);
    return TRUE;
}
