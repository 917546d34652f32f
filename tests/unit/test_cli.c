#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_stub_service.h"

#include <glib/gstdio.h>
#include <string.h>

#define RECORD                                                                                     \
    "{\"family\":\"ipv4\",\"state\":\"%s\",\"desired\":\"203.0.113.9\",\"acknowledged\":"          \
    "\"203.0.113.9\"%s,\"proof\":{\"status\":\"none\",\"witnesses\":[]}}"

/* A home for one test: a stub at a socket of its own. */
typedef struct {
    char *folder;
    char *socket;
    StubService *stub;
} Fixture;

/* What came of a run of the program. */
typedef struct {
    gboolean done;
    int code;
    char *out;
    char *err;
} Run;

static char *state_with(const char *record_state, const char *more, const char *hosts)
{
    g_autofree char *record = g_strdup_printf(RECORD, record_state, more);
    return g_strdup_printf(
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,\"paused\":"
        "false,"
        "\"instant\":true,\"notices\":[],\"notice_details\":[]},"
        "\"verdicts\":[{\"family\":\"ipv4\",\"address\":\"203.0.113.9\",\"reason\":\"direct\","
        "\"sources\":[]}],"
        "\"accounts\":[{\"id\":\"acc\",\"provider\":\"duck\",\"label\":\"Home\",\"fields\":{"
        "\"user\":"
        "\"me\"},\"secrets\":[],\"halted\":false}%s],"
        "\"hosts\":[{\"id\":\"h1\",\"name\":\"a.example.org\",\"account\":\"acc\",\"paused\":false,"
        "\"records\":[%s]}%s]}}",
        *hosts != '\0' ? ",{\"id\":\"acc-2\",\"provider\":\"duck\",\"label\":\"\",\"fields\":{},"
                         "\"secrets\":[],\"halted\":false}"
                       : "",
        record, hosts);
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->folder = g_dir_make_tmp("wayhome-cli-XXXXXX", NULL);
    fixture->socket = g_build_filename(fixture->folder, "control", NULL);
    fixture->stub = stub_service_new(fixture->socket);
    g_autofree char *state = state_with("current", "", "");
    stub_service_answer(fixture->stub, "Status", state);
    stub_service_answer(
        fixture->stub, "ListProviders",
        "{\"providers\":[{\"id\":\"duck\",\"name\":\"Duck\",\"untested\":false,\"fields\":["
        "{\"name\":\"user\",\"label\":\"User "
        "name\",\"kind\":\"text\",\"required\":true,\"choices\":[]},"
        "{\"name\":\"token\",\"label\":\"Token\",\"kind\":\"secret\",\"required\":true,\"choices\":"
        "[]},"
        "{\"name\":\"pin\",\"label\":\"Pin\",\"kind\":\"secret\",\"required\":false,\"choices\":[]}"
        "]},"
        "{\"id\":\"sole\",\"name\":\"Sole\",\"untested\":false,\"fields\":["
        "{\"name\":\"key\",\"label\":\"Key\",\"kind\":\"secret\",\"required\":false,\"choices\":[]}"
        "]},"
        "{\"id\":\"plain\",\"name\":\"Plain\",\"untested\":true,\"fields\":[]}]}");
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    stub_service_free(fixture->stub);
    g_remove(fixture->socket);
    g_rmdir(fixture->folder);
    g_free(fixture->socket);
    g_free(fixture->folder);
}

static void finished(GObject *source, GAsyncResult *result, gpointer data)
{
    Run *run = data;
    g_autoptr(GError) error = NULL;
    g_subprocess_communicate_utf8_finish(G_SUBPROCESS(source), result, &run->out, &run->err,
                                         &error);
    g_assert_no_error(error);
    run->done = TRUE;
}

static gboolean too_late(gpointer data)
{
    g_error("The program does not end");
    return G_SOURCE_REMOVE;
}

static GSubprocess *start(const char *socket, const char *arguments)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *line = g_strdup_printf("%s --socket %s %s", WH_CTL, socket, arguments);
    g_assert_true(g_shell_parse_argv(line, NULL, &words, NULL));
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                  G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_subprocess_launcher_setenv(launcher, "LC_ALL", "C.UTF-8", TRUE);
    g_autoptr(GError) error = NULL;
    GSubprocess *process =
        g_subprocess_launcher_spawnv(launcher, (const char *const *)words, &error);
    g_assert_no_error(error);
    return process;
}

static Run run_at(const char *socket, const char *arguments, const char *input)
{
    Run run = {0};
    g_autoptr(GSubprocess) process = start(socket, arguments);
    g_subprocess_communicate_utf8_async(process, input, NULL, finished, &run);
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (!run.done)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    run.code = g_subprocess_get_exit_status(process);
    return run;
}

/* Runs it; checks the exit code and that standard output and error hold the texts (NULL: whatever).
 */
static void expect_with(Fixture *fixture, const char *arguments, const char *input, int code,
                        const char *out, const char *err)
{
    Run run = run_at(fixture->socket, arguments, input);
    if (run.code != code || (out != NULL && strstr(run.out, out) == NULL) ||
        (err != NULL && strstr(run.err, err) == NULL))
        g_error("wayhomectl %s ended with %d:\n%s%s", arguments, run.code, run.out, run.err);
    g_free(run.out);
    g_free(run.err);
}

