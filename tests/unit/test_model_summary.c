#include "app/client/status.h"
#include "app/model/summary.h"
#include "tests/unit/test_model_world.h"

#include <string.h>

#define CALM "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS
#define VERDICT                                                                                    \
    "{\"family\":\"ipv4\",\"address\":\"203.0.113.9\",\"reason\":\"direct\",\"sources\":[]}"
#define RECORD(family, state, more) "{\"family\":\"" family "\",\"state\":\"" state "\"" more "}"
#define PROVES(status) ",\"proof\":{\"status\":\"" status "\"}"
#define BECAUSE(class) ",\"result\":{\"class\":\"" class "\"}"
#define HOST(id, name, records)                                                                    \
    "{\"id\":\"" id "\",\"name\":\"" name "\",\"account\":\"a1\",\"records\":[" records "]}"
#define A(records) HOST("h1", "a.org", records)
#define B(records) HOST("h2", "b.org", records)

/* What the service says and what people read. remedy is about `host`, or the account a1 alone. */
typedef struct {
    const char *service;
    const char *verdicts;
    const char *accounts;
    const char *hosts;
    WhStatus status;
    const char *summary;
    const char *next_step;
    WhRemedy remedy;
    const char *host;
} Case;

static const Case cases[] = {
    {CALM, VERDICT, "", "", WH_STATUS_OK, "No name yet", "Add the first name", WH_REMEDY_NONE,
     NULL},
    {CALM, VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "current", "")), WH_STATUS_OK, "a.org is right",
     NULL, WH_REMEDY_NONE, NULL},
    /* A network without IPv6 is no trouble, unless nothing else is kept. */
    {CALM, VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "current", "") "," RECORD("ipv6", "no_address", "")), WH_STATUS_OK,
     "a.org is right", NULL, WH_REMEDY_NONE, NULL},
    {CALM, VERDICT, WORLD_ACCOUNT, A(RECORD("ipv6", "no_address", "")), WH_STATUS_OFFLINE,
     "a.org waits for an address", NULL, WH_REMEDY_NONE, "h1"},
    {CALM, "", WORLD_ACCOUNT, A(RECORD("ipv4", "no_address", "")), WH_STATUS_OFFLINE,
     "The public address of this computer is not known",
     "Check that this computer is connected to the internet; the rest goes by itself",
     WH_REMEDY_NONE, NULL},
    {CALM, VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "current", PROVES("differs"))),
     WH_STATUS_UPDATING, "a.org is not right yet", NULL, WH_REMEDY_NONE, "h1"},
    {CALM, VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "waiting", BECAUSE("CLOCK"))) "," B(RECORD("ipv4", "held", "")),
     WH_STATUS_UPDATING, "2 names are not right yet", "Set this computer's clock", WH_REMEDY_NONE,
     "h1"},
    {CALM, VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "waiting", "")) "," B(RECORD("ipv4", "updating", "")), WH_STATUS_UPDATING,
     "Updating b.org", NULL, WH_REMEDY_NONE, NULL},
    {CALM, VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "paused", "")) "," B(RECORD("ipv4", "current", "")), WH_STATUS_PAUSED,
     "a.org is paused", "Resume when you like", WH_REMEDY_RESUME, "h1"},
    /* A laptop that is not at home, and a home that nobody can connect to. */
    {CALM, "", WORLD_ACCOUNT, A(RECORD("ipv4", "no_address", ",\"why\":\"elsewhere\"")),
     WH_STATUS_PAUSED, "a.org is left alone now",
     "It goes on by itself there. Add this network if the name is to be kept here as well",
     WH_REMEDY_NONE, "h1"},
    {CALM, VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "no_address", ",\"why\":\"unreachable\"") "," RECORD("ipv6", "current", "")),
     WH_STATUS_OK, "a.org is right", NULL, WH_REMEDY_NONE, NULL},
    {CALM, VERDICT, WORLD_ACCOUNT, A(RECORD("ipv6", "no_address", ",\"why\":\"device_unseen\"")),
     WH_STATUS_OFFLINE, "a.org waits for an address",
     "Switch the machine on, and check that it is in the same network and uses IPv6",
     WH_REMEDY_NONE, "h1"},
    {"\"paused\":true", VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "paused", "")), WH_STATUS_PAUSED,
     "Everything is paused", "Resume when you like", WH_REMEDY_RESUME, NULL},
    {CALM, VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "halted", BECAUSE("AUTH"))),
     WH_STATUS_ATTENTION, "a.org needs you", "Give the right password or token",
     WH_REMEDY_GIVE_SECRET, "h1"},
    {CALM, VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "halted", BECAUSE("BADREQ"))) "," B(RECORD("ipv4", "refused", "")),
     WH_STATUS_ATTENTION, "2 names need you", "Check the account's settings",
     WH_REMEDY_EDIT_ACCOUNT, "h1"},
    {CALM, VERDICT,
     "{\"id\":\"a1\",\"provider\":\"p\",\"label\":\"Work\",\"halted\":false,"
     "\"secrets\":[{\"field\":\"token\",\"state\":\"missing\"}]}",
     "", WH_STATUS_ATTENTION, "The account “Work” needs you: Waits for its password or token",
     "Give the password or token", WH_REMEDY_GIVE_SECRET, NULL},
    /* The record knows that it waits, the account what for. */
    {CALM, VERDICT,
     "{\"id\":\"a1\",\"provider\":\"p\",\"label\":\"Work\",\"halted\":false,"
     "\"secrets\":[{\"field\":\"token\",\"state\":\"locked\"}]}",
     A(RECORD("ipv4", "no_secret", "")), WH_STATUS_ATTENTION, "a.org needs you",
     "Unlock the keyring", WH_REMEDY_UNLOCK_KEYRING, "h1"},
    {"\"notices\":[\"provider_files\"],\"notice_details\":[\"A file is wrong.\"]", VERDICT, "", "",
     WH_STATUS_ATTENTION, "A file is wrong.", NULL, WH_REMEDY_NONE, NULL},
    {"\"notices\":[\"brand_new\"]", VERDICT, "", "", WH_STATUS_ATTENTION,
     "The Wayhome service needs you", NULL, WH_REMEDY_NONE, NULL},
    {"\"secrets\":{\"kept_in\":\"memory\",\"keyring\":\"absent\",\"file_allowed\":false}", VERDICT,
     WORLD_ACCOUNT, A(RECORD("ipv4", "current", "")), WH_STATUS_OK, "a.org is right",
     "Passwords and tokens are forgotten when the computer restarts, unless you agree to keep them "
     "in a private file",
     WH_REMEDY_ALLOW_FILE, NULL},
    {"\"notices\":[\"keyring_locked\"],\"notice_details\":[\"Run wayhomectl unlock\"],"
     "\"secrets\":{\"kept_in\":\"keyring\",\"keyring\":\"locked\"}",
     VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "current", "")), WH_STATUS_ATTENTION,
     "The keyring is locked", "Unlock the keyring, where passwords and tokens are kept",
     WH_REMEDY_UNLOCK_KEYRING, NULL},
    {"\"notices\":[\"secrets_in_memory\"],\"notice_details\":[\"Run wayhomectl x\"],"
     "\"secrets\":{\"kept_in\":\"memory\",\"keyring\":\"absent\",\"file_allowed\":true}",
     VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "current", "")), WH_STATUS_ATTENTION,
     "There is no keyring, so passwords and tokens are kept in memory only", NULL, WH_REMEDY_NONE,
     NULL},
    {"\"secrets\":{\"kept_in\":\"keyring\",\"keyring\":\"open\"}", VERDICT, WORLD_ACCOUNT,
     A(RECORD("ipv4", "current", "")), WH_STATUS_OK, "a.org is right", NULL, WH_REMEDY_NONE, NULL},
    {CALM, VERDICT, WORLD_ACCOUNT, A(RECORD("ipv4", "brand_new", "")), WH_STATUS_UPDATING,
     "a.org is not right yet", NULL, WH_REMEDY_NONE, "h1"},
};

