#include "tests/contract/windows/local_socket_judgements.h"

#include "platform/windows/peer.h"
#include "platform/windows/server_trust.h"

#define SELF "S-1-5-21-1-2-3-1001"
#define BOB "S-1-5-21-1-2-3-1002"
#define SERVICE "S-1-5-80-1-2-3-4-5"

static void test_server_of_computer(void)
{
    static const struct {
        WhServer server;
        WhServerExpected expected;
        gboolean is_trusted;
    } table[] = {
        {{7, SERVICE, NULL}, {TRUE, 7, SERVICE, SELF}, TRUE},
        {{7, NULL, NULL}, {TRUE, 7, SERVICE, SELF}, TRUE},
        {{7, BOB, BOB}, {TRUE, 8, SERVICE, SELF}, FALSE},
        {{7, BOB, NULL}, {TRUE, 7, SERVICE, SELF}, FALSE},
        {{7, SELF, NULL}, {TRUE, 7, SERVICE, SELF}, TRUE},
        {{7, "S-1-5-19", NULL}, {TRUE, 7, SERVICE, SELF}, TRUE},
        {{7, SELF, SELF}, {TRUE, 0, SERVICE, SELF}, FALSE},
        {{0, BOB, NULL}, {TRUE, 0, SERVICE, SELF}, FALSE},
        {{7, SERVICE, NULL}, {TRUE, 8, SERVICE, SELF}, FALSE},
        {{7, SERVICE, NULL}, {FALSE, 0, SERVICE, SELF}, TRUE},
        {{7, BOB, NULL}, {FALSE, 0, SERVICE, SELF}, FALSE},
        {{7, NULL, NULL}, {FALSE, 0, SERVICE, SELF}, FALSE},
        {{0, NULL, NULL}, {FALSE, 0, SERVICE, SELF}, FALSE},
        {{7, "S-1-5-18", NULL}, {TRUE, 0, SERVICE, SELF}, TRUE},
        {{7, "S-1-5-32-544", NULL}, {FALSE, 0, SERVICE, SELF}, TRUE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++)
        g_assert_cmpint(wh_server_trust_of_computer(&table[i].server, &table[i].expected), ==,
                        table[i].is_trusted);
}

static void test_server_of_person(void)
{
    g_assert_true(wh_server_trust_of_person(&(WhServer){7, BOB, SELF}, SELF));
    g_assert_true(wh_server_trust_of_person(&(WhServer){7, NULL, "S-1-5-18"}, SELF));
    g_assert_false(wh_server_trust_of_person(&(WhServer){7, SELF, BOB}, SELF));
    g_assert_false(wh_server_trust_of_person(&(WhServer){7, SELF, "S-1-5-19"}, SELF));
    g_assert_false(wh_server_trust_of_person(&(WhServer){7, SELF, NULL}, SELF));
}

static void test_persons(void)
{
    static const struct {
        const char *sid;
        gboolean is_person;
    } table[] = {
        {"S-1-5-21-1004336348-1177238915-682003330-1001", TRUE},
        {"S-1-5-21-1-2-3-500", TRUE}, /* Administrator, with whom some people sign in */
        {"S-1-5-21-1-2-3-501", FALSE},
        {"S-1-5-21-1-2-3-502", FALSE},
        {"S-1-5-21-1-2-3-503", FALSE},
        {"S-1-5-21-1-2-3-504", FALSE},
        {"S-1-12-1-1-2-3-4", TRUE},
        {"S-1-12-1-1-2-3", FALSE},
        {"S-1-5-21-1-2-3", FALSE},
        {"S-1-5-21-1-2-3-4-5", FALSE},
        {"S-1-5-21-1-2-3-x", FALSE},
        {"S-1-5-21", FALSE},
        {"S-1-5-18", FALSE},
        {"S-1-5-19", FALSE},
        {"S-1-5-20", FALSE},
        {"S-1-5-7", FALSE},
        {"S-1-5-32-544", FALSE},
        {"S-1-5-80-1-2-3-4-5", FALSE},
        {"S-1-5-82-1-2-3-4", FALSE},
        {"", FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++)
        g_assert_cmpint(wh_token_user_is_person(table[i].sid), ==, table[i].is_person);
}

static void test_groups(void)
{
    WhToken token = {0};

    wh_token_note_group(&token, "S-1-5-32-544", SE_GROUP_USE_FOR_DENY_ONLY);
    wh_token_note_group(&token, "S-1-5-32-544", SE_GROUP_ENABLED | SE_GROUP_USE_FOR_DENY_ONLY);
    wh_token_note_group(&token, "S-1-5-32-544", SE_GROUP_MANDATORY);
    wh_token_note_group(&token, "S-1-5-32-545", SE_GROUP_ENABLED);
    wh_token_note_group(&token, "S-1-5-2", SE_GROUP_ENABLED);
    g_assert_false(token.is_administrator);
    g_assert_false(token.is_interactive);
    g_assert_true(token.is_from_afar);
    wh_token_note_group(&token, "S-1-5-32-544", SE_GROUP_ENABLED | SE_GROUP_MANDATORY);
    g_assert_true(token.is_administrator);
    wh_token_note_group(&token, "S-1-5-14", SE_GROUP_ENABLED);
    g_assert_true(token.is_interactive);
    token.is_interactive = FALSE;
    wh_token_note_group(&token, "S-1-5-4", SE_GROUP_ENABLED);
    g_assert_true(token.is_interactive);
}

static void check_peer(WhToken token, const char *expected)
{
    WhPeer peer = {0};
    g_autofree char *found = NULL;

    wh_peer_from_token(&token, "S-1-5-80-1-2-3-4-5", 1, &peer);
    found = g_strdup_printf("%s%s%s%s%s%s%s", peer.principal, peer.known ? " known" : "",
                            peer.is_root ? " root" : "", peer.is_self ? " self" : "",
                            peer.is_person ? " person" : "", peer.is_signed_in ? " signed-in" : "",
                            peer.is_at_console ? " console" : "");
    g_assert_cmpstr(found, ==, expected);
}

static void test_peers(void)
{
    g_autofree char *digits = g_strnfill(80, '1');
    g_autofree char *too_long = g_strconcat("S-1-5-21-", digits, NULL);

    check_peer((WhToken){.user = (char *)"S-1-5-18"}, "sid:S-1-5-18 known root");
    check_peer((WhToken){.user = (char *)"S-1-5-80-1-2-3-4-5"},
               "sid:S-1-5-80-1-2-3-4-5 known self");
    check_peer(
        (WhToken){.user = (char *)"S-1-5-21-1-2-3-1001", .session = 1, .is_interactive = TRUE},
        "sid:S-1-5-21-1-2-3-1001 known person signed-in console");
    check_peer(
        (WhToken){.user = (char *)"S-1-5-21-1-2-3-1001", .session = 2, .is_interactive = TRUE},
        "sid:S-1-5-21-1-2-3-1001 known person signed-in");
    check_peer((WhToken){.user = (char *)"S-1-5-21-1-2-3-1001", .session = 1},
               "sid:S-1-5-21-1-2-3-1001 known person");
    check_peer((WhToken){.user = (char *)"S-1-5-21-1-2-3-1001", .session = 1, .is_from_afar = TRUE},
               "sid:S-1-5-21-1-2-3-1001 known person signed-in");
    check_peer((WhToken){.user = (char *)"S-1-5-80-1-2-3-4-6", .is_from_afar = TRUE},
               "sid:S-1-5-80-1-2-3-4-6 known");
    check_peer((WhToken){.user = (char *)"S-1-5-21-1-2-3-1001", .is_administrator = TRUE},
               "sid:S-1-5-21-1-2-3-1001 known root person");
    check_peer((WhToken){.user = (char *)"S-1-5-21-1-2-3-1001",
                         .is_administrator = TRUE,
                         .is_restricted = TRUE},
               "sid:S-1-5-21-1-2-3-1001 known person");
    check_peer((WhToken){.user = (char *)"S-1-5-18", .is_restricted = TRUE}, "sid:S-1-5-18 known");
    check_peer((WhToken){.user = (char *)"S-1-5-19"}, "sid:S-1-5-19 known");
    check_peer((WhToken){.user = too_long, .is_administrator = TRUE}, "");
}

void wh_local_socket_add_judgements(void)
{
    g_test_add_func("/local-socket/windows/server-of-computer", test_server_of_computer);
    g_test_add_func("/local-socket/windows/server-of-person", test_server_of_person);
    g_test_add_func("/local-socket/windows/persons", test_persons);
    g_test_add_func("/local-socket/windows/groups", test_groups);
    g_test_add_func("/local-socket/windows/peers", test_peers);
}
