#include "service/control/watch.h"

#include "service/control/rendition.h"
#include "service/control/view.h"

/* told_*: the ids, and the VPNs, that the watchers know. They all know the same ones: whoever joins
 * is told everything, after the others have heard the news. dirty_*: ids; dirty_whole: accounts
 * whose hosts are all dirty. */
struct WhWatch {
    const WhControlRooms *rooms;
    GPtrArray *watchers;
    guint timer;
    gboolean service_dirty;
    gboolean findings_dirty;
    gboolean verdict_dirty[WH_N_FAMILIES];
    GHashTable *dirty_accounts;
    GHashTable *dirty_whole;
    GHashTable *dirty_hosts;
    GHashTable *told_accounts;
    GHashTable *told_hosts;
    json_t *told_vpns;
    json_t *events;
};

static GHashTable *id_set(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

WhWatch *wh_watch_new(const WhControlRooms *rooms)
{
    WhWatch *watch = g_new0(WhWatch, 1);
    watch->rooms = rooms;
    watch->watchers = g_ptr_array_new();
    watch->dirty_accounts = id_set();
    watch->dirty_whole = id_set();
    watch->dirty_hosts = id_set();
    watch->told_accounts = id_set();
    watch->told_hosts = id_set();
    watch->events = json_array();
    return watch;
}

void wh_watch_free(WhWatch *watch)
{
    if (watch == NULL)
        return;
    wh_clock_remove_timer(watch->rooms->clock, &watch->timer);
    g_ptr_array_unref(watch->watchers);
    g_hash_table_unref(watch->dirty_accounts);
    g_hash_table_unref(watch->dirty_whole);
    g_hash_table_unref(watch->dirty_hosts);
    g_hash_table_unref(watch->told_accounts);
    g_hash_table_unref(watch->told_hosts);
    json_decref(watch->told_vpns);
    json_decref(watch->events);
    g_free(watch);
}

static void set_unless_empty(json_t *object, const char *name, json_t *array)
{
    if (json_array_size(array) > 0)
        json_object_set(object, name, array);
    json_decref(array);
}

/* Takes the ids that are not in `now` out of `told`, and returns them. */
static json_t *take_removed(GHashTable *told, GHashTable *now)
{
    json_t *removed = json_array();
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, told);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        if (g_hash_table_contains(now, id))
            continue;
        json_array_append_new(removed, json_string(id));
        g_hash_table_iter_remove(&iter);
    }
    return removed;
}

static void collect_accounts(WhWatch *watch, json_t *changes)
{
    g_autoptr(GHashTable) now = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *accounts = wh_accounts_list(watch->rooms->accounts);
    json_t *changed = json_array();
    for (guint i = 0; i < accounts->len; i++) {
        const WhAccount *account = accounts->pdata[i];
        g_hash_table_add(now, account->id);
        gboolean is_new = !g_hash_table_contains(watch->told_accounts, account->id);
        if (is_new)
            g_hash_table_add(watch->told_accounts, g_strdup(account->id));
        if (is_new || g_hash_table_contains(watch->dirty_accounts, account->id))
            json_array_append_new(changed, wh_view_account(watch->rooms, account));
    }
    set_unless_empty(changes, "accounts", changed);
    set_unless_empty(changes, "removed_accounts", take_removed(watch->told_accounts, now));
}

static void collect_hosts(WhWatch *watch, json_t *changes)
{
    g_autoptr(GHashTable) now = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *hosts = wh_accounts_hosts(watch->rooms->accounts);
    json_t *changed = json_array();
    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = hosts->pdata[i];
        g_hash_table_add(now, host->id);
        gboolean is_new = !g_hash_table_contains(watch->told_hosts, host->id);
        if (is_new)
            g_hash_table_add(watch->told_hosts, g_strdup(host->id));
        if (is_new || g_hash_table_contains(watch->dirty_hosts, host->id) ||
            g_hash_table_contains(watch->dirty_whole, host->account))
            json_array_append_new(changed, wh_view_host(watch->rooms, host));
    }
    set_unless_empty(changes, "hosts", changed);
    set_unless_empty(changes, "removed_hosts", take_removed(watch->told_hosts, now));
}

static void collect_verdicts(WhWatch *watch, json_t *changes)
{
    json_t *changed = json_array();
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        if (watch->verdict_dirty[family])
            json_array_append_new(
                changed, wh_view_verdict(wh_detector_verdict(watch->rooms->detector, family)));
    set_unless_empty(changes, "verdicts", changed);
}

/* They depend on what was decided and on where everything goes: it is looked at whenever anything
 * is told. */
static void collect_vpns(WhWatch *watch, json_t *changes)
{
    json_t *now = wh_view_vpns(watch->rooms);
    if (!json_equal(now, watch->told_vpns))
        json_object_set(changes, "vpns", now);
    json_decref(watch->told_vpns);
    watch->told_vpns = now;
}

