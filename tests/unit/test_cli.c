#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_cli_world.h"

#include <string.h>

/* Fits a terminal of 80 columns. */
static void expect_narrow(Fixture *fixture, const char *arguments)
{
    Run run = run_at(fixture->socket, arguments, "");
    g_auto(GStrv) lines = g_strsplit(run.out, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        g_assert_cmpint(g_utf8_strlen(lines[i], -1), <=, 80);
    g_free(run.out);
    g_free(run.err);
}

static void test_help(Fixture *fixture, gconstpointer data)
{
    static const char *const commands[] = {
        "status",     "watch",     "providers",   "add-account", "edit-account", "remove-account",
        "add-host",   "edit-host", "remove-host", "secret",      "test",         "update",
        "pause",      "resume",    "history",     "unlock",      "claim",        "owner",
        "unattended", "reload",    "secret-file", "doctor"};
    expect(fixture, "--help", 0, "Exit codes", NULL);
    expect(fixture, "", 2, "Exit codes", NULL);
    expect(fixture, "--version", 0, "wayhomectl ", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autofree char *help = g_strdup_printf("help %s", commands[i]);
        g_autofree char *option = g_strdup_printf("%s --help", commands[i]);
        g_autofree char *usage = g_strdup_printf("Usage: wayhomectl %s", commands[i]);
        expect(fixture, help, 0, usage, NULL);
        expect(fixture, option, 0, "Example", NULL);
        expect(fixture, "--help", 0, commands[i], NULL);
        expect_narrow(fixture, help);
    }
    expect_narrow(fixture, "--help");
    expect(fixture, "help nothing", 2, NULL, "There is no command “nothing”");
}

static void test_usage(Fixture *fixture, gconstpointer data)
{
    expect(fixture, "explode", 2, NULL, "There is no command “explode”");
    expect(fixture, "--explode status", 2, NULL, "--explode");
    expect(fixture, "status --explode", 2, NULL, "--explode");
    expect(fixture, "status more", 2, NULL, "too much");
    expect(fixture, "add-host", 2, NULL, "missing");
    expect(fixture, "add-host a.org --ttl x", 2, NULL, "ttl");
    expect(fixture, "add-host a.org --ttl -5", 2, NULL, "ttl");
    expect(fixture, "add-host a.org --ipv4-only --ipv6-only", 2, NULL, "Only one");
    expect(fixture, "edit-host a.example.org", 2, NULL, "Nothing to change");
    expect(fixture, "edit-account acc", 2, NULL, "Nothing to change");
}

static void test_away(Fixture *fixture, gconstpointer data)
{
    Run run = run_at("/nonexistent/control", "status", "");
    g_assert_cmpint(run.code, ==, 3);
    g_assert_nonnull(strstr(run.err, "systemctl --user start wayhome"));
    g_assert_nonnull(strstr(run.err, "/wayhome/wayhomed --user"));
    g_free(run.out);
    g_free(run.err);
}

static void test_plain_terminal(Fixture *fixture, gconstpointer data)
{
    g_autofree char *command = g_strdup_printf("env LC_ALL=C %s explode", WH_CTL);
    Run run = run_line(command, "");
    g_assert_nonnull(strstr(run.err, "There is no command \"explode\""));
    g_free(run.out);
    g_free(run.err);
}

static void test_full_disk(Fixture *fixture, gconstpointer data)
{
    g_autofree char *command =
        g_strdup_printf("sh -c '%s --socket %s status > /dev/full'", WH_CTL, fixture->socket);
    Run run = run_line(command, "");
    g_assert_cmpint(run.code, ==, 1);
    g_assert_nonnull(strstr(run.err, "Not everything could be written"));
    g_free(run.out);
    g_free(run.err);
}

static void test_status(Fixture *fixture, gconstpointer data)
{
    expect(fixture, "status", 0, "a.example.org  (account acc)", NULL);
    expect(fixture, "status", 0, "IPv4  203.0.113.9  Up to date", NULL);
    expect(fixture, "status", 0, "203.0.113.9, on this computer's own line", NULL);
    expect(fixture, "status --json", 0, "{\"state\":{\"service\":{\"version\":", NULL);
    expect(fixture, "status --check", 0, NULL, NULL);
    g_autofree char *halted =
        state_with("halted", ",\"result\":{\"class\":\"AUTH\",\"detail\":\"\\u001b[31mbad\"}", "");
    stub_service_answer(fixture->stub, "Status", halted);
    expect(fixture, "status", 0, "-> Give the right password or token: wayhomectl secret acc",
           NULL);
    expect(fixture, "status --check", 5, NULL, NULL);
    stub_service_answer(
        fixture->stub, "Status",
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,"
        "\"paused\":true,\"instant\":true,\"notices\":[],\"notice_details\":[]" STUB_SECRETS "},"
        "\"verdicts\":[],\"accounts\":[],\"hosts\":[]}}");
    expect(fixture, "status", 0, "No name is kept yet.", NULL);
    expect(fixture, "status", 0, "Everything is paused.", NULL);
}

/* The client says what to do, and the command line with which command. */
static void test_steps(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *record;
        const char *more;
        const char *step;
    } cases[] = {
        {"halted", ",\"result\":{\"class\":\"HOST\"}", "wayhomectl resume a.example.org"},
        {"halted", ",\"result\":{\"class\":\"BADREQ\"}",
         "-> Check the account's settings: wayhomectl edit-account acc\n"},
        {"paused", "", "-> Resume when you like: wayhomectl resume a.example.org\n"},
        {"no_secret", "", "-> Give the password or token: wayhomectl secret acc\n"},
        {"waiting", ",\"result\":{\"class\":\"CLOCK\"}", "-> Set this computer's clock\n"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *state = state_with(cases[i].record, cases[i].more, "");
        /* The name alone is paused: the pause of everything is told once, on top. */
        char *paused = strstr(state, "false,\"records");
        memcpy(paused, "true ", strlen("true "));
        stub_service_answer(fixture->stub, "Status", state);
        expect(fixture, "status", 0, cases[i].step, NULL);
    }
}

/* What is proposed can be pasted into a shell, and means this one name. */
static void test_step_is_exact(Fixture *fixture, gconstpointer data)
{
    g_autofree char *twice = state_with(
        "halted", ",\"result\":{\"class\":\"HOST\"}",
        ",{\"id\":\"h2\",\"name\":\"a.example.org\",\"account\":\"acc-2\",\"paused\":false,"
        "\"records\":[]},"
        "{\"id\":\"h3\",\"name\":\"*.example.org\",\"account\":\"acc-2\",\"paused\":true,"
        "\"records\":[{\"family\":\"ipv4\",\"state\":\"paused\",\"proof\":{\"status\":"
        "\"none\",\"witnesses\":[]}}]}");
    stub_service_answer(fixture->stub, "Status", twice);
    expect(fixture, "status", 0, "resume a.example.org", NULL);
    expect(fixture, "status", 0, "--account acc\n", NULL);
    expect(fixture, "status", 0, "wayhomectl resume '*.example.org'\n", NULL);
}

static void expect_account_step(Fixture *fixture, const char *more, const char *step)
{
    g_autofree char *state =
        g_strdup_printf("{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\","
                        "\"started\":1,\"paused\":false,\"instant\":true,\"notices\":[],"
                        "\"notice_details\":[],\"secrets\":{\"kept_in\":\"keyring\","
                        "\"keyring\":\"locked\",\"writer\":\"service\",\"file_allowed\":"
                        "false}},\"verdicts\":[],\"hosts\":[],"
                        "\"accounts\":[{\"id\":\"acc\",\"provider\":\"duck\",\"label\":\"\","
                        "\"fields\":{},%s}]}}",
                        more);
    stub_service_answer(fixture->stub, "Status", state);
    expect(fixture, "status", 0, step, NULL);
}

static void test_account_steps(Fixture *fixture, gconstpointer data)
{
    expect_account_step(fixture,
                        "\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":"
                        "\"missing\"}]",
                        "-> Give the password or token: wayhomectl secret acc token\n");
    expect_account_step(fixture,
                        "\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":"
                        "\"locked\"}]",
                        "-> Unlock the keyring: wayhomectl unlock\n");
    expect_account_step(fixture, "\"halted\":true,\"secrets\":[],\"result\":{\"class\":\"PAID\"}",
                        "then resume: wayhomectl resume\n        --account acc\n");
}

static void test_errors(Fixture *fixture, gconstpointer data)
{
    stub_service_refuse(fixture->stub, "Status", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    expect(fixture, "status", 4, "", "You may not do this");
    expect(fixture, "status", 4, "", either("or with sudo.", "“Run as administrator”."));
    stub_service_refuse(fixture->stub, "Status", WH_CONTROL_ERROR("NotFound"),
                        "{\"what\":\"provider\",\"id\":\"x\"}");
    expect(fixture, "status", 1, "", "See which there are: wayhomectl providers");
    stub_service_refuse(fixture->stub, "Status", WH_CONTROL_ERROR("NotSaved"),
                        "{\"reason\":\"The disk is full.\"}");
    expect(fixture, "status", 1, "", "could not be saved: The disk is full.");
}

static void test_providers(Fixture *fixture, gconstpointer data)
{
    expect(fixture, "providers", 0, "plain            Plain (untested)", NULL);
    expect(fixture, "providers duck", 0, "Token (secret: asked for", NULL);
    expect(fixture, "providers goose", 1, NULL, "There is no provider “goose”");
    expect(fixture, "--json providers duck", 0, "{\"providers\":[{\"id\":\"duck\"", NULL);
}

static void test_add_account(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "AddAccount", "{\"account\":\"duck-2\"}");
    expect_with(fixture, "add-account duck user=me --label Mine", "hush=hush\n", 0,
                "Added the account duck-2", NULL);
    expect_called(fixture, "AddAccount",
                  "{\"provider\":\"duck\",\"label\":\"Mine\",\"fields\":{\"user\":\"me\"},"
                  "\"secrets\":{\"token\":\"hush=hush\"}}");
    expect_with(fixture, "add-account duck user=me", "token=a b\npin=7\n", 0, NULL, NULL);
    expect_called(fixture, "AddAccount",
                  "{\"provider\":\"duck\",\"fields\":{\"user\":\"me\"},"
                  "\"secrets\":{\"token\":\"a b\",\"pin\":\"7\"}}");
    expect_with(fixture, "add-account duck user=me", "pin=7", 2, NULL,
                "“token” (Token) is missing");
    expect_with(fixture, "add-account duck user=me", "one\ntwo", 2, NULL, "field=secret");
    expect_with(fixture, "add-account sole", "h\xff", 2, NULL, "not UTF-8 text");
    expect(fixture, "add-account duck", 2, NULL, "“user” (User name) is needed");
    expect(fixture, "add-account duck user=me token=hush", 2, NULL, "cannot be an argument");
    expect(fixture, "add-account duck user=me colour=red", 2, NULL, "no field “colour”");
    expect(fixture, "add-account duck user", 2, NULL, "field=value");
    expect_with(fixture, "add-account sole", "k=\n", 0, NULL, NULL);
    expect_called(fixture, "AddAccount",
                  "{\"provider\":\"sole\",\"fields\":{},\"secrets\":{\"key\":\"k=\"}}");
    expect(fixture, "add-account sole", 0, NULL, NULL);
    expect_called(fixture, "AddAccount", "{\"provider\":\"sole\",\"fields\":{},\"secrets\":{}}");
    expect(fixture, "add-account plain --json", 0, "{\"account\":\"duck-2\"}\n", NULL);
}

static void test_edit_account(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "EditAccount", "{}");
    expect(fixture, "edit-account acc --label New", 0, "Changed.", NULL);
    expect_called(fixture, "EditAccount", "{\"account\":\"acc\",\"label\":\"New\"}");
    expect(fixture, "edit-account Home user=you", 0, NULL, NULL);
    expect_called(fixture, "EditAccount", "{\"account\":\"acc\",\"fields\":{\"user\":\"you\"}}");
    expect(fixture, "edit-account acc user=", 0, NULL, NULL);
    expect_called(fixture, "EditAccount", "{\"account\":\"acc\",\"fields\":{}}");
    stub_service_answer(fixture->stub, "RemoveAccount", "{}");
    expect(fixture, "remove-account acc", 0, "Nothing was changed at the provider", NULL);
    expect(fixture, "remove-account other", 1, NULL, "There is no account “other”");
}

