#include "service/protocol/names.h"
#include "tests/unit/test_cli_world.h"

#include <string.h>

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

/* A running "watch" whose call has arrived. */
typedef struct {
    GSubprocess *process;
    GDataInputStream *out;
    GDataInputStream *err;
} Watch;

static void wait_for_call(Fixture *fixture)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (stub_service_called(fixture->stub, "Watch") == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

static Watch watch_start(Fixture *fixture, const char *arguments)
{
    stub_service_answer(
        fixture->stub, "Watch",
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,"
        "\"paused\":false,\"instant\":true,\"notices\":[],\"notice_details\":[]" STUB_SECRETS "},"
        "\"verdicts\":[],\"accounts\":[],"
        "\"hosts\":[{\"id\":\"h7\",\"name\":\"b.org\",\"account\":\"acc\","
        "\"paused\":false,\"records\":[]}]}}");
    Watch watch = {.process = start(fixture->socket, arguments)};
    watch.out = g_data_input_stream_new(g_subprocess_get_stdout_pipe(watch.process));
    watch.err = g_data_input_stream_new(g_subprocess_get_stderr_pipe(watch.process));
    wait_for_call(fixture);
    return watch;
}

static void send_event(Fixture *fixture)
{
    stub_service_send(
        fixture->stub,
        "{\"continues\":true,\"parameters\":{\"events\":[{\"id\":1,\"at\":1007000,\"kind\":"
        "\"sent\",\"name\":\"a.org\",\"family\":\"ipv4\",\"address\":\"203.0.113.9\"}],"
        "\"removed_hosts\":[\"h7\"],\"removed_accounts\":[\"acc\"]}}");
}

static void process_ended(GObject *source, GAsyncResult *result, gpointer data)
{
    gboolean *done = data;
    g_subprocess_wait_finish(G_SUBPROCESS(source), result, NULL);
    *done = TRUE;
}

/* Waits for the end of the process. */
static void watch_wait(Watch *watch)
{
    gboolean done = FALSE;
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    g_subprocess_wait_async(watch->process, NULL, process_ended, &done);
    while (!done)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

static void watch_clear(Watch *watch)
{
    g_object_unref(watch->out);
    g_object_unref(watch->err);
    g_object_unref(watch->process);
}

static void test_news(Fixture *fixture, gconstpointer data)
{
    Watch watch = watch_start(fixture, "watch");
    send_event(fixture);
    wait_for_line(watch.out, ".007  a.org IPv4  sent 203.0.113.9 to the provider");
    wait_for_line(watch.out, "  b.org  is not kept any more");
    wait_for_line(watch.out, "  account acc  is removed");
    g_subprocess_force_exit(watch.process);
    watch_wait(&watch);
    watch_clear(&watch);
}

static void restart_service(Fixture *fixture)
{
    stub_service_free(fixture->stub);
    fixture->stub = stub_service_new(fixture->socket);
    stub_service_answer(fixture->stub, "Watch",
                        "{\"state\":{\"service\":{\"version\":\"1\","
                        "\"scope\":\"user\",\"started\":1,\"paused\":true,"
                        "\"instant\":true,\"notices\":[],"
                        "\"notice_details\":[]" STUB_SECRETS "},\"verdicts\":[],"
                        "\"accounts\":[],\"hosts\":[]}}");
    wait_for_call(fixture);
}

static void test_restart(Fixture *fixture, gconstpointer data)
{
    Watch watch = watch_start(fixture, "watch");
    send_event(fixture);
    wait_for_line(watch.out, "is removed");
    restart_service(fixture);
    wait_for_line(watch.err, "Waiting until it is there again");
    wait_for_line(watch.out, "the service is there again");
    wait_for_line(watch.out, "everything is paused");
    send_event(fixture);
    wait_for_line(watch.out, "a.org IPv4  sent 203.0.113.9");
    g_subprocess_force_exit(watch.process);
    watch_wait(&watch);
    watch_clear(&watch);
}

static void test_restart_json(Fixture *fixture, gconstpointer data)
{
    Watch watch = watch_start(fixture, "watch --json");
    wait_for_line(watch.out, "\"hosts\":[{\"id\":\"h7\"");
    restart_service(fixture);
    wait_for_line(watch.out, "\"paused\":true");
    g_subprocess_force_exit(watch.process);
    watch_wait(&watch);
    watch_clear(&watch);
}

/* As with "watch | head -1". */
static void test_reader_gone(Fixture *fixture, gconstpointer data)
{
    Watch watch = watch_start(fixture, "watch");
    send_event(fixture);
    wait_for_line(watch.out, "a.org IPv4");
    g_assert_true(g_input_stream_close(g_subprocess_get_stdout_pipe(watch.process), NULL, NULL));
    send_event(fixture);
    watch_wait(&watch);
    g_assert_cmpint(g_subprocess_get_exit_status(watch.process), ==, 1);
    watch_clear(&watch);
}

static void test_never_begun(Fixture *fixture, gconstpointer data)
{
    stub_service_refuse(fixture->stub, "Watch", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    expect(fixture, "watch", 4, "", "You may not do this");
    Run run = run_at("/nonexistent/control", "watch", "");
    g_assert_cmpint(run.code, ==, 3);
    g_free(run.out);
    g_free(run.err);
}

static void add(const char *name, void (*test)(Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/cli-watch/", name, NULL);
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("news", test_news);
    add("restart", test_restart);
    add("restart-json", test_restart_json);
    add("reader-gone", test_reader_gone);
    add("never-begun", test_never_begun);
    return g_test_run();
}
