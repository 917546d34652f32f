#include "platform/linux/log_sink_private.h"

#include "platform/linux/journal_entry.h"
#include "tests/contract/helper.h"
#include "tests/contract/log_sink_adapter.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* reading: where what is taken comes out. writing: what is standard error. */
typedef struct {
    char *folder;
    int reading;
    int writing;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
    return fd;
}

static void read_from(int reading, int writing)
{
    world()->reading = reading;
    world()->writing = writing;
    g_assert_cmpint(fcntl(reading, F_SETFL, O_NONBLOCK), ==, 0);
}

/* As a pipe that whoever started the service made, and that waits. */
static WhLogSink *new_at_a_pipe(void)
{
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    read_from(ends[0], ends[1]);
    return wh_log_sink_new_at(ends[1], NULL);
}

WhLogSink *wh_adapter_log_sink_new(gboolean journal)
{
    g_autofree char *path = NULL;

    world()->folder = wh_helper_folder_new();
    if (!journal)
        return new_at_a_pipe();
    path = g_build_filename(world()->folder, "socket", NULL);
    read_from(listen_at(path), open("/dev/null", O_WRONLY | O_CLOEXEC));
    return wh_log_sink_new_at(world()->writing, path);
}

void wh_adapter_fill(WhLogSink *sink)
{
    const GLogField field = {"MESSAGE", "fills it", -1};
    WhLogSinkAnswer answer = WH_LOG_SINK_TAKEN;

    while (answer == WH_LOG_SINK_TAKEN) {
        answer = wh_log_sink_put_fields(sink, &field, 1);
        if (answer == WH_LOG_SINK_ABSENT)
            answer = wh_log_sink_put_text(sink, "fills it");
    }
    g_assert_cmpint(answer, ==, WH_LOG_SINK_LOST);
}

char *wh_adapter_read(void)
{
    GString *text = g_string_new(NULL);
    char buffer[65536];
    gssize got;

    while ((got = read(world()->reading, buffer, sizeof buffer)) > 0)
        g_string_append_len(text, buffer, got);
    return g_string_free(text, FALSE);
}

void wh_adapter_end(void)
{
    close(world()->reading);
    close(world()->writing);
    wh_helper_folder_remove(world()->folder);
}

/* A socket, as the service manager connects to the journal; its reader is behind, then gone. */
static void test_a_stream_nobody_reads(void)
{
    WhLogSink *sink;
    int ends[2];

    world()->folder = wh_helper_folder_new();
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    read_from(ends[0], ends[1]);
    sink = wh_log_sink_new_at(ends[1], NULL);
    wh_adapter_fill(sink);
    g_free(wh_adapter_read());
    g_assert_cmpint(wh_log_sink_put_text(sink, "on a line of its own"), ==, WH_LOG_SINK_TAKEN);
    g_autofree char *text = wh_adapter_read();
    g_assert_nonnull(strstr(text, "on a line of its own\n"));
    close(ends[0]);
    g_assert_cmpint(wh_log_sink_put_text(sink, "nobody"), ==, WH_LOG_SINK_LOST);
    wh_log_sink_free(sink);
    close(ends[1]);
    wh_helper_folder_remove(world()->folder);
}

/* A terminal that was stopped (Ctrl-S), or that nobody looks at. */
static void test_a_terminal_nobody_reads(void)
{
    int reading = posix_openpt(O_RDWR | O_NOCTTY);
    WhLogSink *sink;

    if (reading < 0 || grantpt(reading) != 0 || unlockpt(reading) != 0) {
        g_test_skip("there are no terminals here");
        return;
    }
    world()->folder = wh_helper_folder_new();
    read_from(reading, open(ptsname(reading), O_RDWR | O_NOCTTY));
    sink = wh_log_sink_new_at(world()->writing, NULL);
    wh_adapter_fill(sink);
    wh_log_sink_free(sink);
    wh_adapter_end();
}

