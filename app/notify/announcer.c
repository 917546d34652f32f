#include "app/notify/announcer.h"

#include "app/client/requests.h"
#include "app/notify/announcer_batch.h"
#include "app/notify/announcer_memory.h"
#include "app/notify/announcer_private.h"
#include "app/notify/announcer_screen.h"
#include "app/notify/announcer_troubles.h"

#include <string.h>

#define HISTORY_EVENTS 500

/* A request under way outlives the announcer; announcer NULL: it is gone. */
typedef struct {
    WhAnnouncer *announcer;
} Handle;

/* ready: the service was there last time. greeted: the summary was due once. collecting: changes
 * are. shown: the ids in the message about what needs a person (TRUE) and about what is late, NULL
 * for none. first_live, last_live: ids of the events that came since the service is there, 0 for
 * none. stopped: the time of a test, 0 for the real one.
 */
struct WhAnnouncer {
    WhModel *model;
    WhAnnouncerScreen *screen;
    WhAnnouncerMemory *memory;
    WhAnnouncerTroubles *troubles;
    WhAnnouncerBatch *batch;
    Handle *handle;
    guint due;
    guint asking;
    gboolean ready;
    gboolean greeted;
    gboolean collecting;
    WhRulesMoment moment;
    char **shown[2];
    gint64 first_live;
    gint64 last_live;
    gint64 started; /* wall microseconds */
    gint64 stopped;
};

static gint64 now_of(WhAnnouncer *announcer)
{
    return announcer->stopped != 0 ? announcer->stopped : g_get_monotonic_time();
}

static const WhRulesSettings *settings(WhAnnouncer *announcer)
{
    return wh_announcer_memory_settings(announcer->memory);
}

static void withdraw(WhAnnouncer *announcer, const char *key)
{
    wh_announcer_screen_withdraw(announcer->screen, key);
}

static void tell_trouble(WhAnnouncer *announcer, gboolean attention, gint64 now)
{
    WhRulesMessage *(*rule)(const WhRulesTrouble *, guint, gint64, const char *const *,
                            const WhRulesSettings *) = attention ? wh_rules_needs : wh_rules_late;
    GArray *all = wh_announcer_troubles_all(announcer->troubles);
    const WhRulesTrouble *troubles = (WhRulesTrouble *)all->data;
    char ***shown = &announcer->shown[attention];
    g_autoptr(WhRulesMessage) message =
        rule(troubles, all->len, now, (const char *const *)*shown, settings(announcer));

    if (message != NULL) {
        wh_announcer_screen_show(announcer->screen, message);
        if (!attention && !message->only_replaces)
            withdraw(announcer, WH_RULES_KEY_RECOVERY);
        wh_announcer_troubles_tell(announcer->troubles, (const char *const *)message->about);
        g_strfreev(*shown);
        *shown = g_strdupv(message->about);
    } else if (!wh_rules_is_any_due(troubles, all->len, now, attention)) {
        withdraw(announcer, attention ? WH_RULES_KEY_NEEDS : WH_RULES_KEY_LATE);
        g_clear_pointer(shown, g_strfreev);
    }
}

static void tell_recovered(WhAnnouncer *announcer)
{
    GArray *over = wh_announcer_troubles_over(announcer->troubles);
    g_autoptr(WhRulesMessage) message =
        wh_rules_recovered((WhRulesTrouble *)over->data, over->len, settings(announcer));

    if (message != NULL)
        wh_announcer_screen_show(announcer->screen, message);
}

static void look_at_troubles(WhAnnouncer *announcer, gint64 now)
{
    wh_announcer_troubles_update(announcer->troubles, announcer->model, now);
    tell_trouble(announcer, TRUE, now);
    tell_trouble(announcer, FALSE, now);
    tell_recovered(announcer);
}

/* One message in the place of those about single names. */
static void fold(WhAnnouncer *announcer, GArray *changes, const char *key)
{
    for (guint i = 0; i < changes->len; i++) {
        g_autofree char *single =
            g_strconcat(WH_RULES_KEY_CHANGE, g_array_index(changes, WhRulesChange, i).host, NULL);

        if (strcmp(single, key) != 0)
            withdraw(announcer, single);
    }
}

static void tell_changes(WhAnnouncer *announcer, gint64 now)
{
    gboolean joins = wh_rules_joins(&announcer->moment);
    g_autoptr(GArray) changes = NULL;
    g_autoptr(WhRulesMessage) message = NULL;

    announcer->collecting = FALSE;
    wh_announcer_batch_take(announcer->batch, announcer->model, joins);
    changes = wh_announcer_batch_told(announcer->batch);
    message = wh_rules_changes((WhRulesChange *)changes->data, changes->len, settings(announcer));
    if (message != NULL) {
        wh_announcer_screen_show(announcer->screen, message);
        fold(announcer, changes, message->key);
        announcer->moment.told = now;
        announcer->moment.told_first = joins ? announcer->moment.told_first : now;
    }
    wh_announcer_memory_save(announcer->memory);
}

