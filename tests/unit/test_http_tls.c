/* Certificates: a server made with the openssl command, and authorities made for the test. */
#include "tests/unit/test_http_client.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <string.h>

typedef struct {
    char *folder;
    GSubprocess *server;
    guint port;
} Fixture;

/* Runs a shell command in the test's folder; "%s" never appears in `command`. */
static void run(const Fixture *fixture, const char *command)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
    g_autoptr(GError) error = NULL;
    g_subprocess_launcher_set_cwd(launcher, fixture->folder);
    g_autoptr(GSubprocess) process =
        g_subprocess_launcher_spawn(launcher, &error, "sh", "-ec", command, NULL);
    g_assert_no_error(error);
    g_assert_true(g_subprocess_wait_check(process, NULL, &error));
    g_assert_no_error(error);
}

/* Two authorities in folders `ours` and `theirs`; certificates of ours for the loopback address and
 * for another name. */
static const char *const make_certificates =
    "printf 'subjectAltName=IP:127.0.0.1' > right.ext\n"
    "printf 'subjectAltName=DNS:other.example' > wrong.ext\n"
    "for ca in ours theirs; do\n"
    "  mkdir $ca\n"
    "  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \\\n"
    "    -subj /CN=$ca -keyout $ca.key -out $ca/ca.pem\n"
    "  openssl rehash $ca\n"
    "done\n"
    "for leaf in right wrong; do\n"
    "  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=$leaf \\\n"
    "    -keyout $leaf.key -out $leaf.csr\n"
    "  openssl x509 -req -in $leaf.csr -CA ours/ca.pem -CAkey ours.key -CAcreateserial \\\n"
    "    -days 2 -extfile $leaf.ext -out $leaf.pem\n"
    "done\n";

static void start_server(Fixture *fixture, const char *leaf)
{
    g_autofree char *certificate = g_strconcat(leaf, ".pem", NULL);
    g_autofree char *key = g_strconcat(leaf, ".key", NULL);
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                  G_SUBPROCESS_FLAGS_STDERR_SILENCE);
    g_autoptr(GError) error = NULL;
    g_subprocess_launcher_set_cwd(launcher, fixture->folder);
    fixture->server =
        g_subprocess_launcher_spawn(launcher, &error, "openssl", "s_server", "-www", "-accept",
                                    "127.0.0.1:0", "-cert", certificate, "-key", key, NULL);
    g_assert_no_error(error);
    g_autoptr(GDataInputStream) lines =
        g_data_input_stream_new(g_subprocess_get_stdout_pipe(fixture->server));
    g_filter_input_stream_set_close_base_stream(G_FILTER_INPUT_STREAM(lines), FALSE);
    char *line;
    while ((line = g_data_input_stream_read_line(lines, NULL, NULL, NULL)) != NULL) {
        if (g_str_has_prefix(line, "ACCEPT "))
            fixture->port = (guint)g_ascii_strtoull(strrchr(line, ':') + 1, NULL, 10);
        g_free(line);
        if (fixture->port != 0)
            return;
    }
    g_assert_not_reached();
}

static void stop_server(Fixture *fixture)
{
    g_subprocess_force_exit(fixture->server);
    g_subprocess_wait(fixture->server, NULL, NULL);
    g_clear_object(&fixture->server);
    fixture->port = 0;
}

static void count_refusals(const WhHttpGlimpse *glimpse, gpointer data)
{
    *(guint *)data += glimpse->refused ? 1 : 0;
}

static void exchange(const Fixture *fixture, const char *ca, TestOutcome *outcome)
{
    g_autofree char *ca_folder = g_build_filename(fixture->folder, ca, NULL);
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), ca_folder, "Linux");
    g_autofree char *url = g_strdup_printf("https://127.0.0.1:%u/", fixture->port);
    g_auto(WhHttpRequest) request = test_request(url);
    request.allow_plain = FALSE;
    guint refusals = 0;
    wh_http_set_glimpse(http, count_refusals, &refusals);
    test_exchange(http, &request, outcome);
    g_assert_cmpuint(refusals, ==, outcome->error != NULL ? 1 : 0);
}

static void test_certificates(void)
{
    g_autofree char *openssl = g_find_program_in_path("openssl");
    if (openssl == NULL) {
        g_test_skip("the openssl command is not installed");
        return;
    }
    Fixture fixture = {.folder = g_dir_make_tmp("wayhome-tls-XXXXXX", NULL)};
    run(&fixture, make_certificates);

    start_server(&fixture, "right");
    g_auto(TestOutcome) good = {0};
    exchange(&fixture, "ours", &good);
    g_assert_no_error(good.error);
    g_assert_cmpuint(good.status, ==, 200);

    g_auto(TestOutcome) other_authority = {0};
    exchange(&fixture, "theirs", &other_authority);
    g_assert_error(other_authority.error, WH_HTTP_ERROR, WH_HTTP_ERROR_TLS);
    stop_server(&fixture);

    start_server(&fixture, "wrong");
    g_auto(TestOutcome) wrong_host = {0};
    exchange(&fixture, "ours", &wrong_host);
    g_assert_error(wrong_host.error, WH_HTTP_ERROR, WH_HTTP_ERROR_TLS);
    stop_server(&fixture);

    run(&fixture, "rm -r -- ours theirs *.key *.pem *.csr *.ext; rm -f -- *.srl");
    g_assert_cmpint(g_rmdir(fixture.folder), ==, 0);
    g_free(fixture.folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http/certificates", test_certificates);
    return g_test_run();
}
