#include "service/wiring/notices.h"

/* Counts the lines that reach the log. */
static GLogWriterOutput count_line(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                   gpointer data)
{
    guint *lines = data;

    (*lines)++;
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
    const guint *lines = data;
    guint before = *lines;
    g_autoptr(WhNotices) notices = wh_notices_new(NULL);

    wh_notices_set(notices, "a", "full");
    wh_notices_set(notices, "a", "full");
    g_assert_cmpuint(*lines - before, ==, 1);
    g_assert_cmpuint(g_strv_length((char **)wh_notices_codes(notices)), ==, 1);
}

static void test_end_is_logged(gconstpointer data)
{
    const guint *lines = data;
    g_autoptr(WhNotices) notices = wh_notices_new(NULL);

    wh_notices_set(notices, "store_full", "full");
    guint before = *lines;
    wh_notices_set(notices, "store_full", NULL);
    wh_notices_set(notices, "store_full", NULL);
    g_assert_cmpuint(*lines - before, ==, 1);
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
    guint lines = 0;

    g_test_init(&argc, &argv, NULL);
    g_log_set_writer_func(count_line, &lines, NULL);
    g_test_add_func("/notices/parallel-arrays", test_parallel_arrays);
    g_test_add_data_func("/notices/same-sentence-is-logged-once", &lines,
                         test_same_sentence_is_logged_once);
    g_test_add_data_func("/notices/end-is-logged", &lines, test_end_is_logged);
    g_test_add_func("/notices/taken-out", test_taken_out);
    return g_test_run();
}