/* What is told and proven meanwhile says so, where it reads differently then. */
static void tell_proof(WhAnnouncer *announcer)
{
    g_autoptr(GArray) before = wh_announcer_batch_told(announcer->batch);
    g_autoptr(GArray) after = NULL;
    g_autoptr(WhRulesMessage) old = NULL;
    g_autoptr(WhRulesMessage) message = NULL;

    if (!wh_announcer_batch_prove(announcer->batch, announcer->model))
        return;
    after = wh_announcer_batch_told(announcer->batch);
    old = wh_rules_changes((WhRulesChange *)before->data, before->len, settings(announcer));
    message = wh_rules_proof((WhRulesChange *)after->data, after->len, settings(announcer));
    if (message != NULL &&
        (strcmp(old->title, message->title) != 0 || strcmp(old->body, message->body) != 0))
        wh_announcer_screen_show(announcer->screen, message);
}

static gint64 moment_ends(WhAnnouncer *announcer)
{
    return announcer->collecting
               ? wh_rules_moment_ends(&announcer->moment,
                                      wh_announcer_batch_is_updating(announcer->model))
               : G_MAXINT64;
}

static gboolean due_reached(gpointer data)
{
    WhAnnouncer *announcer = data;

    announcer->due = 0;
    wh_announcer_look(announcer, now_of(announcer));
    return G_SOURCE_REMOVE;
}

static void wake_when_due(WhAnnouncer *announcer, gint64 now)
{
    gint64 moment = moment_ends(announcer);
    gint64 trouble = wh_announcer_troubles_next(announcer->troubles, now);

    g_clear_handle_id(&announcer->due, g_source_remove);
    if (announcer->stopped != 0 || MIN(moment, trouble) == G_MAXINT64)
        return;
    if (moment <= trouble)
        announcer->due = g_timeout_add((guint)(MAX(moment - now, 0) / G_TIME_SPAN_MILLISECOND) + 1,
                                       due_reached, announcer);
    else
        announcer->due = g_timeout_add_seconds((guint)((trouble - now) / G_TIME_SPAN_SECOND) + 1,
                                               due_reached, announcer);
}

void wh_announcer_look(WhAnnouncer *announcer, gint64 now)
{
    if (announcer->stopped != 0)
        announcer->stopped = now;
    look_at_troubles(announcer, now);
    if (moment_ends(announcer) <= now)
        tell_changes(announcer, now);
    wake_when_due(announcer, now);
}

void wh_announcer_stop_clock(WhAnnouncer *announcer, gint64 now)
{
    announcer->stopped = now;
    wake_when_due(announcer, now);
}

gboolean wh_announcer_is_asking(WhAnnouncer *announcer)
{
    return announcer->asking > 0;
}

static void collect(WhAnnouncer *announcer, WhEventItem *item)
{
    gint64 now = now_of(announcer);

    if (!wh_announcer_batch_add(announcer->batch, item))
        return;
    if (!announcer->collecting)
        announcer->moment.first = now;
    announcer->collecting = TRUE;
    announcer->moment.last = now;
    wake_when_due(announcer, now);
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
        WhHostItem *host = wh_model_find_host(announcer->model, event.host);

        if (event.id <= seen || host == NULL)
            continue;
        event.name = wh_host_item_display_name(host);
        g_array_append_val(past, event);
    }
    message = wh_rules_summary((WhRulesEvent *)past->data, past->len, seen, g_get_real_time(),
                               settings(announcer));
    if (message != NULL)
        wh_announcer_screen_show(announcer->screen, message);
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

/* The event that tells of a change comes after this: what is collected is told with the next turn
 * of the loop at the earliest. */
static void changed(WhModel *model, gpointer data)
{
    WhAnnouncer *announcer = data;
    gboolean ready = wh_model_is_ready(model);
    gint64 now = now_of(announcer);

    if (ready && !announcer->ready) {
        wh_announcer_batch_learn(announcer->batch, model);
        ask_history(announcer);
    }
    announcer->ready = ready;
    look_at_troubles(announcer, now);
    if (ready)
        tell_proof(announcer);
    wake_when_due(announcer, now);
}

WhAnnouncer *wh_announcer_new(WhModel *model, const char *name, const char *desktop_entry,
                              const char *path, WhAnnouncerFunc acted, gpointer data)
{
    WhAnnouncer *announcer = g_new0(WhAnnouncer, 1);

    announcer->started = g_get_real_time();
    announcer->model = g_object_ref(model);
    announcer->screen = wh_announcer_screen_new(name, desktop_entry, acted, data);
    announcer->memory = wh_announcer_memory_new(path);
    announcer->troubles = wh_announcer_troubles_new(name);
    announcer->batch = wh_announcer_batch_new();
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
    g_clear_handle_id(&announcer->due, g_source_remove);
    announcer->handle->announcer = NULL;
    g_rc_box_release(announcer->handle);
    wh_announcer_memory_save(announcer->memory);
    wh_announcer_screen_free(announcer->screen);
    wh_announcer_memory_free(announcer->memory);
    wh_announcer_troubles_free(announcer->troubles);
    wh_announcer_batch_free(announcer->batch);
    g_strfreev(announcer->shown[FALSE]);
    g_strfreev(announcer->shown[TRUE]);
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
