#include "app/notify/announcer.h"

#include "app/client/requests.h"
#include "app/notify/announcer_batch.h"
#include "app/notify/announcer_memory.h"
#include "app/notify/announcer_private.h"
#include "app/notify/announcer_troubles.h"

#include <glib/gi18n.h>
#include <string.h>

/* Both addresses of a change come within this time, as do all names of an account. */
#define MOMENT_MILLISECONDS 300
#define HISTORY_EVENTS 500

/* What a click on a message is about. */
typedef struct {
    char *host;
    char *copy;
} Offer;

/* A request under way outlives the announcer; announcer NULL: it is gone. */
typedef struct {
    WhAnnouncer *announcer;
} Handle;

/* offers: key of a message -> Offer. ready: the service was there last time. greeted: the summary
 * was due once. first_live, last_live: ids of the events that came since it is there, 0 for none.
 */
struct WhAnnouncer {
    WhModel *model;
    WhNotifier *notifier;
    WhAnnouncerMemory *memory;
    WhAnnouncerTroubles *troubles;
    WhAnnouncerBatch *batch;
    WhAnnouncerFunc acted;
    gpointer data;
    GHashTable *offers;
    Handle *handle;
    guint moment;
    guint due;
    guint asking;
    gboolean ready;
    gboolean greeted;
    gint64 first_live;
    gint64 last_live;
    gint64 started; /* wall microseconds */
};

static void offer_free(gpointer data)
{
    Offer *offer = data;

    g_free(offer->host);
    g_free(offer->copy);
    g_free(offer);
}

static void pressed(const char *key, const char *action, gpointer data)
{
    WhAnnouncer *announcer = data;
    Offer *offer = g_hash_table_lookup(announcer->offers, key);
    g_autofree char *host = g_strdup(offer != NULL ? offer->host : NULL);
    g_autofree char *copy = g_strdup(offer != NULL ? offer->copy : NULL);

    if (strcmp(action, "copy") == 0 && copy != NULL)
        announcer->acted(WH_ANNOUNCER_COPY, host, copy, announcer->data);
    else if (strcmp(action, "default") == 0)
        announcer->acted(WH_ANNOUNCER_OPEN, host, NULL, announcer->data);
}

static void show(WhAnnouncer *announcer, const WhRulesMessage *message)
{
    WhNotifierAction actions[] = {{"default", _("Open")}, {"copy", message->copy_label}};
    WhNotifierMessage shown = {.key = message->key,
                               .title = message->title,
                               .body = message->body,
                               .icon = message->icon,
                               .urgency = message->urgency,
                               .actions = actions,
                               .n_actions = message->copy != NULL ? 2 : 1};
    Offer *offer = g_new0(Offer, 1);

    offer->host = g_strdup(message->host);
    offer->copy = g_strdup(message->copy);
    g_hash_table_replace(announcer->offers, g_strdup(message->key), offer);
    wh_notifier_show(announcer->notifier, &shown);
}

static void withdraw(WhAnnouncer *announcer, const char *key)
{
    if (g_hash_table_remove(announcer->offers, key))
        wh_notifier_withdraw(announcer->notifier, key);
}

static const WhRulesSettings *settings(WhAnnouncer *announcer)
{
    return wh_announcer_memory_settings(announcer->memory);
}

static void tell_needs(WhAnnouncer *announcer, GArray *all, gint64 now)
{
    g_autoptr(WhRulesMessage) message =
        wh_rules_needs((WhRulesTrouble *)all->data, all->len, now, settings(announcer));

    if (message != NULL) {
        show(announcer, message);
        wh_announcer_troubles_tell(announcer->troubles, TRUE, now);
    } else if (!wh_announcer_troubles_is_told(announcer->troubles, TRUE)) {
        withdraw(announcer, WH_RULES_KEY_NEEDS);
    }
}

/* That it is over takes the place of what was told, which would otherwise be taken back. */
static void tell_late(WhAnnouncer *announcer, GArray *all, gint64 now)
{
    GArray *over = wh_announcer_troubles_over(announcer->troubles);
    g_autoptr(WhRulesMessage) late =
        wh_rules_late((WhRulesTrouble *)all->data, all->len, now, settings(announcer));
    g_autoptr(WhRulesMessage) recovered =
        wh_rules_recovered((WhRulesTrouble *)over->data, over->len, settings(announcer));

    if (late != NULL) {
        show(announcer, late);
        wh_announcer_troubles_tell(announcer->troubles, FALSE, now);
    } else if (!wh_announcer_troubles_is_told(announcer->troubles, FALSE)) {
        withdraw(announcer, WH_RULES_KEY_LATE);
    }
    if (recovered != NULL)
        show(announcer, recovered);
}

