#include "tests/unit/test_cli_world.h"

#include "platform/advice.h"
#include "service/protocol/message.h"
#include "tests/support/system.h"

#include <glib/gstdio.h>
#include <string.h>

#define RECORD                                                                                     \
    "{\"family\":\"ipv4\",\"state\":\"%s\",\"desired\":\"203.0.113.9\",\"acknowledged\":"          \
    "\"203.0.113.9\"%s,\"proof\":{\"status\":\"none\",\"witnesses\":[]}}"

char *state_with(const char *record_state, const char *more, const char *hosts)
{
    g_autofree char *record = g_strdup_printf(RECORD, record_state, more);
    return g_strdup_printf(
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,\"paused\":"
        "false,"
        "\"instant\":true,\"notices\":[],\"notice_details\":[]" STUB_SECRETS "},"
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

void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->folder = g_dir_make_tmp("wayhome-cli-XXXXXX", NULL);
    fixture->socket = wh_test_door(fixture->folder, "control");
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

void tear_down(Fixture *fixture, gconstpointer data)
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

gboolean too_late(gpointer data)
{
    g_error("The program does not end");
    return G_SOURCE_REMOVE;
}

static GSubprocess *start_line(const char *line)
{
    g_auto(GStrv) words = NULL;
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

static char *line_with(const char *socket, const char *arguments)
{
    g_autofree char *quoted = g_shell_quote(socket);
    return g_strdup_printf("%s --socket %s %s", WH_CTL, quoted, arguments);
}

GSubprocess *start(const char *socket, const char *arguments)
{
    g_autofree char *line = line_with(socket, arguments);
    return start_line(line);
}

Run run_line(const char *line, const char *input)
{
    Run run = {0};
    g_autoptr(GSubprocess) process = start_line(line);
    g_subprocess_communicate_utf8_async(process, input, NULL, finished, &run);
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (!run.done)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    run.code = g_subprocess_get_exit_status(process);
    return run;
}

Run run_at(const char *socket, const char *arguments, const char *input)
{
    g_autofree char *line = line_with(socket, arguments);
    return run_line(line, input);
}

void expect_with(Fixture *fixture, const char *arguments, const char *input, int code,
                 const char *out, const char *err)
{
    Run run = run_at(fixture->socket, arguments, input);
    if (run.code != code || (out != NULL && strstr(run.out, out) == NULL) ||
        (err != NULL && strstr(run.err, err) == NULL))
        g_error("wayhomectl %s ended with %d:\n%s%s", arguments, run.code, run.out, run.err);
    g_free(run.out);
    g_free(run.err);
}

void expect(Fixture *fixture, const char *arguments, int code, const char *out, const char *err)
{
    expect_with(fixture, arguments, "", code, out, err);
}

void expect_called(Fixture *fixture, const char *method, const char *parameters)
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

const char *either(const char *sudo, const char *terminal)
{
    return wh_advice_has_sudo() ? sudo : terminal;
}
