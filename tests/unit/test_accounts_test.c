#include "tests/unit/test_accounts_world.h"

static void setup(World *world, gconstpointer data)
{
    world_setup(world, data);
    world_add_ddns(world, "a.example", "p");
    world_add_host(world, "ddns", "home.example.org");
    g_string_truncate(world->log, 0);
}

static void tested(const WhOutcome *outcome, const GError *error, gpointer data)
{
    World *world = data;
    g_string_append_printf(world->tested, "%s; ",
                           error != NULL ? "ended" : wh_result_class_name(outcome->result));
}

static gboolean try_at(World *world, const char *account, const WhAccountDraft *draft,
                       const char *name, const char *ipv4, const char *ipv6, GError **error)
{
    WhAddress address[WH_N_FAMILIES];
    g_assert_true(ipv4 == NULL || wh_address_parse(ipv4, &address[0]));
    g_assert_true(ipv6 == NULL || wh_address_parse(ipv6, &address[1]));
    const WhAddress *const addresses[] = {ipv4 != NULL ? &address[0] : NULL,
                                          ipv6 != NULL ? &address[1] : NULL};
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        world->aims[family] = addresses[family] != NULL ? wh_aim_at(addresses[family])
                                                        : wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    return wh_accounts_test(world->accounts, account, draft, name, addresses, tested, world, error);
}

/* What the record keeper says of the host is another thing than this computer's addresses. */
static gboolean try_aimed(World *world, const char *name, GError **error)
{
    const WhAccountDraft nothing = {.provider = NULL};
    WhAddress address;
    g_assert_true(wh_address_parse("203.0.113.1", &address));
    const WhAddress *const addresses[] = {&address, NULL};
    return wh_accounts_test(world->accounts, "ddns", &nothing, name, addresses, tested, world,
                            error);
}

static gboolean try(World *world, const char *name, GError **error)
{
    const WhAccountDraft nothing = {.provider = NULL};
    return try_at(world, "ddns", &nothing, name, "203.0.113.1", "2001:db8::1", error);
}

static void answer(World *world, WhResultClass result, gint64 retry_after)
{
    g_autoptr(WhOutcome) outcome = wh_outcome_new(result, NULL);
    outcome->retry_after = retry_after;
    const WhOutcome *const outcomes[] = {outcome};
    const WhUpdateReport report = {.outcomes = outcomes, .n_outcomes = 1};
    world->update_done(&report, world->update_data);
}

static void check_sent(World *world, const char *expected)
{
    g_assert_cmpstr(world->sent->str, ==, expected);
    g_string_truncate(world->sent, 0);
}

static void check_tested(World *world, const char *expected)
{
    g_assert_cmpstr(world->tested->str, ==, expected);
    g_string_truncate(world->tested, 0);
}

/* A host that exists: a success is its update. */
static void test_kept_host(World *world, gconstpointer data)
{
    g_assert_true(try(world, " Home.example.org.", NULL));
    check_tested(world, "");
    check_sent(world, "home.example.org 203.0.113.1 2001:db8::1 password=p; ");
    answer(world, WH_RESULT_CHANGED, 0);
    check_tested(world, "CHANGED; ");
    world_check_log(world, "result h1 203.0.113.1 CHANGED; result h1 2001:db8::1 CHANGED; ");
}

