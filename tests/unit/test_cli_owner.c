#include "service/protocol/names.h"
#include "tests/unit/test_cli_world.h"

#include <string.h>

#define SEALED                                                                                     \
    ",\"secrets\":{\"kept_in\":\"sealed\",\"keyring\":\"unused\",\"writer\":\"client\","           \
    "\"file_allowed\":false,\"unattended\":true}"

/* The service of the whole computer; more: further members of Service, after others. accounts and
 * hosts: elements. */
static void serve(Fixture *fixture, const char *more, const char *accounts, const char *hosts)
{
    g_autofree char *state = g_strdup_printf(
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"paused\":"
        "false,\"instant\":true,\"notices\":[],\"notice_details\":[]%s},\"verdicts\":[],"
        "\"accounts\":[%s],\"hosts\":[%s]}}",
        more, accounts, hosts);
    stub_service_answer(fixture->stub, "Status", state);
}

#define ACCOUNT(more)                                                                              \
    "{\"id\":\"acc\",\"provider\":\"plain\",\"label\":\"\",\"fields\":{},\"halted\":false,"        \
    "\"secrets\":[]" more "}"

static void test_status(Fixture *fixture, gconstpointer data)
{
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"observe\"", "", "");
    expect(
        fixture, "status", 0,
        either("Managed by ada. You can look. To change something takes an administrator's\n"
               "password.\n"
               "Passwords and tokens are in a copy that only this computer can open.\n",
               "Managed by ada. You can look. To change something takes the one who manages it,\n"
               "or an administrator.\n"
               "Passwords and tokens are in a copy that only this computer can open.\n"),
        NULL);
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"owner\"", "", "");
    expect(fixture, "status", 0, "You manage Wayhome on this computer.\n", NULL);
    serve(fixture, SEALED ",\"caller\":\"observe\"", "", "");
    expect(fixture, "status", 0, "To be the one: wayhomectl claim\n", NULL);
    serve(fixture, SEALED ",\"caller\":\"manage\"", "", "");
    expect(fixture, "status", 0, "wayhomectl owner USER\n", NULL);
    serve(fixture, SEALED, "", "");
    Run run = run_at(fixture->socket, "status", "");
    g_assert_null(strstr(run.out, "manage"));
    g_free(run.out);
    g_free(run.err);
}

/* Who may only look is told the same about everything that is wrong. */
static void test_same_notices(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(
        fixture->stub, "Status",
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"system\",\"started\":1,"
        "\"paused\":false,\"instant\":true,\"notices\":[\"a\",\"b\",\"c\"],"
        "\"notice_details\":[\"It is wrong.\",\"Another.\",\"It is wrong.\"]},"
        "\"verdicts\":[],\"accounts\":[],\"hosts\":[]}}");
    expect(fixture, "status", 0, "! It is wrong.\n! Another.\nPublic address", NULL);
}

static void test_declared(Fixture *fixture, gconstpointer data)
{
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"owner\"",
          ACCOUNT(",\"declared\":\"/etc/wayhome/hosts.d/a.conf\""),
          "{\"id\":\"h1\",\"name\":\"a.example.org\",\"account\":\"acc\",\"paused\":false,"
          "\"records\":[],\"declared\":\"/etc/wayhome/hosts.d/b.conf\"}");
    expect(fixture, "status", 0,
           "a.example.org  (account acc)\n"
           "        Set up by the administrator in /etc/wayhome/hosts.d/b.conf\n",
           NULL);
    serve(fixture, SEALED, ACCOUNT(""),
          "{\"id\":\"h1\",\"name\":\"a.example.org\",\"account\":\"acc\",\"paused\":false,"
          "\"records\":[],\"withheld\":\"declared\"}");
    expect(fixture, "status", 0, "        Nothing is sent from here: the administrator", NULL);
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"owner\"",
          "{\"id\":\"acc\",\"provider\":\"plain\",\"label\":\"\",\"fields\":{},\"halted\":false,"
          "\"secrets\":[{\"field\":\"key\",\"state\":\"missing\"}],\"declared\":\"/etc/w/a.conf\"}",
          "");
    expect(fixture, "status", 0,
           "Have the administrator correct it in /etc/w/a.conf, then run: wayhomectl\n", NULL);
}