static gboolean due_reached(gpointer data)
{
    WhAnnouncer *announcer = data;

    announcer->due = 0;
    wh_announcer_look(announcer, g_get_monotonic_time());
    return G_SOURCE_REMOVE;
}

static void wake_when_due(WhAnnouncer *announcer, gint64 now)
{
    gint64 next = wh_announcer_troubles_next(announcer->troubles, now);

    g_clear_handle_id(&announcer->due, g_source_remove);
    if (next != G_MAXINT64)
        announcer->due = g_timeout_add_seconds((guint)((next - now) / G_TIME_SPAN_SECOND) + 1,
                                               due_reached, announcer);
}

void wh_announcer_look(WhAnnouncer *announcer, gint64 now)
{
    GArray *all;

    wh_announcer_troubles_update(announcer->troubles, announcer->model, now);
    all = wh_announcer_troubles_all(announcer->troubles);
    tell_needs(announcer, all, now);
    tell_late(announcer, all, now);
    wake_when_due(announcer, now);
}

gboolean wh_announcer_is_busy(WhAnnouncer *announcer)
{
    return announcer->moment != 0 || announcer->asking > 0;
}

static void tell_changes(WhAnnouncer *announcer)
{
    g_autoptr(GArray) changes = wh_announcer_batch_take(announcer->batch, announcer->model);
    g_autoptr(WhRulesMessage) message =
        wh_rules_changes((WhRulesChange *)changes->data, changes->len, settings(announcer));

    if (message != NULL)
        show(announcer, message);
    wh_announcer_memory_save(announcer->memory);
}

static gboolean moment_is_over(gpointer data)
{
    WhAnnouncer *announcer = data;

    announcer->moment = 0;
    tell_changes(announcer);
    return G_SOURCE_REMOVE;
}

static void collect(WhAnnouncer *announcer, WhEventItem *item)
{
    wh_announcer_batch_add(announcer->batch, item);
    if (announcer->moment == 0)
        announcer->moment = g_timeout_add(MOMENT_MILLISECONDS, moment_is_over, announcer);
}

static void happened(WhModel *model, WhEventItem *item, gpointer data)
{
    WhAnnouncer *announcer = data;
    gint64 id = wh_event_item_id(item);

    if (announcer->first_live == 0)
        announcer->first_live = id;
    announcer->last_live = id;
    /* While the past is being asked for, what came meanwhile is not yet "seen". */
    if (announcer->asking == 0) {
        if (id <= wh_announcer_memory_seen(announcer->memory))
            return;
        wh_announcer_memory_set_seen(announcer->memory, id);
    }
    collect(announcer, item);
}

/* Of events that were missed and are not in `batch` anyway, newest first. */
static void tell_past(WhAnnouncer *announcer, GPtrArray *events)
{
    gint64 seen = wh_announcer_memory_seen(announcer->memory);
    g_autoptr(GArray) past = g_array_new(FALSE, TRUE, sizeof(WhRulesEvent));
    g_autoptr(WhRulesMessage) message = NULL;

    for (guint i = 0; i < events->len; i++) {
        WhEventItem *item = g_ptr_array_index(events, i);
        WhRulesEvent event = wh_announcer_batch_event(item);

        if (event.id > seen && wh_model_find_host(announcer->model, event.host) != NULL)
            g_array_append_val(past, event);
    }
    message = wh_rules_summary((WhRulesEvent *)past->data, past->len, seen, g_get_real_time(),
                               settings(announcer));
    if (message != NULL)
        show(announcer, message);
}

/* For a person who was never here everything before this start is old. */
static gboolean is_missed(WhAnnouncer *announcer, WhEventItem *item)
{
    gint64 seen = wh_announcer_memory_seen(announcer->memory);

    return seen < 0 ? wh_event_item_at(item) >= announcer->started : wh_event_item_id(item) > seen;
}

/* After a gap in between, or a first start, what was missed is news like any other. */
static void tell_missed(WhAnnouncer *announcer, GPtrArray *events)
{

    for (guint i = events->len; i > 0; i--) {
        WhEventItem *item = g_ptr_array_index(events, i - 1);

        if (is_missed(announcer, item))
            collect(announcer, item);
    }
}