static void check(World *world, const Case *one)
{
    g_test_message("%s", one->hosts);
    WhModel *model = world->model;
    g_assert_cmpstr(wh_model_summary(model), ==, one->summary);
    g_assert_cmpint(wh_model_status(model), ==, one->status);
    g_assert_cmpstr(wh_model_next_step(model), ==, one->next_step);
    g_assert_cmpint(wh_model_remedy(model), ==, one->remedy);
    g_assert_cmpstr(wh_model_remedy_host(model), ==, one->host);
    if (one->remedy == WH_REMEDY_GIVE_SECRET || one->host != NULL)
        g_assert_cmpstr(wh_model_remedy_account(model), ==, "a1");
}

static void test_summaries(void)
{
    World world;
    g_autofree char *first = world_state(CALM, "", "", "");
    world_set_up(&world, first);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *verdicts = *cases[i].verdicts != '\0'
                                   ? cases[i].verdicts
                                   : "{\"family\":\"ipv4\",\"reason\":\"no_route\"}";
        g_autofree char *state =
            world_state(cases[i].service, verdicts, cases[i].accounts, cases[i].hosts);
        world_send(&world, state);
        check(&world, &cases[i]);
    }
    world_tear_down(&world);
}

/* The rule of the command line is the same one. */
static void test_one_rule(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            world_state(cases[i].service, cases[i].verdicts, cases[i].accounts, cases[i].hosts);
        json_t *message = json_loads(text, 0, NULL);
        g_assert_cmpint(wh_status_of_state(json_object_get(message, "state")), ==, cases[i].status);
        json_decref(message);
    }
}

