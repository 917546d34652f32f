#include "platform/windows/address_monitor_private.h"

#include "platform/windows/address_events.h"
#include "platform/windows/address_rows.h"

#define NEVER (-1)
#define AT_ONCE 0
#define RETRY_INTERVAL (1 * G_USEC_PER_SEC)
/* Between two looks that events ask for: a change comes as a burst of them. */
#define REST (G_USEC_PER_SEC / 10)
/* What is due shows only when the second is over. */
#define SLACK (1 * G_USEC_PER_SEC)
/* The first look at how a duplicate address detection ended; the next ones take twice as long. */
#define FIRST_PATIENCE (1 * G_USEC_PER_SEC)
#define LAST_PATIENCE (WH_ADDRESS_MONITOR_POLL_SECONDS * G_USEC_PER_SEC)

/* The source comes first: its memory lives until the last dispatch is over, so that the owner may
 * free the monitor inside the callback. */
struct WhAddressMonitor {
    GSource source;
    WhAddressMonitorFunc changed;
    gpointer data;
    WhAddressEvents *events; /* NULL: deaf */
    WhAddressSnapshot snapshot;
    gint64 poll_interval;
    gint64 looked_at;
    gint64 look_at;
    gint64 patience; /* with addresses that are tentative */
    gboolean failed; /* the last look */
    gboolean differs;
};

gboolean wh_address_monitor_is_instant(WhAddressMonitor *monitor)
{
    return monitor->events != NULL && wh_address_events_is_instant(monitor->events);
}

gboolean wh_address_monitor_polls(WhAddressMonitor *monitor)
{
    return monitor->events == NULL || !wh_address_events_is_complete(monitor->events);
}

static void wake_set(WhAddressMonitor *monitor)
{
    gint64 at = monitor->look_at == WH_LIFETIME_FOREVER ? NEVER : monitor->look_at;

    g_source_set_ready_time(&monitor->source, monitor->differs ? AT_ONCE : at);
}

/* The system may say nothing when an address gets usable or too old. */
static gint64 due(WhAddressMonitor *monitor)
{
    gint64 now = monitor->looked_at;
    gint64 end = wh_address_rows_next_end(&monitor->snapshot, now);

    if (end != WH_LIFETIME_FOREVER)
        end += SLACK;
    if (!wh_address_rows_have_tentative(&monitor->snapshot)) {
        monitor->patience = FIRST_PATIENCE;
        return end;
    }
    end = MIN(end, now + monitor->patience);
    monitor->patience = MIN(2 * monitor->patience, LAST_PATIENCE);
    return end;
}

static void look_schedule(WhAddressMonitor *monitor)
{
    monitor->look_at = due(monitor);
    if (monitor->failed)
        monitor->look_at = MIN(monitor->look_at, monitor->looked_at + RETRY_INTERVAL);
    if (wh_address_monitor_polls(monitor))
        monitor->look_at = MIN(monitor->look_at, monitor->looked_at + monitor->poll_interval);
    wake_set(monitor);
}

static gboolean snapshot_read(WhAddressMonitor *monitor, GError **error)
{
    g_auto(WhNetworkTables) tables = {0};
    WhAddressSnapshot read;

    if (!wh_network_tables_read(&tables, error))
        return FALSE;
    wh_address_rows_convert(&tables, monitor->looked_at, &read);
    monitor->differs |= wh_address_rows_differ(&read, &monitor->snapshot);
    g_array_unref(monitor->snapshot.addresses);
    g_array_unref(monitor->snapshot.interfaces);
    monitor->snapshot = read;
    return TRUE;
}

/* What was known stays when nothing can be read: half a truth would look like a lost address. What
 * the system does not tell of yet is asked for before the look, so that no change falls between. */
