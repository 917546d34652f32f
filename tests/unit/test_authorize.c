#include "platform/fake/permission_fake.h"
#include "service/control/authorize.h"
#include "service/control/methods.h"
#include "service/protocol/description.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

#define ALICE "uid:1000"
#define BOB "uid:1001"

static const WhPeer root = {
    .known = TRUE, .is_root = TRUE, .pid = 7, .started = 1, .principal = "uid:0"};
static const WhPeer alice = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = ALICE};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = BOB};
static const WhPeer www_data = {.known = TRUE, .pid = 7, .started = 1, .principal = "uid:33"};
static const WhPeer nobody = {.known = FALSE, .pid = 7, .started = 1, .principal = "unknown"};
static const WhPeer service = {
    .known = TRUE, .is_self = TRUE, .pid = 7, .started = 1, .principal = "uid:990"};
static const WhPeer self = {
    .known = TRUE, .is_self = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = ALICE};

/* What polkit says, and whether the call says that a person is there. */
typedef enum {
    ABSENT, /* as no: nobody answers */
    YES,
    ASKS,     /* for a password; the call does not say interactive */
    PASSWORD, /* it does, and the right one is given */
    REFUSED,  /* it does, and the dialog is closed */
    NO_AGENT, /* it does, and nothing here can ask */
} Polkit;

typedef struct {
    const WhPeer *peer;
    gboolean session;
    Polkit polkit;
    gboolean user_scope;
    gboolean nobody_asked; /* decided without asking the system */
} Situation;

/* Everybody who may knock, in the order of the columns below. */
static const Situation situations[] = {
    {&root, FALSE, ABSENT, FALSE, TRUE},      {&alice, FALSE, ABSENT, FALSE, FALSE},
    {&bob, TRUE, ABSENT, FALSE, FALSE},       {&bob, TRUE, YES, FALSE, FALSE},
    {&bob, TRUE, ASKS, FALSE, FALSE},         {&bob, TRUE, PASSWORD, FALSE, FALSE},
    {&bob, TRUE, REFUSED, FALSE, FALSE},      {&bob, TRUE, NO_AGENT, FALSE, FALSE},
    {&bob, FALSE, ABSENT, FALSE, FALSE},      {&bob, FALSE, YES, FALSE, FALSE},
    {&bob, FALSE, ASKS, FALSE, FALSE},        {&bob, FALSE, PASSWORD, FALSE, FALSE},
    {&bob, FALSE, REFUSED, FALSE, FALSE},     {&bob, FALSE, NO_AGENT, FALSE, FALSE},
    {&www_data, FALSE, ABSENT, FALSE, FALSE}, {&www_data, TRUE, YES, FALSE, FALSE},
    {&www_data, FALSE, ASKS, FALSE, FALSE},   {&www_data, FALSE, PASSWORD, FALSE, FALSE},
    {&nobody, TRUE, YES, FALSE, TRUE},        {&service, TRUE, ABSENT, FALSE, FALSE},
    {&service, TRUE, YES, FALSE, FALSE},      {&root, FALSE, ABSENT, TRUE, TRUE},
    {&self, FALSE, ABSENT, TRUE, TRUE},       {&bob, TRUE, YES, TRUE, TRUE},
    {&www_data, TRUE, YES, TRUE, TRUE},       {&nobody, TRUE, YES, TRUE, TRUE},
};

/* What must come of it: + let in, - PermissionDenied, ? InteractionNeeded. By column:
 *
 *   r    root
 *   a    Alice, who is the owner where there is one; without a session and without polkit
 *   BBBBBB  Bob with a session; polkit as in Polkit, from ABSENT to NO_AGENT
 *   bbbbbb  Bob without one
 *   wwww    www-data: ABSENT, YES, ASKS, PASSWORD
 *   n    nobody, whom polkit would let do everything
 *   ss   the service's own account: ABSENT, YES
 *   and at a person's own service: root, the person, Bob, www-data, nobody. */
#define EVERYBODY "++++++++++++++++++++++++++"
#define PERSONS "++++++++++++++-------++---"
#define OWN "++---"
#define OBSERVING "+a++++++-------------" OWN
#define MANAGING "+a-+?+-?-+?+-?-+?+--+" OWN