static json_t *collect(WhWatch *watch)
{
    json_t *changes = json_object();
    if (watch->service_dirty)
        json_object_set_new(changes, "service", wh_view_service(watch->rooms));
    collect_verdicts(watch, changes);
    collect_accounts(watch, changes);
    collect_hosts(watch, changes);
    if (watch->findings_dirty)
        json_object_set_new(changes, "findings", wh_view_findings(watch->rooms));
    collect_vpns(watch, changes);
    set_unless_empty(changes, "events", json_incref(watch->events));
    return changes;
}

static void clean(WhWatch *watch)
{
    wh_clock_remove_timer(watch->rooms->clock, &watch->timer);
    watch->service_dirty = FALSE;
    watch->findings_dirty = FALSE;
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        watch->verdict_dirty[family] = FALSE;
    g_hash_table_remove_all(watch->dirty_accounts);
    g_hash_table_remove_all(watch->dirty_whole);
    g_hash_table_remove_all(watch->dirty_hosts);
    json_decref(watch->events);
    watch->events = json_array();
}

static WhRendition rendition_for(WhWatch *watch, const WhInvocation *watcher)
{
    return wh_rendition_for(watch->rooms, wh_connection_peer(watcher->connection));
}

/* Each rendition is made when somebody is there for it. From the end: a watcher that is dropped
 * while it is told takes itself out of the array. */
static void tell(WhWatch *watch, json_t *changes)
{
    json_t *renditions[WH_N_RENDITIONS] = {NULL};
    for (guint i = watch->watchers->len; i > 0; i--) {
        WhInvocation *watcher = watch->watchers->pdata[i - 1];
        WhRendition rendition = rendition_for(watch, watcher);
        if (renditions[rendition] == NULL)
            renditions[rendition] = wh_rendition_make(changes, rendition);
        wh_invocation_stream(watcher, renditions[rendition]);
    }
    for (WhRendition rendition = 0; rendition < WH_N_RENDITIONS; rendition++)
        json_decref(renditions[rendition]);
}

static void flush(WhWatch *watch)
{
    g_autoptr(json_t) changes = collect(watch);
    clean(watch);
    if (json_object_size(changes) == 0)
        return;
    tell(watch, changes);
}

static void flush_later(gpointer data)
{
    WhWatch *watch = data;
    watch->timer = 0;
    flush(watch);
}

/* Whether anybody is to be told; then it happens with the next turn of the loop. */
static gboolean schedule(WhWatch *watch)
{
    if (watch->watchers->len == 0)
        return FALSE;
    if (watch->timer == 0)
        watch->timer = wh_clock_add_timer(watch->rooms->clock, 0, flush_later, watch);
    return TRUE;
}

void wh_watch_add(WhWatch *watch, WhInvocation *invocation)
{
    flush(watch);
    /* What nobody reads is not kept for as long as a watch may last. */
    json_object_clear(invocation->call->parameters);
    g_autoptr(json_t) state = json_pack("{s:o}", "state", wh_view_state(watch->rooms));
    g_autoptr(json_t) shown = wh_rendition_make(state, rendition_for(watch, invocation));
    invocation->streaming = TRUE;
    wh_connection_set_streaming(invocation->connection);
    g_ptr_array_add(watch->watchers, invocation);
    wh_invocation_stream(invocation, shown);
}

void wh_watch_remove(WhWatch *watch, WhInvocation *invocation)
{
    g_ptr_array_remove(watch->watchers, invocation);
    if (watch->watchers->len == 0)
        clean(watch);
}

void wh_watch_host_changed(WhWatch *watch, const char *account, const char *host)
{
    if (!schedule(watch))
        return;
    if (host != NULL) {
        g_hash_table_add(watch->dirty_hosts, g_strdup(host));
        return;
    }
    g_hash_table_add(watch->dirty_accounts, g_strdup(account));
    g_hash_table_add(watch->dirty_whole, g_strdup(account));
}

void wh_watch_account_changed(WhWatch *watch, const char *account)
{
    if (schedule(watch))
        g_hash_table_add(watch->dirty_accounts, g_strdup(account));
}

void wh_watch_verdict_changed(WhWatch *watch, WhFamily family)
{
    if (schedule(watch))
        watch->verdict_dirty[family] = TRUE;
}

void wh_watch_service_changed(WhWatch *watch)
{
    if (schedule(watch))
        watch->service_dirty = TRUE;
}

void wh_watch_findings_changed(WhWatch *watch)
{
    if (schedule(watch))
        watch->findings_dirty = TRUE;
}

void wh_watch_everything_changed(WhWatch *watch)
{
    if (!schedule(watch))
        return;
    watch->service_dirty = TRUE;
    watch->findings_dirty = TRUE;
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        watch->verdict_dirty[family] = TRUE;
    const GPtrArray *accounts = wh_accounts_list(watch->rooms->accounts);
    for (guint i = 0; i < accounts->len; i++)
        wh_watch_host_changed(watch, ((WhAccount *)accounts->pdata[i])->id, NULL);
}

void wh_watch_lists_changed(WhWatch *watch)
{
    schedule(watch);
}

void wh_watch_event(WhWatch *watch, const WhEvent *event)
{
    if (schedule(watch))
        json_array_append_new(watch->events, wh_view_event(event));
}