static gboolean look(WhAddressMonitor *monitor, GError **error)
{
    if (monitor->events != NULL)
        wh_address_events_complete(monitor->events);
    monitor->looked_at = g_get_monotonic_time();
    monitor->failed = !snapshot_read(monitor, error);
    look_schedule(monitor);
    return !monitor->failed;
}

static void look_again(WhAddressMonitor *monitor)
{
    g_autoptr(GError) error = NULL;

    if (!look(monitor, &error))
        g_info("%s; trying again", error->message);
}

static void heard(gpointer data)
{
    WhAddressMonitor *monitor = data;

    monitor->look_at = MIN(monitor->look_at, monitor->looked_at + REST);
    wake_set(monitor);
}

static gboolean monitor_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhAddressMonitor *monitor = (WhAddressMonitor *)source;

    if (g_get_monotonic_time() >= monitor->look_at)
        look_again(monitor);
    if (!monitor->differs)
        return G_SOURCE_CONTINUE;
    monitor->differs = FALSE;
    wake_set(monitor);
    monitor->changed(monitor->data);
    return G_SOURCE_CONTINUE;
}

static void monitor_finalize(GSource *source)
{
    WhAddressMonitor *monitor = (WhAddressMonitor *)source;

    g_array_unref(monitor->snapshot.addresses);
    g_array_unref(monitor->snapshot.interfaces);
}

/* A service that
 * starts together with the computer may come before what it asks: then looking goes on. */
static WhAddressMonitor *monitor_start(WhAddressMonitor *monitor)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    g_autoptr(GError) error = NULL;

    if (!look(monitor, &error))
        g_message("%s; trying again until they can", error->message);
    monitor->differs = FALSE;
    wake_set(monitor);
    g_source_attach(&monitor->source, context);
    if (!wh_address_monitor_is_instant(monitor))
        g_message("The system does not tell about address changes; looking every %d seconds "
                  "instead",
                  WH_ADDRESS_MONITOR_POLL_SECONDS);
    return monitor;
}

static WhAddressMonitor *monitor_make(WhAddressMonitorFunc changed, gpointer data)
{
    static GSourceFuncs funcs = {.dispatch = monitor_dispatch, .finalize = monitor_finalize};
    WhAddressMonitor *monitor = (WhAddressMonitor *)g_source_new(&funcs, sizeof *monitor);

    monitor->changed = changed;
    monitor->data = data;
    monitor->snapshot.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    monitor->snapshot.interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    monitor->poll_interval = WH_ADDRESS_MONITOR_POLL_SECONDS * G_USEC_PER_SEC;
    monitor->patience = FIRST_PATIENCE;
    g_source_set_static_name(&monitor->source, "wh-address-monitor");
    return monitor;
}

WhAddressMonitor *wh_address_monitor_new(WhAddressMonitorFunc changed, gpointer data,
                                         GError **error)
{
    WhAddressMonitor *monitor = monitor_make(changed, data);

    monitor->events = wh_address_events_new(heard, monitor);
    return monitor_start(monitor);
}

WhAddressMonitor *wh_address_monitor_new_deaf(WhAddressMonitorFunc changed, gpointer data,
                                              GError **error)
{
    return monitor_start(monitor_make(changed, data));
}

void wh_address_monitor_free(WhAddressMonitor *monitor)
{
    if (monitor == NULL)
        return;
    g_clear_pointer(&monitor->events, wh_address_events_free);
    g_source_destroy(&monitor->source);
    g_source_unref(&monitor->source);
}

const WhAddressSnapshot *wh_address_monitor_snapshot(WhAddressMonitor *monitor)
{
    return &monitor->snapshot;
}

/* The word itself comes with the next turn: nobody is called back from inside their own call. */
void wh_address_monitor_refresh(WhAddressMonitor *monitor)
{
    look_again(monitor);
}

void wh_address_monitor_set_poll_interval(WhAddressMonitor *monitor, guint milliseconds)
{
    monitor->poll_interval = (gint64)milliseconds * 1000;
    look_schedule(monitor);
}
