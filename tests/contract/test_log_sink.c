#include "platform/log_sink.h"

#include "tests/contract/log_sink_adapter.h"

#include <string.h>

typedef struct {
    WhLogSink *sink;
} Fixture;

static void setup(Fixture *fixture, gconstpointer journal)
{
    fixture->sink = wh_adapter_log_sink_new(GPOINTER_TO_INT(journal));
}

static void teardown(Fixture *fixture, gconstpointer journal)
{
    wh_log_sink_free(fixture->sink);
    wh_adapter_end();
}

static WhLogSinkAnswer put(Fixture *fixture, const char *message)
{
    const GLogField fields[] = {{"MESSAGE", message, -1}, {"PRIORITY", "5", -1}};

    return wh_log_sink_put_fields(fixture->sink, fields, G_N_ELEMENTS(fields));
}

static void expect_read(const char *word, gboolean there)
{
    g_autofree char *text = wh_adapter_read();

    g_assert_cmpint(strstr(text, word) != NULL, ==, there);
}

static void test_fields(Fixture *fixture, gconstpointer journal)
{
    g_assert_cmpint(put(fixture, "first"), ==, WH_LOG_SINK_TAKEN);
    expect_read("MESSAGE=first", TRUE);
}

static void test_no_journal(Fixture *fixture, gconstpointer journal)
{
    g_assert_cmpint(put(fixture, "first"), ==, WH_LOG_SINK_ABSENT);
    expect_read("first", FALSE);
}

static void test_text(Fixture *fixture, gconstpointer journal)
{
    g_assert_cmpint(wh_log_sink_put_text(fixture->sink, "one line"), ==, WH_LOG_SINK_TAKEN);
    expect_read("one line", TRUE);
}

/* It comes back at all: whoever waits here waits for ever. */
static void test_nobody_reads_the_journal(Fixture *fixture, gconstpointer journal)
{
    wh_adapter_fill(fixture->sink);
    g_assert_cmpint(put(fixture, "too much"), ==, WH_LOG_SINK_LOST);
    expect_read("too much", FALSE);
    g_assert_cmpint(put(fixture, "room again"), ==, WH_LOG_SINK_TAKEN);
    expect_read("MESSAGE=room again", TRUE);
}

static void test_nobody_reads_the_text(Fixture *fixture, gconstpointer journal)
{
    wh_adapter_fill(fixture->sink);
    g_assert_cmpint(wh_log_sink_put_text(fixture->sink, "too much"), ==, WH_LOG_SINK_LOST);
    expect_read("too much", FALSE);
    g_assert_cmpint(wh_log_sink_put_text(fixture->sink, "room again"), ==, WH_LOG_SINK_TAKEN);
    expect_read("room again", TRUE);
}

static void test_long(Fixture *fixture, gconstpointer journal)
{
    g_autofree char *value = g_strnfill(1 << 20, 'x');
    g_autofree char *text = NULL;

    if (GPOINTER_TO_INT(journal))
        g_assert_cmpint(put(fixture, value), ==, WH_LOG_SINK_TAKEN);
    else
        g_assert_cmpint(wh_log_sink_put_text(fixture->sink, value), ==, WH_LOG_SINK_TAKEN);
    text = wh_adapter_read();
    g_assert_nonnull(strstr(text, "xxxx"));
    g_assert_cmpuint(strlen(text), <, WH_LOG_SINK_LONGEST_VALUE + 100);
}

static void add(const char *path, gboolean journal, void (*test)(Fixture *, gconstpointer))
{
    g_test_add(path, Fixture, GINT_TO_POINTER(journal), setup, test, teardown);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("/log-sink/fields", TRUE, test_fields);
    add("/log-sink/no-journal", FALSE, test_no_journal);
    add("/log-sink/text", FALSE, test_text);
    add("/log-sink/nobody-reads-the-journal", TRUE, test_nobody_reads_the_journal);
    add("/log-sink/nobody-reads-the-text", FALSE, test_nobody_reads_the_text);
    add("/log-sink/long-fields", TRUE, test_long);
    add("/log-sink/long-text", FALSE, test_long);
    wh_adapter_add_tests();
    return g_test_run();
}
