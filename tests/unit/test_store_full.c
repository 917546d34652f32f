/* A disk that is full for a while. */
#include "tests/unit/test_store_folder.h"

#include <signal.h>
#include <sys/resource.h>

typedef struct {
    char *folder;
    WhStore *store;
    WhJournal *journal;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = test_store_folder_new();
    world->store = test_store_open(world->folder);
    world->journal = wh_store_journal(world->store);
}

static void teardown(World *world, gconstpointer data)
{
    wh_store_free(world->store);
    test_store_folder_free(world->folder);
}

static void reopen(World *world)
{
    wh_store_free(world->store);
    world->store = test_store_open(world->folder);
    world->journal = wh_store_journal(world->store);
}

static gboolean try_commit(World *world, guint attempts, const char *detail)
{
    WhRecordState state = {.attempts = attempts, .retry_detail = (char *)detail};
    world->journal->begin(world->journal);
    world->journal->put_record(world->journal, "h1", WH_FAMILY_IPV4, &state);
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_SENT, attempts);
    world->journal->put_event(world->journal, event);
    return world->journal->commit(world->journal, TRUE);
}

static guint attempts_of(World *world)
{
    g_auto(WhRecordState) state = {0};
    g_assert_true(wh_store_record_state(world->store, "h1", WH_FAMILY_IPV4, &state));
    return state.attempts;
}

/* Files may not grow: as good as a full disk. */
static void set_full(gboolean full)
{
    struct rlimit limit;
    signal(SIGXFSZ, full ? SIG_IGN : SIG_DFL);
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &limit), ==, 0);
    limit.rlim_cur = full ? 4096 : limit.rlim_max;
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
}

static void test_full_disk(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(try_commit(world, 1, "before"));
    g_autoptr(WhAccount) account = wh_account_new("one", "duckdns", "");
    set_full(TRUE);
    gboolean first = try_commit(world, 2, "full");
    gboolean second = try_commit(world, 3, "full");
    gboolean put = wh_store_put_account(world->store, account, &error);
    guint attempts = attempts_of(world);
    set_full(FALSE);
    g_assert_false(first || second || put);
    g_assert_error(error, WH_STORE_ERROR, WH_STORE_ERROR_WRITE);
    g_assert_true(g_str_has_prefix(error->message, "What the service remembers could not be"));
    g_assert_cmpuint(attempts, ==, 1);
    g_assert_true(try_commit(world, 4, "after"));
    g_assert_true(wh_store_put_account(world->store, account, NULL));
    reopen(world);
    g_assert_cmpuint(attempts_of(world), ==, 4);
    g_autoptr(GPtrArray) events = wh_store_history(world->store, NULL, 0, 100);
    g_assert_cmpuint(events->len, ==, 2);
    g_assert_cmpint(((WhEvent *)events->pdata[0])->at, ==, 4);
    g_assert_cmpint(((WhEvent *)events->pdata[1])->at, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/store/full/recovers", World, NULL, setup, test_full_disk, teardown);
    return g_test_run();
}
