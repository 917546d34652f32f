#include "tests/unit/test_keeper_world.h"

#include <string.h>

typedef struct {
    guint64 handle;
    char *text;
    guint n_items;
    const WhUpdate *update;
    WhUpdateDone done;
    WhWitnessesDone told;
    gpointer data;
    gint64 at;
    gboolean open;
} Errand;

static void free_errand(gpointer data)
{
    Errand *errand = data;
    g_free(errand->text);
    g_free(errand);
}

static World *world_of_publisher(WhPublisher *publisher)
{
    return (World *)(gpointer)((char *)publisher - G_STRUCT_OFFSET(World, publisher));
}

static World *world_of_witnesses(WhWitnesses *witnesses)
{
    return (World *)(gpointer)((char *)witnesses - G_STRUCT_OFFSET(World, witnesses));
}

static char *describe(const WhUpdate *update)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < update->n_items; i++) {
        const WhUpdateItem *item = &update->items[i];
        const char *separator = "=";
        g_string_append_printf(text, "%s%s", i == 0 ? "" : " ", item->host->id);
        for (guint family = 0; family < WH_N_FAMILIES; family++) {
            char address[WH_ADDRESS_STRLEN];
            if (!item->has[family])
                continue;
            g_string_append(text, separator);
            g_string_append(text, wh_address_format(&item->address[family], address));
            separator = ",";
        }
    }
    return g_string_free(text, FALSE);
}

static guint64 fake_publish(WhPublisher *publisher, const WhUpdate *update, WhUpdateDone done,
                            gpointer data)
{
    World *world = world_of_publisher(publisher);
    Errand *errand = g_new0(Errand, 1);
    g_assert_false(world->is_open);
    errand->handle = ++world->last_handle;
    errand->text = describe(update);
    errand->n_items = (guint)update->n_items;
    errand->update = update;
    errand->done = done;
    errand->data = data;
    errand->at = wh_clock_wall(wh_fake_clock_clock(world->fake));
    errand->open = TRUE;
    g_ptr_array_add(world->requests, errand);
    return errand->handle;
}

static void close_errand(GPtrArray *errands, guint64 handle)
{
    for (guint i = 0; i < errands->len; i++) {
        Errand *errand = g_ptr_array_index(errands, i);
        if (errand->handle == handle && errand->open) {
            errand->open = FALSE;
            return;
        }
    }
    g_assert_not_reached();
}

static void fake_cancel_update(WhPublisher *publisher, guint64 handle)
{
    close_errand(world_of_publisher(publisher)->requests, handle);
}

static guint64 fake_ask(WhWitnesses *witnesses, const char *name, WhFamily family,
                        WhWitnessesDone done, gpointer data)
{
    World *world = world_of_witnesses(witnesses);
    Errand *errand = g_new0(Errand, 1);
    errand->handle = ++world->last_handle;
    errand->text = g_strdup_printf("%s %s", name, wh_family_record_type(family));
    errand->told = done;
    errand->data = data;
    errand->open = TRUE;
    g_ptr_array_add(world->questions, errand);
    return errand->handle;
}

static void fake_cancel_question(WhWitnesses *witnesses, guint64 handle)
{
    close_errand(world_of_witnesses(witnesses)->questions, handle);
}

static char *aim_key(const char *host, WhFamily family)
{
    return g_strdup_printf("%s %s", host, wh_family_record_type(family));
}

static WhAim fake_aim(WhAimer *aimer, const WhHost *host, WhFamily family, const WhAddress *last)
{
    World *world = (World *)(gpointer)((char *)aimer - G_STRUCT_OFFSET(World, aimer));
    g_autofree char *key = aim_key(host->id, family);
    const WhAim *own = g_hash_table_lookup(world->own_aims, key);
    char text[WH_ADDRESS_STRLEN];
    if (world->notes_lasts && host->wants[family])
        g_string_append_printf(world->lasts, "%s=%s ", host->id,
                               last != NULL ? wh_address_format(last, text) : "-");
    return own != NULL ? *own : world->aims[family];
}

static void on_changed(const char *account, const char *host, gpointer data)
{
    World *world = data;
    g_string_append_printf(world->changes, "%s/%s ", account, host != NULL ? host : "*");
}

static void on_event(const WhEvent *event, gpointer data)
{
    World *world = data;
    g_assert_false(world->is_open);
    g_assert_cmpint(event->id, >, 0);
    if (world->events->len > 0)
        g_string_append_c(world->events, ' ');
    g_string_append(world->events, wh_event_kind_name(event->kind));
    if (event->host != NULL)
        g_string_append_printf(world->events, ":%s", event->host);
    if (event->has_result)
        g_string_append_printf(world->events, ":%s", wh_result_class_name(event->result));
}

static void make_keeper(World *world)
{
    const WhKeeperListener listener = {.changed = on_changed, .event = on_event};
    world->keeper =
        wh_keeper_new(wh_fake_clock_clock(world->fake), &world->publisher, &world->witnesses,
                      &world->journal, &world->aimer, &listener, world);
}