/* The account's line says it, and no record says something else. */
static void test_away(Fixture *fixture, gconstpointer data)
{
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"owner\"",
          "{\"id\":\"acc\",\"provider\":\"plain\",\"label\":\"\",\"fields\":{},\"halted\":false,"
          "\"secrets\":[{\"field\":\"key\",\"state\":\"away\"}]}",
          "{\"id\":\"h1\",\"name\":\"a.example.org\",\"account\":\"acc\",\"paused\":false,"
          "\"records\":[{\"family\":\"ipv4\",\"state\":\"no_secret\",\"proof\":{\"status\":"
          "\"none\",\"witnesses\":[]}}]}");
    expect(fixture, "status", 0, "which only your keyring keeps", NULL);
    expect(fixture, "status", 0, "wayhomectl secret acc key\n", NULL);
    Run run = run_at(fixture->socket, "status", "");
    g_assert_null(strstr(run.out, "wayhomectl secret acc\n"));
    g_free(run.out);
    g_free(run.err);
}

/* Whatever is wrong with it, and whoever is to mend it. */
static void test_told_once(Fixture *fixture, gconstpointer data)
{
    static const char *const declared[] = {"", ",\"declared\":\"/etc/w/a.conf\""};
    for (guint i = 0; i < G_N_ELEMENTS(declared); i++) {
        g_autofree char *account =
            g_strdup_printf("{\"id\":\"acc\",\"provider\":\"plain\",\"label\":\"\",\"fields\":{},"
                            "\"halted\":false,\"secrets\":[{\"field\":\"key\",\"state\":"
                            "\"damaged\"}]%s}",
                            declared[i]);
        serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"owner\"", account,
              "{\"id\":\"h1\",\"name\":\"a.example.org\",\"account\":\"acc\",\"paused\":false,"
              "\"records\":[{\"family\":\"ipv4\",\"state\":\"no_secret\",\"proof\":{\"status\":"
              "\"none\",\"witnesses\":[]}}]}");
        Run run = run_at(fixture->socket, "status", "");
        const char *step = strstr(run.out, "->");
        g_assert_nonnull(step);
        g_assert_null(strstr(step + 2, "->"));
        g_free(run.out);
        g_free(run.err);
    }
}

static void test_commands(Fixture *fixture, gconstpointer data)
{
    static const char *const methods[] = {"Claim", "SetOwner", "KeepUnattended", "Reload"};
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        stub_service_answer(fixture->stub, methods[i], "{}");
    expect(fixture, "claim", 0, "You manage Wayhome on this computer.\n", NULL);
    expect_called(fixture, "Claim", "{}");
    expect(fixture, "owner ada", 0, "ada manages Wayhome", NULL);
    expect_called(fixture, "SetOwner", "{\"user\":\"ada\"}");
    expect(fixture, "owner --nobody", 0, "Nobody manages Wayhome", NULL);
    expect_called(fixture, "SetOwner", "{}");
    expect(fixture, "owner ada --nobody", 2, NULL, "Either a USER");
    expect(fixture, "unattended off", 0, "keeps no copy", NULL);
    expect_called(fixture, "KeepUnattended", "{\"enabled\":false}");
    expect(fixture, "unattended on", 0, "keeps a copy", NULL);
    expect_called(fixture, "KeepUnattended", "{\"enabled\":true}");
    expect(fixture, "unattended maybe", 2, NULL, "“on” or “off”");
    expect(fixture, "unattended", 2, NULL, "missing");
    expect(fixture, "reload", 0, "wayhomectl status", NULL);
    expect(fixture, "reload --json", 0, "{}\n", NULL);
}

static void test_owner(Fixture *fixture, gconstpointer data)
{
    expect(fixture, "owner", 0, "a person's own", NULL);
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"observe\"", "", "");
    expect(fixture, "owner", 0, "Managed by ada.\n", NULL);
    expect(fixture, "owner --json", 0, "{\"owner\":\"ada\"}\n", NULL);
    serve(fixture, SEALED ",\"caller\":\"observe\"", "", "");
    expect(fixture, "owner", 0, "Nobody manages", NULL);
    expect(fixture, "owner --json", 0, "{}\n", NULL);
}