static void test_only_wanted_families(World *world, gconstpointer data)
{
    const WhHostDraft draft = {.wants_set = TRUE, .wants = {[WH_FAMILY_IPV6] = TRUE}};
    g_autoptr(GError) error = NULL;
    const WhAccountDraft nothing = {.provider = NULL};
    g_assert_true(wh_accounts_edit_host(world->accounts, "h1", &draft, NULL));
    g_string_truncate(world->log, 0);
    g_assert_false(
        try_at(world, "ddns", &nothing, "home.example.org", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NO_ADDRESS, "The public address");
    g_assert_true(try(world, "home.example.org", NULL));
    check_sent(world, "home.example.org 2001:db8::1 password=p; ");
    answer(world, WH_RESULT_SAME, 0);
    world_check_log(world, "result h1 2001:db8::1 SAME; ");
}

static void test_own_aim(World *world, gconstpointer data)
{
    WhAddress camera;
    g_assert_true(wh_address_parse("2001:db8::77", &camera));
    world->aims[WH_FAMILY_IPV4] = wh_aim_nowhere(WH_AIM_UNREACHABLE);
    world->aims[WH_FAMILY_IPV6] = wh_aim_at(&camera);
    g_assert_true(try_aimed(world, "home.example.org", NULL));
    check_sent(world, "home.example.org 2001:db8::77 password=p; ");
    answer(world, WH_RESULT_CHANGED, 0);
    world_check_log(world, "result h1 2001:db8::77 CHANGED; ");
    g_assert_true(try_aimed(world, "other.example.org", NULL));
    check_sent(world, "other.example.org 203.0.113.1 password=p; ");
    answer(world, WH_RESULT_CHANGED, 0);
}

static void test_no_aim(World *world, gconstpointer data)
{
    for (WhAimReason why = WH_AIM_VPN; why < WH_N_AIM_REASONS; why++) {
        g_autoptr(GError) error = NULL;
        for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
            world->aims[family] = wh_aim_nowhere(why);
        g_assert_false(try_aimed(world, "home.example.org", &error));
        world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_HERE, "");
    }
    check_sent(world, "");
}

static void test_failure_is_no_update(World *world, gconstpointer data)
{
    g_assert_true(try(world, "home.example.org", NULL));
    answer(world, WH_RESULT_AUTH, 0);
    check_tested(world, "AUTH; ");
    world_check_log(world, "");
}

static void test_other_name(World *world, gconstpointer data)
{
    g_assert_true(try(world, "other.example.org", NULL));
    check_sent(world, "other.example.org 203.0.113.1 2001:db8::1 password=p; ");
    answer(world, WH_RESULT_CHANGED, 0);
    world_check_log(world, "");
}

static void test_draft_only(World *world, gconstpointer data)
{
    g_autoptr(GHashTable) fields = world_fields("server", "b.example", NULL);
    g_autoptr(GHashTable) secrets = world_secrets("password", "q", NULL);
    const WhAccountDraft draft = {.provider = "ddns", .fields = fields, .secrets = secrets};
    g_assert_true(try_at(world, NULL, &draft, "home.example.org", "203.0.113.1", NULL, NULL));
    check_sent(world, "home.example.org 203.0.113.1 password=q; ");
    answer(world, WH_RESULT_CHANGED, 0);
    check_tested(world, "CHANGED; ");
    world_check_log(world, "");
    g_assert_cmpuint(wh_accounts_list(world->accounts)->len, ==, 1);
}

/* A new secret for the same server counts; nothing is kept of it. */
static void test_changed_secret(World *world, gconstpointer data)
{
    g_autoptr(GHashTable) secrets = world_secrets("password", "q", "key", "k", NULL);
    const WhAccountDraft draft = {.secrets = secrets};
    g_assert_true(try_at(world, "ddns", &draft, "home.example.org", "203.0.113.1", NULL, NULL));
    check_sent(world, "home.example.org 203.0.113.1 password=q key=k; ");
    answer(world, WH_RESULT_CHANGED, 0);
    world_check_log(world, "result h1 203.0.113.1 CHANGED; ");
    wh_fake_clock_advance(world->clock, WH_MINUTE);
    g_assert_true(try(world, "home.example.org", NULL));
    check_sent(world, "home.example.org 203.0.113.1 2001:db8::1 password=p; ");
}

/* The kept secret never goes to another server, and another server's success is not the kept
 * record's. */
static void test_changed_server(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) fields = world_fields("server", "b.example", NULL);
    g_autoptr(GHashTable) secrets = world_secrets("password", "q", NULL);
    WhAccountDraft draft = {.fields = fields};
    g_assert_false(try_at(world, "ddns", &draft, "home.example.org", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "password: It is missing");
    check_sent(world, "");
    draft.secrets = secrets;
    g_assert_true(try_at(world, "ddns", &draft, "home.example.org", "203.0.113.1", NULL, NULL));
    check_sent(world, "home.example.org 203.0.113.1 password=q; ");
    answer(world, WH_RESULT_CHANGED, 0);
    world_check_log(world, "");
}