static void test_secret(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "SetSecret", "{}");
    stub_service_answer(fixture->stub, "ForgetSecrets", "{}");
    expect_with(fixture, "secret acc token", "hush\r\n", 0, "The service has it.", NULL);
    expect_called(fixture, "SetSecret",
                  "{\"account\":\"acc\",\"field\":\"token\",\"secret\":\"hush\"}");
    expect_with(fixture, "secret acc token", "two\nlines\n\n", 0, NULL, NULL);
    expect_called(fixture, "SetSecret",
                  "{\"account\":\"acc\",\"field\":\"token\",\"secret\":\"two\\nlines\\n\"}");
    expect_with(fixture, "secret acc", "hush", 2, NULL, "Say which one: token, pin");
    expect_with(fixture, "secret acc user", "hush", 2, NULL, "no secret field");
    expect_with(fixture, "secret acc token", "", 2, NULL, "stays as it is");
    expect(fixture, "secret acc --forget", 0, "forgotten", NULL);
    Run run = run_at(fixture->socket, "secret acc --secret=hunter2", "");
    g_assert_cmpint(run.code, ==, 2);
    g_assert_nonnull(strstr(run.err, "cannot be an argument"));
    g_assert_null(strstr(run.err, "hunter2"));
    g_free(run.out);
    g_free(run.err);
}