/* What can be done instead depends on what was asked. */
static void test_refusals(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *arguments;
        const char *method;
        const char *error_name;
        const char *words;
        const char *windows;
        int code;
    } cases[] = {
        {"pause", "Pause", WH_CONTROL_ERROR("InteractionNeeded"),
         "Run it in a terminal, or with sudo.", "“Run as administrator”.", 4},
        {"pause", "Pause", WH_VARLINK_ERROR("PermissionDenied"),
         "Run it as the one who manages Wayhome here, or with sudo.",
         "Run it as the one who manages Wayhome here, or in a terminal", 4},
        {"claim", "Claim", WH_CONTROL_ERROR("InteractionNeeded"), "sudo wayhomectl owner USER",
         "wayhomectl owner USER (in a terminal", 4},
        {"claim", "Claim", WH_CONTROL_ERROR("Owned"), "bob manages Wayhome", "bob manages Wayhome",
         1},
        {"claim", "Claim", WH_CONTROL_ERROR("Owned"), "sudo wayhomectl owner USER",
         "wayhomectl owner USER (in a terminal", 1},
        {"owner ada", "SetOwner", WH_VARLINK_ERROR("PermissionDenied"),
         "Only an administrator decides", "Only an administrator decides", 4},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        stub_service_refuse(fixture->stub, cases[i].method, cases[i].error_name,
                            "{\"owner\":\"bob\"}");
        expect(fixture, cases[i].arguments, cases[i].code, "",
               either(cases[i].words, cases[i].windows));
    }
}

static void test_claims_first(Fixture *fixture, gconstpointer data)
{
    serve(fixture, SEALED ",\"caller\":\"observe\"", "", "");
    stub_service_answer(fixture->stub, "Claim", "{}");
    stub_service_answer(fixture->stub, "AddAccount", "{\"account\":\"plain\"}");
    expect(fixture, "add-account plain", 0,
           "You manage Wayhome on this computer from now on.\nAdded the account plain", NULL);
    g_assert_cmpuint(stub_service_count(fixture->stub, "Claim"), ==, 1);
    expect(fixture, "add-account plain --json", 0, "{\"account\":\"plain\"}\n", NULL);
    stub_service_refuse(fixture->stub, "Claim", WH_CONTROL_ERROR("InteractionNeeded"), "{}");
    expect(fixture, "add-account plain", 4, "",
           either("administrator's password", "“Run as administrator”"));
    g_assert_cmpuint(stub_service_count(fixture->stub, "AddAccount"), ==, 2);
}

/* Root manages it as it is, and so does everybody one from before there were owners. */
static void test_claims_nothing(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "AddAccount", "{\"account\":\"plain\"}");
    stub_service_answer(fixture->stub, "AddHost", "{\"host\":\"h1\"}");
    serve(fixture, SEALED ",\"caller\":\"manage\"", ACCOUNT(""), "");
    expect(fixture, "add-account plain", 0, "Added", NULL);
    serve(fixture, SEALED, ACCOUNT(""), "");
    expect(fixture, "add-account plain", 0, "Added", NULL);
    expect(fixture, "add-host a.org", 0, "a.org is kept right", NULL);
    serve(fixture, SEALED ",\"owner\":\"ada\",\"caller\":\"observe\"", ACCOUNT(""), "");
    expect(fixture, "add-host a.org", 0, "a.org is kept right", NULL);
    g_assert_cmpuint(stub_service_count(fixture->stub, "Claim"), ==, 0);
}

/* Who may not look may be let change something all the same. */
static void test_blind(Fixture *fixture, gconstpointer data)
{
    stub_service_refuse(fixture->stub, "Status", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    stub_service_answer(fixture->stub, "UpdateNow", "{}");
    expect(fixture, "update", 0, "looks for the address", NULL);
    expect(fixture, "status", 4, "", "You may not do this");
}

static void add(const char *name, void (*test)(Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/cli-owner/", name, NULL);
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("status", test_status);
    add("same-notices", test_same_notices);
    add("declared", test_declared);
    add("away", test_away);
    add("told-once", test_told_once);
    add("commands", test_commands);
    add("owner", test_owner);
    add("refusals", test_refusals);
    add("claims-first", test_claims_first);
    add("claims-nothing", test_claims_nothing);
    add("blind", test_blind);
    return g_test_run();
}