/* Without those that came as they happened. A history that is behind what was seen is another one:
 * nothing in it is news. */
static void take_history(WhAnnouncer *announcer, GPtrArray *events)
{
    gint64 seen = wh_announcer_memory_seen(announcer->memory);
    gint64 newest = events->len > 0 ? wh_event_item_id(g_ptr_array_index(events, 0)) : 0;
    gboolean greeted = announcer->greeted;

    announcer->greeted = TRUE;
    while (announcer->first_live != 0 && events->len > 0 &&
           wh_event_item_id(g_ptr_array_index(events, 0)) >= announcer->first_live)
        g_ptr_array_remove_index(events, 0);
    if (seen <= newest && (greeted || seen < 0))
        tell_missed(announcer, events);
    else if (seen <= newest)
        tell_past(announcer, events);
    wh_announcer_memory_set_seen(announcer->memory, MAX(newest, announcer->last_live));
    wh_announcer_memory_save(announcer->memory);
}

static void history_came(GObject *source, GAsyncResult *result, gpointer data)
{
    Handle *handle = data;
    WhAnnouncer *announcer = handle->announcer;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) events =
        wh_announcer_batch_finish_history(WH_LINK(source), result, &error);

    g_rc_box_release(handle);
    if (announcer == NULL)
        return;
    announcer->asking--;
    if (events != NULL)
        take_history(announcer, events);
    else
        g_info("What happened before is not known: %s", error->message);
}

static void ask_history(WhAnnouncer *announcer)
{
    announcer->asking++;
    announcer->first_live = 0;
    announcer->last_live = 0;
    wh_requests_history(wh_model_link(announcer->model), NULL, 0, HISTORY_EVENTS, history_came,
                        g_rc_box_acquire(announcer->handle));
}

static void changed(WhModel *model, gpointer data)
{
    WhAnnouncer *announcer = data;
    gboolean ready = wh_model_is_ready(model);

    if (ready && !announcer->ready) {
        wh_announcer_batch_learn(announcer->batch, model);
        ask_history(announcer);
    }
    announcer->ready = ready;
    wh_announcer_look(announcer, g_get_monotonic_time());
}

WhAnnouncer *wh_announcer_new(WhModel *model, const char *name, const char *desktop_entry,
                              const char *path, WhAnnouncerFunc acted, gpointer data)
{
    WhAnnouncer *announcer = g_new0(WhAnnouncer, 1);

    announcer->started = g_get_real_time();
    announcer->model = g_object_ref(model);
    announcer->notifier = wh_notifier_new(name, desktop_entry, pressed, announcer);
    announcer->memory = wh_announcer_memory_new(path);
    announcer->troubles = wh_announcer_troubles_new(name);
    announcer->batch = wh_announcer_batch_new();
    announcer->acted = acted;
    announcer->data = data;
    announcer->offers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, offer_free);
    announcer->handle = g_rc_box_new0(Handle);
    announcer->handle->announcer = announcer;
    g_signal_connect(model, "event", G_CALLBACK(happened), announcer);
    g_signal_connect(model, "changed", G_CALLBACK(changed), announcer);
    changed(model, announcer);
    return announcer;
}

void wh_announcer_free(WhAnnouncer *announcer)
{
    if (announcer == NULL)
        return;
    g_signal_handlers_disconnect_by_data(announcer->model, announcer);
    g_clear_handle_id(&announcer->moment, g_source_remove);
    g_clear_handle_id(&announcer->due, g_source_remove);
    announcer->handle->announcer = NULL;
    g_rc_box_release(announcer->handle);
    wh_announcer_memory_save(announcer->memory);
    wh_notifier_free(announcer->notifier);
    wh_announcer_memory_free(announcer->memory);
    wh_announcer_troubles_free(announcer->troubles);
    wh_announcer_batch_free(announcer->batch);
    g_hash_table_unref(announcer->offers);
    g_object_unref(announcer->model);
    g_free(announcer);
}

gboolean wh_announcer_is_enabled(WhAnnouncer *announcer, WhRulesKind kind)
{
    return !settings(announcer)->off[kind];
}

void wh_announcer_set_enabled(WhAnnouncer *announcer, WhRulesKind kind, gboolean enabled)
{
    wh_announcer_memory_set_off(announcer->memory, kind, !enabled);
    wh_announcer_memory_save(announcer->memory);
}
