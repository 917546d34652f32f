/* The store's promise about kill -9: what commit() reported is there afterwards, and nothing by
 * halves. */
#include "tests/unit/test_store_folder.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define KILLS 40
#define GAVE_UP 9

static gboolean write_number(WhStore *store, guint number)
{
    WhJournal *journal = wh_store_journal(store);
    WhRecordState record = {.attempts = number};
    WhHostState host = {.tokens_at = number};
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_SENT, number);
    journal->begin(journal);
    journal->put_record(journal, "h1", WH_FAMILY_IPV4, &record);
    journal->put_event(journal, event);
    journal->put_host(journal, "h1", &host);
    return journal->commit(journal, number % 3 == 0);
}

static guint number_in(WhStore *store)
{
    g_auto(WhRecordState) record = {0};
    g_auto(WhHostState) host = {0};
    if (!wh_store_record_state(store, "h1", WH_FAMILY_IPV4, &record))
        return 0;
    g_assert_true(wh_store_host_state(store, "h1", &host));
    g_assert_cmpint(host.tokens_at, ==, record.attempts);
    g_autoptr(GPtrArray) events = wh_store_history(store, NULL, 0, 1);
    g_assert_cmpint(((WhEvent *)events->pdata[0])->at, ==, record.attempts);
    return record.attempts;
}

/* The child: commits, says so, for ever. */
static int write_for_ever(const char *folder)
{
    g_autoptr(WhStore) store = test_store_open(folder);
    for (guint i = number_in(store) + 1; write_number(store, i); i++) {
        printf("%u\n", i);
        fflush(stdout);
    }
    return GAVE_UP;
}

/* Kills the child after `lines` of its lines; returns the last number that it reported. */
static guint run_and_kill(const char *program, const char *folder, guint lines)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) child =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--write", folder, NULL);
    g_assert_no_error(error);
    g_autoptr(GDataInputStream) stream =
        g_data_input_stream_new(g_subprocess_get_stdout_pipe(child));
    guint last = 0, seen = 0;
    char *line;
    while ((line = g_data_input_stream_read_line(stream, NULL, NULL, NULL)) != NULL) {
        last = (guint)g_ascii_strtoull(line, NULL, 10);
        g_free(line);
        if (++seen == lines)
            g_subprocess_force_exit(child);
    }
    g_assert_true(g_subprocess_wait(child, NULL, NULL));
    g_assert_false(g_subprocess_get_successful(child));
    g_assert_false(g_subprocess_get_if_exited(child) &&
                   g_subprocess_get_exit_status(child) == GAVE_UP);
    g_assert_cmpuint(seen, >=, lines);
    return last;
}

static void test_kill(gconstpointer program)
{
    char *folder = test_store_folder_new();
    for (int i = 0; i < KILLS; i++) {
        guint reported = run_and_kill(program, folder, (guint)g_test_rand_int_range(1, 150));
        g_autoptr(WhStore) store = test_store_open(folder);
        guint number = number_in(store);
        /* One more may have been written and not yet been said. */
        g_assert_cmpuint(number, >=, reported);
        g_assert_cmpuint(number, <=, reported + 1);
    }
    test_store_folder_free(folder);
}

static void test_other_process(gconstpointer program)
{
    g_autoptr(GError) error = NULL;
    char *folder = test_store_folder_new();
    g_autoptr(GSubprocess) child =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--write", folder, NULL);
    g_autoptr(GDataInputStream) stream =
        g_data_input_stream_new(g_subprocess_get_stdout_pipe(child));
    g_free(g_data_input_stream_read_line(stream, NULL, NULL, NULL));
    char *notice = NULL;
    g_assert_null(wh_store_open(folder, &notice, &error));
    g_assert_error(error, WH_STORE_ERROR, WH_STORE_ERROR_BUSY);
    g_subprocess_force_exit(child);
    g_subprocess_wait(child, NULL, NULL);
    wh_store_free(test_store_open(folder));
    test_store_folder_free(folder);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--write") == 0)
        return write_for_ever(argv[2]);
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/store/kill/commits", argv[0], test_kill);
    g_test_add_data_func("/store/kill/lock", argv[0], test_other_process);
    return g_test_run();
}