static void expect(Fixture *fixture, const char *arguments, int code, const char *out,
                   const char *err)
{
    expect_with(fixture, arguments, "", code, out, err);
}

/* The last call of `method` had these parameters. */
static void expect_called(Fixture *fixture, const char *method, const char *parameters)
{
    json_t *called = stub_service_called(fixture->stub, method);
    g_assert_nonnull(called);
    g_autoptr(json_t) expected = json_loads(parameters, 0, NULL);
    g_assert_nonnull(expected);
    if (json_equal(called, expected))
        return;
    g_autofree char *text = json_dumps(called, JSON_COMPACT);
    g_error("%s was called with %s, not %s", method, text, parameters);
}

static void test_help(Fixture *fixture, gconstpointer data)
{
    static const char *const commands[] = {
        "status",         "watch",    "providers", "add-account", "edit-account",
        "remove-account", "add-host", "edit-host", "remove-host", "secret",
        "test",           "update",   "pause",     "resume",      "history"};
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
    }
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
    g_assert_nonnull(strstr(run.err, "wayhomed --user"));
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
        "\"paused\":true,\"instant\":true,\"notices\":[],\"notice_details\":[]},"
        "\"verdicts\":[],\"accounts\":[],\"hosts\":[]}}");
    expect(fixture, "status", 0, "No name is kept yet.", NULL);
    expect(fixture, "status", 0, "Everything is paused.", NULL);
}

static void test_errors(Fixture *fixture, gconstpointer data)
{
    stub_service_refuse(fixture->stub, "Status", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    expect(fixture, "status", 4, "", "You may not do this");
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

static void test_ambiguous(Fixture *fixture, gconstpointer data)
{
    g_autofree char *state = state_with(
        "current", "",
        ",{\"id\":\"h2\",\"name\":\"a.example.org\",\"account\":\"acc-2\",\"paused\":false,"
        "\"records\":[]}");
    stub_service_answer(fixture->stub, "Status", state);
    stub_service_answer(fixture->stub, "Pause", "{}");
    expect(fixture, "pause a.example.org", 1, NULL, "add --account with one of: acc acc-2");
    expect(fixture, "pause a.example.org --account acc-2", 0, NULL, NULL);
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
    expect(fixture, "pause", 0, "Paused", NULL);
    expect(fixture, "pause --account acc", 2, NULL, "goes with a NAME");
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

/* Reads standard output up to a line that holds `text`. */
typedef struct {
    gboolean done;
    char *line;
} Line;

static void line_read(GObject *source, GAsyncResult *result, gpointer data)
{
    Line *line = data;
    line->line =
        g_data_input_stream_read_line_finish_utf8(G_DATA_INPUT_STREAM(source), result, NULL, NULL);
    line->done = TRUE;
}

static void wait_for_line(GDataInputStream *stream, const char *text)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    for (gboolean found = FALSE; !found;) {
        Line line = {0};
        g_data_input_stream_read_line_async(stream, G_PRIORITY_DEFAULT, NULL, line_read, &line);
        while (!line.done)
            g_main_context_iteration(NULL, TRUE);
        g_assert_nonnull(line.line);
        found = strstr(line.line, text) != NULL;
        g_free(line.line);
    }
    g_source_remove(deadline);
}

static void process_ended(GObject *source, GAsyncResult *result, gpointer data)
{
    gboolean *done = data;
    g_subprocess_wait_finish(G_SUBPROCESS(source), result, NULL);
    *done = TRUE;
}

static void test_watch(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "Watch", "{\"hosts\":[]}");
    g_autoptr(GSubprocess) process = start(fixture->socket, "watch");
    g_autoptr(GDataInputStream) out =
        g_data_input_stream_new(g_subprocess_get_stdout_pipe(process));
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (stub_service_called(fixture->stub, "Watch") == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    stub_service_send(
        fixture->stub,
        "{\"continues\":true,\"parameters\":{\"events\":[{\"id\":1,\"at\":1007000,\"kind\":"
        "\"sent\",\"name\":\"a.org\",\"family\":\"ipv4\",\"address\":\"203.0.113.9\"}],"
        "\"removed_hosts\":[\"h1\"]}}");
    wait_for_line(out, ".007  a.org IPv4  sent 203.0.113.9 to the provider");
    wait_for_line(out, "h1  is not kept any more");
    stub_service_hang_up(fixture->stub);
    gboolean done = FALSE;
    g_subprocess_wait_async(process, NULL, process_ended, &done);
    while (!done)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpint(g_subprocess_get_exit_status(process), ==, 3);
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
    add("status", test_status);
    add("errors", test_errors);
    add("providers", test_providers);
    add("add-account", test_add_account);
    add("edit-account", test_edit_account);
    add("secret", test_secret);
    add("hosts", test_hosts);
    add("ambiguous", test_ambiguous);
    add("actions", test_actions);
    add("test", test_test);
    add("history", test_history);
    add("watch", test_watch);
    return g_test_run();
}