static void test_hosts(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "AddHost", "{\"host\":\"h2\"}");
    expect(fixture, "add-host b.org", 0, "b.org is kept right", NULL);
    expect_called(fixture, "AddHost", "{\"name\":\"b.org\",\"account\":\"acc\"}");
    expect(fixture, "add-host b.org --account Home --ipv4-only --ttl 60", 0, NULL, NULL);
    expect_called(
        fixture, "AddHost",
        "{\"name\":\"b.org\",\"account\":\"acc\",\"ipv4\":true,\"ipv6\":false,\"ttl\":60}");
    stub_service_answer(fixture->stub, "EditHost", "{}");
    expect(fixture, "edit-host A.example.org. --both --ttl 0 --to-account acc", 0, NULL, NULL);
    expect_called(fixture, "EditHost",
                  "{\"host\":\"h1\",\"account\":\"acc\",\"ipv4\":true,\"ipv6\":true,\"ttl\":0}");
    stub_service_answer(fixture->stub, "RemoveHost", "{}");
    expect(fixture, "remove-host a.example.org", 0, "Not kept any more", NULL);
    expect_called(fixture, "RemoveHost", "{\"host\":\"h1\"}");
    expect(fixture, "remove-host b.org", 1, NULL, "No such name is kept: “b.org”");
}

