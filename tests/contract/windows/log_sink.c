#include "platform/windows/log_sink_private.h"

#include "platform/windows/line_queue.h"
#include "tests/contract/log_sink_adapter.h"

#include <string.h>

#define SHORT_MS 20

/* A pipe: what is written at one end is what is taken. It is standard error, and what takes entries
 * of the event log writes there too. */
typedef struct {
    HANDLE reading;
    HANDLE writing;
    WhLogSink *sink;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static void write_entry(const WhEventEntry *entry)
{
    g_autofree char *line = g_strdup_printf("%d MESSAGE=%s ID=%s %s\n", entry->priority,
                                            entry->message, entry->id, entry->fields);
    DWORD written;

    WriteFile(world()->writing, line, (DWORD)strlen(line), &written, NULL);
}

WhLogSink *wh_adapter_log_sink_new(gboolean journal)
{
    g_assert_true(CreatePipe(&world()->reading, &world()->writing, NULL, 0));
    world()->sink = wh_log_sink_new_at(world()->writing, journal ? write_entry : NULL);
    return world()->sink;
}

/* Until it was not taken twice, with time for the sink's thread in between. */
void wh_adapter_fill(WhLogSink *sink)
{
    const GLogField field = {"MESSAGE", "fills it", -1};

    for (guint lost = 0; lost < 2;) {
        WhLogSinkAnswer answer = wh_log_sink_put_fields(sink, &field, 1);
        if (answer == WH_LOG_SINK_ABSENT)
            answer = wh_log_sink_put_text(sink, "fills it");
        lost = answer == WH_LOG_SINK_LOST ? lost + 1 : 0;
        if (lost > 0)
            wh_log_sink_flush(sink, 10 * SHORT_MS);
    }
}

static gboolean take(GString *text)
{
    char buffer[4096];
    DWORD waiting = 0;
    DWORD count = 0;

    if (!PeekNamedPipe(world()->reading, NULL, 0, NULL, &waiting, NULL) || waiting == 0 ||
        !ReadFile(world()->reading, buffer, MIN(waiting, sizeof buffer), &count, NULL))
        return FALSE;
    g_string_append_len(text, buffer, count);
    return TRUE;
}

/* The sink's thread goes on writing while this reads. */
char *wh_adapter_read(void)
{
    GString *text = g_string_new(NULL);

    for (guint quiet = 0; quiet < 5;) {
        wh_log_sink_flush(world()->sink, SHORT_MS);
        quiet = take(text) ? 0 : quiet + 1;
    }
    return g_string_free(text, FALSE);
}

void wh_adapter_end(void)
{
    CloseHandle(world()->reading);
    CloseHandle(world()->writing);
}

static void expect_entry(const GLogField *fields, gsize n_fields, const char *expected)
{
    g_autoptr(WhEventEntry) entry = wh_event_entry_new(fields, n_fields);
    g_autofree char *text = entry != NULL
                                ? g_strdup_printf("%d|%s|%s|%s", entry->priority, entry->message,
                                                  entry->id, entry->fields)
                                : NULL;

    g_assert_cmpstr(text, ==, expected);
}

#define EXPECT(fields, text) expect_entry((fields), G_N_ELEMENTS(fields), (text))

static void test_entries(void)
{
    const GLogField full[] = {{"MESSAGE", "It runs", -1},
                              {"PRIORITY", "4", -1},
                              {"MESSAGE_ID", "0123", -1},
                              {"WAYHOME_HOST", "a", -1},
                              {"WAYHOME_NAME", "bcd", 2}};
    const GLogField broken[] = {{"MESSAGE", "\xff", -1}, {"MESSAGE_ID", "1", -1}};
    const GLogField quiet[] = {{"MESSAGE", "a step", -1}, {"PRIORITY", "6", -1}};

    EXPECT(full, "4|It runs|0123|WAYHOME_HOST=a\r\nWAYHOME_NAME=bc");
    EXPECT(broken, "5|\xef\xbf\xbd|1|");
    EXPECT(quiet, NULL);
}

static void test_entries_are_bounded(void)
{
    g_autofree char *value = g_strnfill(2 * WH_LOG_SINK_LONGEST_VALUE, 'x');
    GLogField fields[20];

    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        fields[i] = (GLogField){i == 0 ? "MESSAGE" : "FIELD", value, -1};
    g_autoptr(WhEventEntry) entry = wh_event_entry_new(fields, G_N_ELEMENTS(fields));
    g_assert_cmpuint(strlen(entry->message), ==, WH_LOG_SINK_LONGEST_VALUE);
    g_assert_cmpuint(strlen(entry->fields), >, 3 * WH_LOG_SINK_LONGEST_VALUE - 1);
    g_assert_cmpuint(strlen(entry->fields), <=, 16 * 1024);
    g_assert_cmpuint(wh_event_entry_length(entry), >, strlen(entry->fields));
}

/* The person who looks for a fault reads text; the event log is for everybody. */
static void test_quiet_lines_are_no_entries(void)
{
    const GLogField fields[] = {{"MESSAGE", "a step", -1}, {"PRIORITY", "6", -1}};
    WhLogSink *sink = wh_adapter_log_sink_new(TRUE);

    g_assert_cmpint(wh_log_sink_put_fields(sink, fields, G_N_ELEMENTS(fields)), ==,
                    WH_LOG_SINK_TAKEN);
    g_autofree char *text = wh_adapter_read();
    g_assert_cmpstr(text, ==, "");
    wh_log_sink_free(sink);
    wh_adapter_end();
}

static void test_without_standard_error(void)
{
    WhLogSink *sink = wh_log_sink_new_at(INVALID_HANDLE_VALUE, NULL);

    g_assert_cmpint(wh_log_sink_put_text(sink, "nobody"), ==, WH_LOG_SINK_LOST);
    wh_log_sink_free(sink);
}

/* Its thread is in the middle of a write that nobody takes. */
static void test_free_waits_for_nobody(void)
{
    WhLogSink *sink = wh_adapter_log_sink_new(FALSE);
    gint64 start = g_get_monotonic_time();

    wh_adapter_fill(sink);
    wh_log_sink_free(sink);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
    wh_adapter_end();
}

static void test_event_log(void)
{
    const GLogField fields[] = {
        {"MESSAGE", "A test of Wayhome: %1 is no insert", -1},
        {"PRIORITY", "5", -1},
    };
    g_autoptr(WhEventEntry) entry = wh_event_entry_new(fields, G_N_ELEMENTS(fields));

    wh_event_log_write(entry);
}

static void hold(gpointer item, gpointer data)
{
    GMutex *lock = data;

    g_mutex_lock(lock);
    g_mutex_unlock(lock);
}

static void test_queue_flush(void)
{
    GMutex lock;
    g_mutex_init(&lock);
    WhLineQueue *queue = wh_line_queue_new(hold, g_free, &lock, NULL);

    g_mutex_lock(&lock);
    g_assert_true(wh_line_queue_put(queue, g_strdup("a"), 1));
    g_assert_false(wh_line_queue_flush(queue, SHORT_MS));
    g_assert_false(wh_line_queue_put(queue, g_strdup("b"), 1 << 20));
    g_mutex_unlock(&lock);
    g_assert_true(wh_line_queue_flush(queue, 30 * 1000));
    wh_line_queue_free(queue);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/log-sink/windows/entries", test_entries);
    g_test_add_func("/log-sink/windows/entries-are-bounded", test_entries_are_bounded);
    g_test_add_func("/log-sink/windows/quiet-lines-are-no-entries",
                    test_quiet_lines_are_no_entries);
    g_test_add_func("/log-sink/windows/without-standard-error", test_without_standard_error);
    g_test_add_func("/log-sink/windows/free-waits-for-nobody", test_free_waits_for_nobody);
    g_test_add_func("/log-sink/windows/event-log", test_event_log);
    g_test_add_func("/log-sink/windows/queue-flush", test_queue_flush);
}
