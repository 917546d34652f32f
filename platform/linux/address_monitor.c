#include "platform/address_monitor.h"

#include "platform/linux/address_monitor_private.h"
#include "platform/linux/address_table.h"
#include "platform/linux/netlink_socket.h"
#include "platform/linux/way_lookup.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_BUFFER (32 * 1024)
#define DUMP_TRIES 4
#define RETRY_INTERVAL (1 * G_USEC_PER_SEC)
/* A flood of messages must not keep the rest of the service waiting; the loop comes back for more.
 */
#define DATAGRAMS_A_TURN 1000

#define NEVER (-1)

/* The source comes first: its memory lives until the last dispatch is over, so that the owner may
 * free the monitor inside the callback. */
struct WhAddressMonitor {
    GSource source;
    WhAddressMonitorFunc changed;
    gpointer data;
    WhAddressTable *table;
    WhAddressSnapshot snapshot;
    int fd; /* -1: polls */
    gpointer fd_tag;
    gint64 poll_interval;
    gint64 look_at; /* when everything is read anew, NEVER */
    guint stale;    /* WhAddressTableStale that could not be read anew yet */
    gboolean differs;
};

typedef struct {
    WhAddressTable *table;
    gint64 now;
} Load;

static gboolean message_load(const WhNetlinkMessage *message, gpointer data)
{
    Load *load = data;

    return wh_address_table_load(load->table, message, load->now);
}

static gboolean dump(WhAddressTable *table, guint16 type, guint8 family, gboolean *interrupted,
                     GError **error)
{
    Load load = {table, g_get_monotonic_time()};

    return wh_netlink_socket_dump(type, family, message_load, &load, interrupted, error);
}

/* A dump that a change interrupted is made again; the last one counts in any case, because a busy
 * system may interrupt for ever and its changes are heard of as well. */
static WhAddressTable *table_load(GError **error)
{
    g_autoptr(WhAddressTable) table = NULL;
    gboolean interrupted = TRUE;

    for (guint i = 0; interrupted && i < DUMP_TRIES; i++) {
        interrupted = FALSE;
        g_clear_pointer(&table, wh_address_table_free);
        table = wh_address_table_new(wh_interface_read_device);
        if (!dump(table, RTM_GETLINK, AF_UNSPEC, &interrupted, error) ||
            !dump(table, RTM_GETADDR, AF_UNSPEC, &interrupted, error))
            return NULL;
    }
    return g_steal_pointer(&table);
}

static gboolean ways_load(WhAddressTable *table, GError **error)
{
    g_autoptr(WhWayLookup) lookup = wh_way_lookup_new(error);

    if (lookup == NULL)
        return FALSE;
    if (wh_address_table_find_ways(table, wh_way_lookup_ask, lookup))
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                        "The system does not tell which way leads to the internet");
    return FALSE;
}

static void look_schedule(WhAddressMonitor *monitor)
{
    gint64 now = g_get_monotonic_time();

    if (monitor->stale != 0)
        monitor->look_at = now + RETRY_INTERVAL;
    else if (monitor->fd < 0)
        monitor->look_at = now + monitor->poll_interval;
    else
        monitor->look_at = NEVER;
    g_source_set_ready_time(&monitor->source, monitor->look_at);
}

static gboolean stale_load(WhAddressMonitor *monitor, GError **error)
{
    g_autoptr(WhAddressTable) table = NULL;

    if ((monitor->stale & WH_ADDRESS_TABLE_STALE_EVERYTHING) == 0)
        return ways_load(monitor->table, error);
    table = table_load(error);
    if (table == NULL || !ways_load(table, error))
        return FALSE;
    wh_address_table_free(monitor->table);
    monitor->table = g_steal_pointer(&table);
    return TRUE;
}

/* Reads anew what is stale and notes whether the snapshot differs. What cannot be read now is tried
 * again, and what was known stays: half a truth would look like a lost address. */
static void catch_up(WhAddressMonitor *monitor)
{
    g_autoptr(GError) error = NULL;

    if (monitor->stale == 0 || stale_load(monitor, &error)) {
        monitor->stale = 0;
        monitor->differs |= wh_address_table_update(monitor->table, &monitor->snapshot);
    } else {
        monitor->stale = WH_ADDRESS_TABLE_STALE_EVERYTHING;
        g_info("%s; trying again", error->message);
    }
    look_schedule(monitor);
}

static void give_up_listening(WhAddressMonitor *monitor)
{
    g_warning("The system stopped telling about address changes; looking every %d seconds instead",
              WH_ADDRESS_MONITOR_POLL_SECONDS);
    g_source_remove_unix_fd(&monitor->source, monitor->fd_tag);
    close(monitor->fd);
    monitor->fd = -1;
    monitor->stale |= WH_ADDRESS_TABLE_STALE_EVERYTHING;
}