World *world_new(void)
{
    World *world = g_new0(World, 1);
    world->publisher = (WhPublisher){.publish = fake_publish, .cancel = fake_cancel_update};
    world->witnesses = (WhWitnesses){.ask = fake_ask, .cancel = fake_cancel_question};
    world->aimer = (WhAimer){.aim = fake_aim};
    world->own_aims = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    world->lasts = g_string_new(NULL);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        world->aims[i] = wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    world_memory_init(world);
    world->fake = wh_fake_clock_new();
    wh_fake_clock_set_random(world->fake, 0);
    world->manners = wh_manners_default();
    world->requests = g_ptr_array_new_with_free_func(free_errand);
    world->questions = g_ptr_array_new_with_free_func(free_errand);
    world->events = g_string_new(NULL);
    world->changes = g_string_new(NULL);
    world->accounts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_account_free);
    world->manners_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    world->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)wh_host_free);
    make_keeper(world);
    return world;
}

void world_free(World *world)
{
    wh_keeper_free(world->keeper);
    g_assert_cmpuint(world_n_open(world), ==, 0);
    g_assert_cmpuint(world_n_asked(world), ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(world->fake), ==, 0);
    wh_fake_clock_free(world->fake);
    g_ptr_array_unref(world->requests);
    g_ptr_array_unref(world->questions);
    g_string_free(world->events, TRUE);
    g_string_free(world->changes, TRUE);
    g_ptr_array_unref(world->accounts);
    g_hash_table_unref(world->manners_of);
    g_ptr_array_unref(world->hosts);
    g_hash_table_unref(world->own_aims);
    g_string_free(world->lasts, TRUE);
    g_hash_table_unref(world->staged);
    g_hash_table_unref(world->durable);
    g_free(world);
}

World *world_new_home(void)
{
    World *world = world_new();
    world_add_account(world, "dns", "rfc2136");
    world_add_host(world, "home", "dns", "4");
    return world;
}

World *world_new_acknowledged(void)
{
    World *world = world_new_home();
    world_move(world, A1);
    world_answer(world, WH_RESULT_CHANGED);
    g_free(world_events(world));
    g_free(world_sent(world));
    return world;
}

World *world_new_proven(void)
{
    World *world = world_new_acknowledged();
    world_wait_for_question(world);
    world_testify(world, A1);
    g_free(world_events(world));
    return world;
}

void world_restart(World *world)
{
    guint n_commits = world->n_commits;
    gsize n_events = world->events->len;
    wh_keeper_free(world->keeper);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        world->aims[i] = wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    g_hash_table_remove_all(world->own_aims);
    make_keeper(world);
    world_memory_restore(world);
    g_assert_cmpuint(world->n_commits, ==, n_commits);
    g_assert_cmpuint(world->events->len, ==, n_events);
}

void world_add_account(World *world, const char *id, const char *provider)
{
    WhAccount *account = wh_account_new(id, provider, id);
    g_ptr_array_add(world->accounts, account);
    g_hash_table_replace(world->manners_of, g_strdup(id),
                         g_memdup2(&world->manners, sizeof world->manners));
    wh_keeper_set_account(world->keeper, account, &world->manners, TRUE);
}

void world_add_host(World *world, const char *id, const char *account, const char *wants)
{
    g_autofree char *name = g_strconcat(id, ".example.org", NULL);
    WhHost *host = wh_host_new(id, account, name);
    host->wants[WH_FAMILY_IPV4] = strchr(wants, '4') != NULL;
    host->wants[WH_FAMILY_IPV6] = strchr(wants, '6') != NULL;
    g_ptr_array_add(world->hosts, host);
    wh_keeper_set_host(world->keeper, host);
}

static WhAim aim_from(const char *text)
{
    WhAddress address;
    for (WhAimReason why = WH_AIM_NO_LAN_ADDRESS; text != NULL && why < WH_N_AIM_REASONS; why++) {
        if (g_str_equal(text, wh_aim_reason_name(why)))
            return wh_aim_nowhere(why);
    }
    if (text == NULL)
        return wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    g_assert_true(wh_address_parse(text, &address));
    return wh_aim_at(&address);
}

void world_address(World *world, WhFamily family, const char *text)
{
    world->aims[family] = aim_from(text);
    wh_keeper_look(world->keeper);
}

void world_aim(World *world, const char *host, WhFamily family, const char *text)
{
    WhAim aim = aim_from(text);
    g_hash_table_replace(world->own_aims, aim_key(host, family), g_memdup2(&aim, sizeof aim));
    wh_keeper_look(world->keeper);
}

void world_move(World *world, const char *address)
{
    world_address(world, WH_FAMILY_IPV4, address);
    world_turn(world);
}

void world_turn(World *world)
{
    wh_fake_clock_advance(world->fake, 0);
}

void world_advance(World *world, gint64 microseconds)
{
    wh_fake_clock_advance(world->fake, microseconds);
}

char *world_sent(World *world)
{
    GString *text = g_string_new(NULL);
    for (; world->n_told < world->requests->len; world->n_told++) {
        const Errand *errand = g_ptr_array_index(world->requests, world->n_told);
        g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", errand->text);
    }
    return g_string_free(text, FALSE);
}