/* Whatever stands between, it is said, with what to do; no face is named. */
static void test_links(void)
{
    static const WhStatus statuses[] = {
        [WH_LINK_CONNECTING] = WH_STATUS_OFFLINE, [WH_LINK_AWAY] = WH_STATUS_OFFLINE,
        [WH_LINK_UNSAFE] = WH_STATUS_ATTENTION,   [WH_LINK_NOT_PERMITTED] = WH_STATUS_ATTENTION,
        [WH_LINK_STRANGE] = WH_STATUS_ATTENTION,
    };
    for (guint i = 0; i < G_N_ELEMENTS(statuses); i++) {
        if (i == WH_LINK_UP)
            continue;
        const WhSummaryFacts facts = {.link = (WhLinkState)i};
        WhSummary summary = wh_summary_tell(&facts);
        g_assert_cmpint(summary.status, ==, statuses[i]);
        g_assert_cmpuint(strlen(summary.sentence), >, 0);
        g_assert_true(summary.next_step != NULL || i == WH_LINK_CONNECTING);
        g_assert_true(summary.next_step == NULL || strstr(summary.next_step, "wayhomectl") == NULL);
        g_free(summary.sentence);
        g_free(summary.next_step);
    }
}

static void test_words(void)
{
    g_assert_cmpstr(wh_status_name(WH_STATUS_ATTENTION), ==, "attention");
    g_assert_cmpstr(wh_status_icon(WH_STATUS_PAUSED), ==, "wayhome-paused");
    g_assert_null(wh_remedy_label(WH_REMEDY_NONE));
    for (int remedy = WH_REMEDY_RESUME; remedy <= WH_REMEDY_ALLOW_FILE; remedy++)
        g_assert_nonnull(wh_remedy_label((WhRemedy)remedy));
    g_assert_true(G_TYPE_IS_ENUM(WH_TYPE_STATUS));
    g_assert_true(G_TYPE_IS_ENUM(WH_TYPE_REMEDY));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/table", test_summaries);
    g_test_add_func("/summary/one-rule", test_one_rule);
    g_test_add_func("/summary/links", test_links);
    g_test_add_func("/summary/words", test_words);
    return g_test_run();
}