static void test_wishes(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "AddHost", "{\"host\":\"h2\"}");
    stub_service_answer(fixture->stub, "EditHost", "{}");
    expect(fixture, "add-host cam.org --machine-mac 00:11:22:33:44:55 --withhold-unreachable", 0,
           NULL, NULL);
    expect_called(fixture, "AddHost",
                  "{\"name\":\"cam.org\",\"account\":\"acc\",\"mac\":\"00:11:22:33:44:55\","
                  "\"withhold_unreachable\":true}");
    expect(fixture, "add-host l.org --lan --only-on a/b --only-on c/d --only-here", 0, NULL, NULL);
    expect_called(fixture, "AddHost",
                  "{\"name\":\"l.org\",\"account\":\"acc\",\"lan\":true,"
                  "\"networks\":[\"a/b\",\"c/d\"],\"only_here\":true}");
    expect(fixture, "edit-host a.example.org --machine-suffix ::7", 0, "Changed", NULL);
    expect_called(fixture, "EditHost", "{\"host\":\"h1\",\"suffix\":\"::7\"}");
    expect(fixture, "edit-host a.example.org --this-computer --internet --always --anywhere", 0,
           NULL, NULL);
    expect_called(fixture, "EditHost",
                  "{\"host\":\"h1\",\"suffix\":\"\",\"lan\":false,"
                  "\"withhold_unreachable\":false,\"only_here\":false}");
}

