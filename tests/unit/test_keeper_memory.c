#include "tests/unit/test_keeper_world.h"

/* One value of the journal: the union of what it is told. */
typedef struct {
    char kind;
    WhRecordState record;
    WhHostState host;
    WhHalt halt;
} Entry;

static void free_entry(gpointer data)
{
    Entry *entry = data;
    wh_record_state_clear(&entry->record);
    wh_host_state_clear(&entry->host);
    wh_halt_clear(&entry->halt);
    g_free(entry);
}

static World *world_of_journal(WhJournal *journal)
{
    return (World *)(gpointer)((char *)journal - G_STRUCT_OFFSET(World, journal));
}

static void fake_begin(WhJournal *journal)
{
    World *world = world_of_journal(journal);
    g_assert_false(world->is_open);
    world->is_open = TRUE;
}

static Entry *stage(WhJournal *journal, char kind, const char *id, guint family)
{
    World *world = world_of_journal(journal);
    Entry *entry = g_new0(Entry, 1);
    g_assert_true(world->is_open);
    entry->kind = kind;
    g_hash_table_insert(world->staged, g_strdup_printf("%c %s %u", kind, id, family), entry);
    return entry;
}

static void fake_put_record(WhJournal *journal, const char *host, WhFamily family,
                            const WhRecordState *state)
{
    wh_record_state_copy(state, &stage(journal, 'r', host, family)->record);
}

static void fake_put_host(WhJournal *journal, const char *host, const WhHostState *state)
{
    wh_host_state_copy(state, &stage(journal, 'h', host, 0)->host);
}

static void fake_put_account(WhJournal *journal, const char *account, const WhHalt *halt)
{
    wh_halt_copy(halt, &stage(journal, 'a', account, 0)->halt);
}

static void fake_put_provider(WhJournal *journal, const char *provider, const WhHalt *halt)
{
    wh_halt_copy(halt, &stage(journal, 'p', provider, 0)->halt);
}

static void fake_put_event(WhJournal *journal, WhEvent *event)
{
    World *world = world_of_journal(journal);
    g_assert_true(world->is_open);
    event->id = ++world->last_event;
}

static gboolean fake_commit(WhJournal *journal, gboolean flush)
{
    World *world = world_of_journal(journal);
    GHashTableIter iter;
    gpointer key, entry;
    g_assert_true(world->is_open);
    world->is_open = FALSE;
    world->n_commits++;
    world->n_flushes += flush ? 1 : 0;
    g_hash_table_iter_init(&iter, world->staged);
    while (g_hash_table_iter_next(&iter, &key, &entry)) {
        if (world->refuses)
            continue;
        g_hash_table_iter_steal(&iter);
        g_hash_table_insert(world->durable, key, entry);
    }
    g_hash_table_remove_all(world->staged);
    return !world->refuses;
}

void world_memory_init(World *world)
{
    world->journal = (WhJournal){.begin = fake_begin,
                                 .put_record = fake_put_record,
                                 .put_host = fake_put_host,
                                 .put_account = fake_put_account,
                                 .put_provider = fake_put_provider,
                                 .put_event = fake_put_event,
                                 .commit = fake_commit};
    world->staged = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_entry);
    world->durable = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_entry);
}

static Entry *remembered(World *world, char kind, const char *id, guint family)
{
    g_autofree char *key = g_strdup_printf("%c %s %u", kind, id, family);
    return g_hash_table_lookup(world->durable, key);
}

static void restore_host(World *world, const WhHost *host)
{
    const WhRecordState *records[WH_N_FAMILIES] = {NULL};
    Entry *own = remembered(world, 'h', host->id, 0);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        Entry *entry = remembered(world, 'r', host->id, i);
        records[i] = entry != NULL ? &entry->record : NULL;
    }
    wh_keeper_restore_host(world->keeper, host, own != NULL ? &own->host : NULL, records);
}

static void restore_account(World *world, const WhAccount *account)
{
    const WhManners *manners = g_hash_table_lookup(world->manners_of, account->id);
    Entry *own = remembered(world, 'a', account->id, 0);
    Entry *provider = remembered(world, 'p', account->provider, 0);
    wh_keeper_restore_account(world->keeper, account, manners, TRUE,
                              own != NULL ? &own->halt : NULL);
    wh_keeper_restore_provider(world->keeper, account->provider,
                               provider != NULL ? &provider->halt : NULL);
}

void world_memory_restore(World *world)
{
    for (guint i = 0; i < world->accounts->len; i++)
        restore_account(world, g_ptr_array_index(world->accounts, i));
    for (guint i = 0; i < world->hosts->len; i++)
        restore_host(world, g_ptr_array_index(world->hosts, i));
}
