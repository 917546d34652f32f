/* The write-ahead log: renewed by the flusher's thread before it grows for ever, and never empty,
 * because its first frame is what a writer would have to wait for. */
#include "tests/unit/test_store_folder.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DEADLINE (60 * G_TIME_SPAN_SECOND)

typedef struct {
    char *folder;
    char *log;
    WhStore *store;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = test_store_folder_new();
    world->log = test_store_file(world->folder, "wayhome.db-wal");
    world->store = test_store_open(world->folder);
}

static void teardown(World *world, gconstpointer data)
{
    wh_store_free(world->store);
    test_store_folder_free(world->folder);
    g_free(world->log);
}

/* The first salt in the log's header, which grows by one with each new log (SQLite's file format,
 * section 4.1). */
static guint32 generation(World *world)
{
    guint8 header[4096] = {0};
    FILE *file = g_fopen(world->log, "rb");
    g_assert_nonnull(file);
    g_assert_cmpuint(fread(header, 1, sizeof header, file), ==, sizeof header);
    fclose(file);
    guint32 number;
    memcpy(&number, header + 16, sizeof number);
    return GUINT32_FROM_BE(number);
}

static gsize log_size(World *world)
{
    GStatBuf status;
    g_assert_cmpint(g_stat(world->log, &status), ==, 0);
    return (gsize)status.st_size;
}

static GThread *main_thread;
static gint waits_of_main;
static gint waits_of_others;

static void count_wait(void)
{
    if (main_thread == NULL)
        return;
    g_atomic_int_inc(g_thread_self() == main_thread ? &waits_of_main : &waits_of_others);
}

/* In place of the C library's, for everything in this program. */
int fsync(int file)
{
    count_wait();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    count_wait();
    return (int)syscall(SYS_fdatasync, file);
}

static void write_number(World *world, guint number, gboolean flush)
{
    WhJournal *journal = wh_store_journal(world->store);
    WhRecordState record = {.attempts = number};
    journal->begin(journal);
    journal->put_record(journal, "h1", WH_FAMILY_IPV4, &record);
    g_assert_true(journal->commit(journal, flush));
}

static void check_number(World *world, guint number)
{
    g_auto(WhRecordState) state = {0};
    g_assert_true(wh_store_record_state(world->store, "h1", WH_FAMILY_IPV4, &state));
    g_assert_cmpuint(state.attempts, ==, number);
}

/* Each commit adds a page, and after a thousand the log is long. */
static void test_renewed(World *world, gconstpointer data)
{
    gboolean flush = GPOINTER_TO_INT(data);
    gint64 deadline = g_get_monotonic_time() + DEADLINE;
    guint number = 0;
    for (int logs = 0; logs < 3; logs++) {
        guint32 before = generation(world);
        for (int i = 0; i < 1100; i++)
            write_number(world, ++number, flush);
        while (generation(world) == before) {
            g_main_context_iteration(NULL, FALSE);
            g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        }
        check_number(world, number);
    }
    g_assert_cmpuint(log_size(world), <, 8 * 1024 * 1024);
    /* Not renewed for every little thing either. */
    g_assert_cmpuint(log_size(world), >, 2 * 1024 * 1024);
    g_clear_pointer(&world->store, wh_store_free);
    world->store = test_store_open(world->folder);
    check_number(world, number);
}

/* Whatever is written and however long the log grows, only the flusher waits for the disk. */
static void test_main_never_waits(World *world, gconstpointer data)
{
    guint32 before = generation(world);
    gint64 deadline = g_get_monotonic_time() + DEADLINE;
    guint number = 0;
    waits_of_main = waits_of_others = 0;
    main_thread = g_thread_self();
    while (generation(world) < before + 5) {
        for (int i = 0; i < 200; i++)
            write_number(world, ++number, TRUE);
        test_store_put_account(world->store, "one", "");
        wh_store_next_number(world->store);
        g_main_context_iteration(NULL, FALSE);
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    main_thread = NULL;
    g_assert_cmpint(waits_of_main, ==, 0);
    g_assert_cmpint(waits_of_others, >, 5);
    g_clear_pointer(&world->store, wh_store_free);
    g_assert_cmpuint(log_size(world), <=, 4 * 1024 * 1024);
    world->store = test_store_open(world->folder);
    check_number(world, number);
}

/* After a clean end the database holds everything, and a log with a first frame waits for the next
 * start. */
static void test_clean_end(World *world, gconstpointer data)
{
    for (guint i = 1; i <= 50; i++)
        write_number(world, i, TRUE);
    guint32 before = generation(world);
    g_clear_pointer(&world->store, wh_store_free);
    guint32 after = generation(world);
    g_assert_cmpuint(after, ==, before + 1);
    world->store = test_store_open(world->folder);
    check_number(world, 50);
    write_number(world, 51, FALSE);
    g_assert_cmpuint(generation(world), ==, after);
}

/* Somebody looked into the file with SQLite's own tool, which takes the log away. */
static void test_log_gone(World *world, gconstpointer data)
{
    write_number(world, 1, TRUE);
    g_clear_pointer(&world->store, wh_store_free);
    g_assert_cmpint(g_remove(world->log), ==, 0);
    world->store = test_store_open(world->folder);
    generation(world);
    check_number(world, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/store/log/renewed", World, GINT_TO_POINTER(TRUE), setup, test_renewed, teardown);
    g_test_add("/store/log/renewed-without-flush", World, NULL, setup, test_renewed, teardown);
    g_test_add("/store/log/main-never-waits", World, NULL, setup, test_main_never_waits, teardown);
    g_test_add("/store/log/clean-end", World, NULL, setup, test_clean_end, teardown);
    g_test_add("/store/log/gone", World, NULL, setup, test_log_gone, teardown);
    return g_test_run();
}