static const struct {
    const char *method;
    const char *expected;
} table[] = {
    {"GetInfo", EVERYBODY},
    {"GetInterfaceDescription", EVERYBODY},
    {"Keeps", PERSONS},
    {"Status", OBSERVING},
    {"Watch", OBSERVING},
    {"ListProviders", OBSERVING},
    {"History", OBSERVING},
    {"AddAccount", MANAGING},
    {"EditAccount", MANAGING},
    {"RemoveAccount", MANAGING},
    {"SetSecret", MANAGING},
    {"ForgetSecrets", MANAGING},
    {"UnlockKeyring", MANAGING},
    {"AllowSecretFile", MANAGING},
    {"KeepUnattended", MANAGING},
    {"Reload", MANAGING},
    {"SetVpn", MANAGING},
    {"Diagnose", MANAGING},
    {"AddHost", MANAGING},
    {"EditHost", MANAGING},
    {"RemoveHost", MANAGING},
    {"Test", MANAGING},
    {"UpdateNow", MANAGING},
    {"Pause", MANAGING},
    {"Resume", MANAGING},
    /* Where there is an owner, who may look is told who it is. */
    /*               raBBBBBBbbbbbbwwwwnss */
    {"Claim owned", "+a++++++-------------" OWN},
    {"Claim unowned", "+--+?+-?-+?+-?-------" OWN},
    {"SetOwner", "+--------------------" OWN},
};

/* Where there is an owner, an 'a' is a yes; where there is none, Alice is one of the others. */
static char expected_of(const char *method, gsize column, gboolean owned)
{
    g_autofree char *other = g_strconcat(method, owned ? " owned" : " unowned", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        if (strcmp(table[i].method, method) != 0 && strcmp(table[i].method, other) != 0)
            continue;
        g_assert_cmpuint(strlen(table[i].expected), ==, G_N_ELEMENTS(situations));
        char expected = table[i].expected[column];
        return expected != 'a' ? expected : owned ? '+' : '-';
    }
    g_error("%s stands not in the table of this test", method);
}

static void set_up_polkit(const Situation *situation)
{
    static const WhPermissionAnswer answers[] = {
        [ABSENT] = WH_PERMISSION_NO,         [YES] = WH_PERMISSION_YES,
        [ASKS] = WH_PERMISSION_CHALLENGE,    [PASSWORD] = WH_PERMISSION_CHALLENGE,
        [REFUSED] = WH_PERMISSION_CHALLENGE, [NO_AGENT] = WH_PERMISSION_CHALLENGE,
    };
    wh_fake_permission_set_answer(WH_PERMISSION_MANAGE, answers[situation->polkit]);
    wh_fake_permission_set_answer(WH_PERMISSION_CLAIM, answers[situation->polkit]);
    wh_fake_permission_set_password(situation->polkit == PASSWORD  ? WH_PERMISSION_YES
                                    : situation->polkit == REFUSED ? WH_PERMISSION_NO
                                                                   : WH_PERMISSION_CHALLENGE);
    wh_fake_permission_set_session(situation->peer->principal, situation->session);
}

/* A call that no method takes: who is let in is told what is wrong about it. */
static char outcome(World *world, GIOStream *stream, const char *name, gboolean interactive)
{
    g_autofree char *call =
        g_strdup_printf("{\"method\":\"%s\",\"upgrade\":true,\"parameters\":{%s}}", name,
                        interactive ? "\"interactive\":true" : "");
    world_send(world, stream, call);
    g_autoptr(json_t) reply = world_receive(world, stream);
    const char *error = json_string_value(json_object_get(reply, "error"));
    if (g_str_has_suffix(error, ".InvalidParameter"))
        return '+';
    if (g_str_has_suffix(error, ".PermissionDenied"))
        return '-';
    g_assert_cmpstr(error, ==, WH_CONTROL_ERROR("InteractionNeeded"));
    return '?';
}