static guint count_open(const GPtrArray *errands)
{
    guint n = 0;
    for (guint i = 0; i < errands->len; i++)
        n += ((const Errand *)g_ptr_array_index(errands, i))->open;
    return n;
}

static Errand *take_open(GPtrArray *errands, guint index)
{
    for (guint i = 0; i < errands->len; i++) {
        Errand *errand = g_ptr_array_index(errands, i);
        if (errand->open && index-- == 0) {
            errand->open = FALSE;
            return errand;
        }
    }
    g_error("nothing is open");
}

guint world_n_open(World *world)
{
    return count_open(world->requests);
}

static void report(World *world, Errand *errand, const WhOutcome *const *outcomes, guint n,
                   gint64 sent, gint64 answered)
{
    WhUpdateReport answer = {
        .outcomes = outcomes, .n_outcomes = n, .sent = sent, .answered = answered};
    /* What was handed out must still be there. */
    g_autofree char *text = describe(errand->update);
    g_assert_cmpstr(text, ==, errand->text);
    errand->done(&answer, errand->data);
    world_turn(world);
}

static void answer_all(World *world, Errand *errand, WhResultClass result, gint64 retry_after,
                       gboolean left)
{
    g_autoptr(WhOutcome) outcome = wh_outcome_new(result, "words");
    g_autofree const WhOutcome **outcomes = g_new0(const WhOutcome *, errand->n_items);
    gint64 sent = left ? errand->at : 0;
    gint64 answered = result == WH_RESULT_NO_ANSWER ? 0 : errand->at + WH_SECOND;
    outcome->retry_after = retry_after;
    for (guint i = 0; i < errand->n_items; i++)
        outcomes[i] = outcome;
    report(world, errand, outcomes, errand->n_items, sent, answered);
}

void world_answer_at(World *world, guint index, WhResultClass result, gint64 retry_after)
{
    answer_all(world, take_open(world->requests, index), result, retry_after, TRUE);
}

void world_answer(World *world, WhResultClass result)
{
    world_answer_at(world, 0, result, 0);
}

void world_answer_nothing_left(World *world)
{
    answer_all(world, take_open(world->requests, 0), WH_RESULT_NO_ANSWER, 0, FALSE);
}

void world_answer_each(World *world, const WhResultClass *results, guint n_results)
{
    Errand *errand = take_open(world->requests, 0);
    g_autoptr(GPtrArray) outcomes = g_ptr_array_new_with_free_func((GDestroyNotify)wh_outcome_free);
    for (guint i = 0; i < n_results; i++)
        g_ptr_array_add(outcomes, wh_outcome_new(results[i], "words"));
    report(world, errand, (const WhOutcome *const *)(gpointer)outcomes->pdata, n_results,
           errand->at, errand->at + WH_SECOND);
}

guint world_n_asked(World *world)
{
    return count_open(world->questions);
}

static WhWitness *witness_from(const char *word)
{
    WhWitnessKind kind = WH_WITNESS_ANSWERED;
    WhAddress address;
    WhWitness *witness;
    if (g_str_equal(word, "silent"))
        kind = WH_WITNESS_UNREACHABLE;
    else if (g_str_equal(word, "noauth"))
        kind = WH_WITNESS_NO_AUTHORITY;
    else if (g_str_equal(word, "alias"))
        kind = WH_WITNESS_ALIASED;
    witness = wh_witness_new("ns.example.org", "198.51.100.53", kind);
    witness->ttl = 60;
    if (wh_address_parse(word, &address))
        g_array_append_val(witness->addresses, address);
    return witness;
}

void world_testify(World *world, const char *servers)
{
    Errand *errand = take_open(world->questions, 0);
    g_autoptr(GPtrArray) witnesses =
        g_ptr_array_new_with_free_func((GDestroyNotify)wh_witness_free);
    g_auto(GStrv) words = g_strsplit(servers, " ", -1);
    gboolean found = !g_str_equal(servers, "nozone");
    for (guint i = 0; found && words[i] != NULL; i++)
        g_ptr_array_add(witnesses, witness_from(words[i]));
    errand->told(found ? "example.org" : NULL, witnesses, errand->data);
    world_turn(world);
}

void world_wait_for_question(World *world)
{
    while (world_n_asked(world) == 0)
        g_assert_true(wh_fake_clock_advance_to_next(world->fake));
}

char *world_events(World *world)
{
    char *text = g_strdup(world->events->str);
    g_string_truncate(world->events, 0);
    return text;
}

static WhFamily family_of(World *world, const char *host)
{
    WhRecordView view;
    return wh_keeper_view(world->keeper, host, WH_FAMILY_IPV4, &view) ? WH_FAMILY_IPV4
                                                                      : WH_FAMILY_IPV6;
}

WhRecordView world_view(World *world, const char *host)
{
    WhRecordView view;
    g_assert_true(wh_keeper_view(world->keeper, host, family_of(world, host), &view));
    return view;
}