static void test_removed_meanwhile(World *world, gconstpointer data)
{
    g_assert_true(try(world, "home.example.org", NULL));
    g_assert_true(wh_accounts_remove(world->accounts, "ddns", NULL));
    world_check_log(world, "no account ddns; ");
    answer(world, WH_RESULT_CHANGED, 0);
    check_tested(world, "CHANGED; ");
    world_check_log(world, "");
}

static void test_cancelled_at_the_end(World *world, gconstpointer data)
{
    g_assert_true(try(world, "home.example.org", NULL));
    check_sent(world, "home.example.org 203.0.113.1 2001:db8::1 password=p; ");
    world_restart(world);
    check_sent(world, "cancelled 1; ");
    check_tested(world, "ended; ");
}

static void test_refused(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const WhAccountDraft nothing = {.provider = NULL}, other = {.provider = "tree"};
    g_assert_false(try_at(world, "nobody", &nothing, "a.example.org", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such account");
    g_assert_false(try_at(world, NULL, &nothing, "a.example.org", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "provider: Choose");
    g_assert_false(try_at(world, "ddns", &other, "a.example.org", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "provider: ");
    g_assert_false(try(world, "home", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "name: ");
    g_assert_false(try_at(world, NULL, &other, "a.example.org", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "name: The provider has no");
    g_assert_false(try_at(world, NULL, &other, "a.tree.example", "203.0.113.1", NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "token: It is missing");
    g_assert_false(try_at(world, "ddns", &nothing, "a.example.org", NULL, NULL, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NO_ADDRESS, "The public address");
    check_sent(world, "");
    /* None of these counts as a try. */
    g_assert_true(try(world, "a.example.org", NULL));
}

static void check_too_soon(World *world, const char *name, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(try(world, name, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_TOO_SOON, expected);
}

static void test_gap(World *world, gconstpointer data)
{
    world->manners.refill = 0;
    g_assert_true(try(world, "a.example.org", NULL));
    answer(world, WH_RESULT_CHANGED, 0);
    check_too_soon(world, "A.example.org",
                   "This name was tested just now. Try again in 30 seconds.");
    g_assert_true(try(world, "b.example.org", NULL));
    wh_fake_clock_advance(world->clock, 20 * WH_SECOND);
    check_too_soon(world, "a.example.org",
                   "This name was tested just now. Try again in 10 seconds.");
    wh_fake_clock_advance(world->clock, 10 * WH_SECOND);
    for (int i = 0; i < 10; i++) {
        g_assert_true(try(world, "a.example.org", NULL));
        wh_fake_clock_advance(world->clock, 30 * WH_SECOND);
    }
}

/* Who mistyped a password need not wait for long. */
static void test_gap_after_refusal(World *world, gconstpointer data)
{
    const WhResultClass refusals[] = {WH_RESULT_AUTH, WH_RESULT_HOST, WH_RESULT_BADREQ};
    world->manners.refill = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_assert_true(try(world, "a.example.org", NULL));
        answer(world, refusals[i], 0);
        check_too_soon(world, "a.example.org",
                       "This name was tested just now. Try again in 5 seconds.");
        wh_fake_clock_advance(world->clock, 5 * WH_SECOND);
    }
    g_assert_true(try(world, "a.example.org", NULL));
    answer(world, WH_RESULT_FAIL, 0);
    check_too_soon(world, "a.example.org",
                   "This name was tested just now. Try again in 30 seconds.");
}

static void test_tokens(World *world, gconstpointer data)
{
    for (int i = 0; i < 3; i++) {
        g_assert_true(try(world, "a.example.org", NULL));
        wh_fake_clock_advance(world->clock, 30 * WH_SECOND);
    }
    check_too_soon(world, "a.example.org",
                   "The provider does not take updates of one name more often. Try again in 4 min");
    wh_fake_clock_advance(world->clock, 209 * WH_SECOND);
    check_too_soon(world, "a.example.org",
                   "The provider does not take updates of one name more often. Try again in 1 sec");
    wh_fake_clock_advance(world->clock, WH_SECOND);
    g_assert_true(try(world, "a.example.org", NULL));
}

/* The record keeper's own updates count as well. */
static void test_kept_tokens(World *world, gconstpointer data)
{
    WhJournal *journal = wh_store_journal(world->store);
    WhHostState state = {.tokens = 0,
                         .tokens_at = wh_clock_wall(wh_fake_clock_clock(world->clock))};
    journal->begin(journal);
    journal->put_host(journal, "h1", &state);
    g_assert_true(journal->commit(journal, FALSE));
    check_too_soon(world, "home.example.org", "The provider does not take updates");
    wh_fake_clock_advance(world->clock, 5 * WH_MINUTE);
    g_assert_true(try(world, "home.example.org", NULL));
}

static void test_patience(World *world, gconstpointer data)
{
    g_assert_true(try(world, "a.example.org", NULL));
    answer(world, WH_RESULT_RATE, 40 * WH_MINUTE);
    wh_fake_clock_advance(world->clock, 39 * WH_MINUTE);
    check_too_soon(world, "a.example.org", "The provider asked for patience. Try again in ");
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_true(try(world, "a.example.org", NULL));
    answer(world, WH_RESULT_SERVER, 0);
    wh_fake_clock_advance(world->clock, 29 * WH_MINUTE);
    check_too_soon(world, "a.example.org", "The provider asked for patience. Try again in ");
    wh_fake_clock_advance(world->clock, WH_HOUR);
    g_assert_true(try(world, "a.example.org", NULL));
}

static void test_two_at_once(World *world, gconstpointer data)
{
    g_assert_true(try(world, "a.example.org", NULL));
    WhUpdateDone first_done = world->update_done;
    gpointer first_data = world->update_data;
    g_assert_true(try(world, "home.example.org", NULL));
    answer(world, WH_RESULT_CHANGED, 0);
    world_check_log(world, "result h1 203.0.113.1 CHANGED; result h1 2001:db8::1 CHANGED; ");
    world->update_done = first_done;
    world->update_data = first_data;
    answer(world, WH_RESULT_HOST, 0);
    check_tested(world, "CHANGED; HOST; ");
}

static void test_one_of_two_cancelled(World *world, gconstpointer data)
{
    g_assert_true(try(world, "a.example.org", NULL));
    g_assert_true(try(world, "home.example.org", NULL));
    answer(world, WH_RESULT_CHANGED, 0);
    g_string_truncate(world->sent, 0);
    world_restart(world);
    check_sent(world, "cancelled 1; ");
    check_tested(world, "CHANGED; ended; ");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func) g_test_add("/accounts/test/" path, World, NULL, setup, func, world_teardown)
    ADD("kept-host", test_kept_host);
    ADD("only-wanted-families", test_only_wanted_families);
    ADD("own-aim", test_own_aim);
    ADD("no-aim", test_no_aim);
    ADD("failure-is-no-update", test_failure_is_no_update);
    ADD("other-name", test_other_name);
    ADD("draft-only", test_draft_only);
    ADD("changed-secret", test_changed_secret);
    ADD("changed-server", test_changed_server);
    ADD("removed-meanwhile", test_removed_meanwhile);
    ADD("cancelled-at-the-end", test_cancelled_at_the_end);
    ADD("refused", test_refused);
    ADD("gap", test_gap);
    ADD("gap-after-refusal", test_gap_after_refusal);
    ADD("tokens", test_tokens);
    ADD("kept-tokens", test_kept_tokens);
    ADD("patience", test_patience);
    ADD("two-at-once", test_two_at_once);
    ADD("one-of-two-cancelled", test_one_of_two_cancelled);
    return g_test_run();
}