/* What others share with us still waits for them. */
static void test_others_are_left_alone(void)
{
    WhLogSink *sink = wh_adapter_log_sink_new(FALSE);

    wh_adapter_fill(sink);
    g_assert_cmpint(fcntl(world()->writing, F_GETFL) & O_NONBLOCK, ==, 0);
    wh_log_sink_free(sink);
    wh_adapter_end();
}

static void test_the_journal_is_gone(void)
{
    const GLogField field = {"MESSAGE", "anybody there?", -1};
    WhLogSink *sink = wh_adapter_log_sink_new(TRUE);

    close(world()->reading);
    g_assert_cmpint(wh_log_sink_put_fields(sink, &field, 1), ==, WH_LOG_SINK_ABSENT);
    wh_log_sink_free(sink);
    world()->reading = -1;
    wh_adapter_end();
}

static void expect_entry(const GLogField *fields, gsize n_fields, const char *expected,
                         gsize length)
{
    GString *entry = wh_journal_entry_new(fields, n_fields);

    wh_helper_assert_bytes(entry->str, entry->len, expected, length);
    g_string_free(entry, TRUE);
}

#define EXPECT(fields, bytes)                                                                      \
    expect_entry((fields), G_N_ELEMENTS(fields), (bytes), sizeof(bytes) - 1)

static void test_entries(void)
{
    const GLogField plain[] = {{"MESSAGE", "a=b", -1}, {"N", "xyz", 2}, {"EMPTY", "", -1}};
    const GLogField lines[] = {{"MESSAGE", "a\nPRIORITY=0", -1}, {"BYTES", "\0\n\xff", 3}};
    const GLogField names[] = {{"_PID", "1", -1}, {"A B", "1", -1},    {"A=B", "1", -1},
                               {"A\nB", "1", -1}, {"low", "1", -1},    {"", "1", -1},
                               {"1A", "1", -1},   {"GOOD_1", "1", -1}, {"NONE", NULL, -1}};

    EXPECT(plain, "MESSAGE=a=b\nN=xy\nEMPTY=\n");
    EXPECT(lines, "MESSAGE\n\x0c\0\0\0\0\0\0\0a\nPRIORITY=0\nBYTES\n\x03\0\0\0\0\0\0\0\0\n\xff\n");
    EXPECT(names, "GOOD_1=1\n");
}

static void test_entries_are_bounded(void)
{
    g_autofree char *value = g_strnfill(WH_LOG_SINK_LONGEST_VALUE * 2, 'x');
    g_autofree char *name = g_strnfill(65, 'A');
    GLogField fields[20];
    GString *entry;

    memcpy(value + WH_LOG_SINK_LONGEST_VALUE - 1, "\xe2\x82\xac", 3);
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        fields[i] = (GLogField){i == 0 ? name : "MESSAGE", value, -1};
    entry = wh_journal_entry_new(fields, G_N_ELEMENTS(fields));
    g_assert_true(g_utf8_validate(entry->str, (gssize)entry->len, NULL));
    g_assert_true(g_str_has_prefix(entry->str, "MESSAGE=xxx"));
    g_assert_cmpuint(entry->len, >, 24000);
    g_assert_cmpuint(entry->len, <, 32768);
    g_string_free(entry, TRUE);
}

void wh_adapter_add_tests(void)
{
    signal(SIGPIPE, SIG_IGN);
    g_test_add_func("/log-sink/linux/a-stream-nobody-reads", test_a_stream_nobody_reads);
    g_test_add_func("/log-sink/linux/a-terminal-nobody-reads", test_a_terminal_nobody_reads);
    g_test_add_func("/log-sink/linux/others-are-left-alone", test_others_are_left_alone);
    g_test_add_func("/log-sink/linux/the-journal-is-gone", test_the_journal_is_gone);
    g_test_add_func("/log-sink/linux/entries", test_entries);
    g_test_add_func("/log-sink/linux/entries-are-bounded", test_entries_are_bounded);
}
