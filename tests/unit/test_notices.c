#include "service/wiring/notices.h"

#include <string.h>

/* The lines that reach the log: how many, and what the last one says. */
typedef struct {
    guint count;
    char *last;
} Lines;

static GLogWriterOutput take_line(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                  gpointer data)
{
    Lines *lines = data;

    lines->count++;
    for (gsize i = 0; i < n_fields; i++) {
        if (strcmp(fields[i].key, "MESSAGE") == 0) {
            g_free(lines->last);
            lines->last = g_strdup(fields[i].value);
        }
    }
    return G_LOG_WRITER_HANDLED;
}

static void test_parallel_arrays(void)
{
    g_autoptr(WhNotices) notices = wh_notices_new(NULL);

    wh_notices_set(notices, "a", "first");
    wh_notices_set(notices, "b", "second");
    g_assert_cmpuint(g_strv_length((char **)wh_notices_codes(notices)), ==, 2);
    g_assert_cmpstr(wh_notices_codes(notices)[0], ==, "a");
    g_assert_cmpstr(wh_notices_details(notices)[0], ==, "first");
    g_assert_cmpstr(wh_notices_details(notices)[1], ==, "second");
}

static void test_same_sentence_is_logged_once(gconstpointer data)
{
    const Lines *lines = data;
    guint before = lines->count;
    g_autoptr(WhNotices) notices = wh_notices_new(NULL);

    wh_notices_set(notices, "a", "full");
    wh_notices_set(notices, "a", "full");
    g_assert_cmpuint(lines->count - before, ==, 1);
    g_assert_cmpuint(g_strv_length((char **)wh_notices_codes(notices)), ==, 1);
}

static void test_end_is_logged(gconstpointer data)
{
    const Lines *lines = data;
    g_autoptr(WhNotices) notices = wh_notices_new(NULL);

    wh_notices_set(notices, "store_full", "The disk is full.");
    guint before = lines->count;
    wh_notices_set(notices, "store_full", NULL);
    wh_notices_set(notices, "store_full", NULL);
    g_assert_cmpuint(lines->count - before, ==, 1);
    g_assert_cmpstr(lines->last, ==, "This is over: The disk is full.");
}

static void test_taken_out(void)
{
    g_autoptr(WhNotices) notices = wh_notices_new(NULL);

    wh_notices_set(notices, "a", "first");
    wh_notices_set(notices, "b", "second");
    wh_notices_set(notices, "a", NULL);
    wh_notices_set(notices, "never", NULL);
    g_assert_cmpstr(wh_notices_codes(notices)[0], ==, "b");
    g_assert_null(wh_notices_codes(notices)[1]);
    g_assert_null(wh_notices_details(notices)[1]);
}

int main(int argc, char **argv)
{
    Lines lines = {0};

    g_test_init(&argc, &argv, NULL);
    g_log_set_writer_func(take_line, &lines, NULL);
    g_test_add_func("/notices/parallel-arrays", test_parallel_arrays);
    g_test_add_data_func("/notices/same-sentence-is-logged-once", &lines,
                         test_same_sentence_is_logged_once);
    g_test_add_data_func("/notices/end-is-logged", &lines, test_end_is_logged);
    g_test_add_func("/notices/taken-out", test_taken_out);
    int code = g_test_run();
    g_free(lines.last);
    return code;
}