static void test_wishes_misused(Fixture *fixture, gconstpointer data)
{
    expect(fixture, "edit-host a.org --machine-mac a --this-computer", 2, NULL, "Only one");
    expect(fixture, "edit-host a.org --machine-mac a --machine-suffix b", 2, NULL, "Only one");
    expect(fixture, "edit-host a.org --lan --internet", 2, NULL, "Only one");
    expect(fixture, "edit-host a.org --withhold-unreachable --always", 2, NULL, "Only one");
    expect(fixture, "edit-host a.org --anywhere --only-here", 2, NULL, "opposite");
    expect(fixture, "edit-host a.org --anywhere --only-on a", 2, NULL, "opposite");
}

static void test_status_of_wishes(Fixture *fixture, gconstpointer data)
{
    g_autofree char *state = state_with(
        "current", "",
        ",{\"id\":\"h2\",\"name\":\"laptop.example.org\",\"account\":\"acc\",\"paused\":false,"
        "\"networks\":[\"a\"],\"here\":false,\"records\":[{\"family\":\"ipv4\","
        "\"state\":\"no_address\",\"why\":\"elsewhere\",\"proof\":{\"status\":\"none\","
        "\"witnesses\":[]}}]}");
    stub_service_answer(fixture->stub, "Status", state);
    expect(fixture, "status", 0, "It is kept on 1 network only. This computer is not there now.",
           NULL);
    expect(fixture, "status", 0, "Left alone: this is none of the networks", NULL);
    expect(fixture, "status", 0, "It goes on by itself there.", NULL);
    expect(fixture, "status --check", 0, NULL, NULL);
}

/* What add-host took can be named the same way ever after. */
static void test_international(Fixture *fixture, gconstpointer data)
{
    g_autofree char *state =
        state_with("current", "",
                   ",{\"id\":\"h2\",\"name\":\"xn--mnchen-3ya.example.org\",\"account\":\"acc-2\","
                   "\"paused\":false,\"records\":[]}");
    stub_service_answer(fixture->stub, "Status", state);
    stub_service_answer(fixture->stub, "RemoveHost", "{}");
    expect(fixture, "remove-host M\xc3\xbcnchen.example.org.", 0, NULL, NULL);
    expect_called(fixture, "RemoveHost", "{\"host\":\"h2\"}");
    expect(fixture, "remove-host \xc3\xbc.org", 1, NULL, "“\xc3\xbc.org”");
}

static void test_ambiguous(Fixture *fixture, gconstpointer data)
{
    g_autofree char *state = state_with(
        "current", "",
        ",{\"id\":\"h2\",\"name\":\"a.example.org\",\"account\":\"acc-2\",\"paused\":false,"
        "\"records\":[]}");
    stub_service_answer(fixture->stub, "Status", state);
    stub_service_answer(fixture->stub, "Pause", "{}");
    expect(fixture, "pause a.example.org", 1, NULL, "add --account with one of: acc acc-2");
    expect(fixture, "pause a.example.org --account acc-2", 0,
           "wayhomectl resume a.example.org --account acc-2", NULL);
    expect_called(fixture, "Pause", "{\"host\":\"h2\"}");
    expect(fixture, "add-host c.org", 1, NULL, "several accounts");
}