static void check_situation(gsize column, gboolean owned)
{
    const Situation *situation = &situations[column];
    g_autoptr(World) world =
        situation->user_scope ? world_new() : world_new_for_all(owned ? ALICE : NULL);
    set_up_polkit(situation);
    gsize count;
    const WhMethod *all = wh_methods_all(&count);
    for (gsize i = 0; i < count; i++) {
        g_autoptr(GIOStream) stream = world_connect_as(world, situation->peer);
        char found = outcome(world, stream, all[i].name, situation->polkit >= PASSWORD);
        char expected = expected_of(strrchr(all[i].name, '.') + 1, column, owned);
        if (found != expected)
            g_error("%s, column %" G_GSIZE_FORMAT ", %s: %c instead of %c", all[i].name, column,
                    owned ? "owned" : "unowned", found, expected);
        g_clear_object(&stream);
        world_settle(world);
        /* What was refused before is no reason any more to ask nobody. */
        wh_fake_clock_advance(world->clock, WH_MINUTE);
    }
    if (situation->nobody_asked || (situation->peer == &alice && owned))
        g_assert_cmpuint(wh_fake_permission_questions(), ==, 0);
}

static void test_everybody_and_everything(void)
{
    for (gsize column = 0; column < G_N_ELEMENTS(situations); column++) {
        check_situation(column, TRUE);
        check_situation(column, FALSE);
    }
}

/* Default deny: even for root, what is not listed is not allowed. */
static void test_unlisted(void)
{
    for (WhStanding standing = 0; standing < WH_N_STANDINGS; standing++) {
        g_assert_cmpint(wh_authorize_method(standing, FALSE, WH_CONTROL_METHOD("Explode")), ==,
                        WH_DECISION_NO);
        g_assert_cmpint(wh_authorize_method(standing, TRUE, "Status"), ==, WH_DECISION_NO);
        g_assert_cmpint(wh_authorize_method(standing, TRUE, ""), ==, WH_DECISION_NO);
    }
}

/* Every method that is served stands in the table of levels, and every one there is served. */
static void test_same_methods(void)
{
    gsize count;
    guint listed = 0;
    const WhMethod *all = wh_methods_all(&count);
    for (const char *name; (name = wh_authorize_listed(listed)) != NULL; listed++)
        g_assert_nonnull(wh_methods_find(name));
    g_assert_cmpuint(listed, ==, count);
    for (gsize i = 0; i < count; i++)
        g_assert_cmpint(wh_authorize_method(WH_STANDING_ROOT, TRUE, all[i].name), ==,
                        WH_DECISION_YES);
}

static gsize check_methods(const char *interface)
{
    g_auto(GStrv) names = wh_description_methods(interface);
    gsize i;
    for (i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(interface, ".", names[i], NULL);
        g_assert_nonnull(wh_methods_find(name));
    }
    return i;
}

/* The interface files and the table hold the same methods, each once. */
static void test_table(void)
{
    gsize declared =
        check_methods(WH_CONTROL_INTERFACE) + check_methods(WH_VARLINK_SERVICE_INTERFACE);
    gsize count;
    const WhMethod *all = wh_methods_all(&count);
    g_assert_cmpuint(count, ==, declared);
    for (gsize i = 0; i < count; i++) {
        g_assert_true(wh_methods_find(all[i].name) == &all[i]);
        g_assert_true(all[i].wants_more == g_str_has_suffix(all[i].name, ".Watch"));
    }
}

/* Whatever may ask for a password takes the word that a person is there; nothing else does. */
static void test_interactive(void)
{
    g_auto(GStrv) names = wh_description_methods(WH_CONTROL_INTERFACE);
    for (guint i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(WH_CONTROL_INTERFACE ".", names[i], NULL);
        WhDecision decision = wh_authorize_method(WH_STANDING_PERSON, FALSE, name);
        gboolean may_ask = decision == WH_DECISION_ASK_MANAGE || decision == WH_DECISION_ASK_CLAIM;
        g_autofree char *text = g_strdup(wh_description_text(WH_CONTROL_INTERFACE));
        g_autofree char *start = g_strdup_printf("\nmethod %s(", names[i]);
        char *method = strstr(text, start);
        g_assert_nonnull(method);
        *strstr(method, "->") = '\0';
        g_assert_true(may_ask == (strstr(method, "interactive: ?bool") != NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/authorize/everybody-and-everything", test_everybody_and_everything);
    g_test_add_func("/authorize/unlisted", test_unlisted);
    g_test_add_func("/authorize/same-methods", test_same_methods);
    g_test_add_func("/authorize/table", test_table);
    g_test_add_func("/authorize/interactive", test_interactive);
    return g_test_run();
}