static void drain(WhAddressMonitor *monitor)
{
    guint8 buffer[READ_BUFFER];
    WhNetlinkReceipt receipt = WH_NETLINK_RECEIVED;
    gint64 now = g_get_monotonic_time();

    for (guint i = 0; receipt != WH_NETLINK_EMPTY && i < DATAGRAMS_A_TURN; i++) {
        gsize length = 0;

        receipt = wh_netlink_socket_receive(monitor->fd, buffer, sizeof buffer, &length);
        if (receipt == WH_NETLINK_RECEIVED)
            monitor->stale |= wh_address_table_apply(monitor->table, buffer, length, now);
        else if (receipt == WH_NETLINK_LOST)
            monitor->stale |= WH_ADDRESS_TABLE_STALE_EVERYTHING;
        else if (receipt == WH_NETLINK_BROKEN) {
            give_up_listening(monitor);
            return;
        }
    }
}

static gboolean monitor_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhAddressMonitor *monitor = (WhAddressMonitor *)source;

    if (monitor->look_at != NEVER && g_get_monotonic_time() >= monitor->look_at)
        monitor->stale |= WH_ADDRESS_TABLE_STALE_EVERYTHING;
    if (monitor->fd >= 0)
        drain(monitor);
    catch_up(monitor);
    if (!monitor->differs)
        return G_SOURCE_CONTINUE;
    monitor->differs = FALSE;
    monitor->changed(monitor->data);
    return G_SOURCE_CONTINUE;
}

static void monitor_finalize(GSource *source)
{
    WhAddressMonitor *monitor = (WhAddressMonitor *)source;

    if (monitor->fd >= 0)
        close(monitor->fd);
    g_clear_pointer(&monitor->table, wh_address_table_free);
    g_clear_pointer(&monitor->snapshot.addresses, g_array_unref);
    g_clear_pointer(&monitor->snapshot.interfaces, g_array_unref);
}

WhAddressMonitor *wh_address_monitor_new(WhAddressMonitorFunc changed, gpointer data,
                                         GError **error)
{
    static GSourceFuncs funcs = {.dispatch = monitor_dispatch, .finalize = monitor_finalize};
    g_autoptr(GError) refusal = NULL;
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhAddressMonitor *monitor = (WhAddressMonitor *)g_source_new(&funcs, sizeof *monitor);

    monitor->changed = changed;
    monitor->data = data;
    monitor->poll_interval = WH_ADDRESS_MONITOR_POLL_SECONDS * G_USEC_PER_SEC;
    monitor->snapshot.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    monitor->snapshot.interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    /* Listening starts before the first look, so that no change falls between. */
    monitor->fd = wh_netlink_socket_subscribe(&refusal);
    monitor->table = table_load(error);
    if (monitor->table == NULL) {
        g_source_unref(&monitor->source);
        return NULL;
    }
    monitor->stale = WH_ADDRESS_TABLE_STALE_WAYS;
    catch_up(monitor);
    monitor->differs = FALSE;
    if (monitor->fd >= 0)
        monitor->fd_tag = g_source_add_unix_fd(&monitor->source, monitor->fd, G_IO_IN | G_IO_ERR);
    else
        g_message("%s; looking every %d seconds instead", refusal->message,
                  WH_ADDRESS_MONITOR_POLL_SECONDS);
    g_source_set_static_name(&monitor->source, "wh-address-monitor");
    g_source_attach(&monitor->source, context);
    return monitor;
}

void wh_address_monitor_free(WhAddressMonitor *monitor)
{
    if (monitor == NULL)
        return;
    g_source_destroy(&monitor->source);
    g_source_unref(&monitor->source);
}

const WhAddressSnapshot *wh_address_monitor_snapshot(WhAddressMonitor *monitor)
{
    return &monitor->snapshot;
}

void wh_address_monitor_refresh(WhAddressMonitor *monitor)
{
    monitor->stale |= WH_ADDRESS_TABLE_STALE_EVERYTHING;
    catch_up(monitor);
    /* The word itself comes with the next turn: nobody is called back from inside their own call.
     */
    if (monitor->differs)
        g_source_set_ready_time(&monitor->source, 0);
}

gboolean wh_address_monitor_is_instant(WhAddressMonitor *monitor)
{
    return monitor->fd >= 0;
}

int wh_address_monitor_peek_fd(WhAddressMonitor *monitor)
{
    return monitor->fd;
}

void wh_address_monitor_set_poll_interval(WhAddressMonitor *monitor, guint milliseconds)
{
    monitor->poll_interval = (gint64)milliseconds * 1000;
    look_schedule(monitor);
}