static void test_actions(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "UpdateNow", "{}");
    stub_service_answer(fixture->stub, "Pause", "{}");
    stub_service_answer(fixture->stub, "Resume", "{}");
    expect(fixture, "update", 0, "looks for the address", NULL);
    expect_called(fixture, "UpdateNow", "{}");
    expect(fixture, "update a.example.org --json", 0, "{}\n", NULL);
    expect_called(fixture, "UpdateNow", "{\"host\":\"h1\"}");
    expect(fixture, "pause", 0, "Everything is paused. To go on: wayhomectl resume\n", NULL);
    expect(fixture, "pause a.example.org", 0, "Paused. To go on: wayhomectl resume a.example.org\n",
           NULL);
    expect(fixture, "pause --account acc", 2, NULL, "goes with a NAME");
    expect(fixture, "update --account acc", 2, NULL, "goes with a NAME");
    expect(fixture, "history --account acc", 2, NULL, "goes with a NAME");
    expect(fixture, "resume --account acc", 0, "Goes on", NULL);
    expect_called(fixture, "Resume", "{\"account\":\"acc\"}");
    expect(fixture, "resume a.example.org", 0, NULL, NULL);
    expect_called(fixture, "Resume", "{\"host\":\"h1\"}");
}

static void test_test(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "Test", "{\"result\":{\"class\":\"SAME\"}}");
    expect(fixture, "test a.example.org", 0, "had this address already", NULL);
    expect_called(fixture, "Test", "{\"account\":\"acc\",\"name\":\"a.example.org\"}");
    stub_service_answer(fixture->stub, "Test",
                        "{\"result\":{\"class\":\"AUTH\",\"detail\":\"badauth\"}}");
    expect(fixture, "test new.org --account acc", 1, "(it said: badauth)", NULL);
}

static void test_history(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "History", "{\"events\":[]}");
    expect(fixture, "history", 0, "Nothing has happened yet.", NULL);
    stub_service_answer(
        fixture->stub, "History",
        "{\"events\":[{\"id\":2,\"at\":2000000,\"kind\":\"proven\",\"name\":\"a\\u001b.org\","
        "\"family\":\"ipv4\",\"address\":\"203.0.113.9\"},{\"id\":1,\"at\":1000000,\"kind\":"
        "\"started\"}]}");
    expect(fixture, "history a.example.org --limit 5", 0, "the service started\n", NULL);
    expect_called(fixture, "History", "{\"host\":\"h1\",\"limit\":5}");
    expect(fixture, "history", 0,
           "a\xef\xbf\xbd.org IPv4  proven: the zone's own servers hold 203.0.113.9\n", NULL);
}

static void add(const char *name, void (*test)(Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/cli/", name, NULL);
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("help", test_help);
    add("usage", test_usage);
    add("away", test_away);
    add("plain-terminal", test_plain_terminal);
    add("full-disk", test_full_disk);
    add("status", test_status);
    add("steps", test_steps);
    add("account-steps", test_account_steps);
    add("step-is-exact", test_step_is_exact);
    add("errors", test_errors);
    add("providers", test_providers);
    add("add-account", test_add_account);
    add("edit-account", test_edit_account);
    add("secret", test_secret);
    add("hosts", test_hosts);
    add("wishes", test_wishes);
    add("wishes-misused", test_wishes_misused);
    add("status-of-wishes", test_status_of_wishes);
    add("international", test_international);
    add("ambiguous", test_ambiguous);
    add("actions", test_actions);
    add("test", test_test);
    add("history", test_history);
    return g_test_run();
}
