#include "tests/contract/monitor_probe.h"

#include "tests/contract/helper.h"

#include <gio/gio.h>
#include <string.h>

void wh_probe_changed(gpointer data)
{
    WhProbe *probe = data;

    probe->count++;
    if (probe->free_inside)
        g_clear_pointer(&probe->monitor, wh_address_monitor_free);
}

void wh_probe_start(WhProbe *probe)
{
    g_autoptr(GError) error = NULL;

    *probe = (WhProbe){0};
    probe->monitor = wh_address_monitor_new(wh_probe_changed, probe, &error);
    g_assert_no_error(error);
}

void wh_probe_stop(WhProbe *probe)
{
    g_clear_pointer(&probe->monitor, wh_address_monitor_free);
}

static gboolean text_matches(const char *text, guint family, const guint8 *bytes)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(text);
    gsize size = g_inet_address_get_native_size(address);

    return size == (family == 4 ? 4 : 16) &&
           memcmp(g_inet_address_to_bytes(address), bytes, size) == 0;
}

const WhInterfaceAddress *wh_probe_find(WhProbe *probe, const char *address)
{
    const WhAddressSnapshot *snapshot = wh_address_monitor_snapshot(probe->monitor);

    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *entry =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);

        if (text_matches(address, entry->family, entry->bytes))
            return entry;
    }
    return NULL;
}

typedef struct {
    WhProbe *probe;
    const char *address;
    gboolean wanted;
    guint flag;
    guint family;
    guint interface;
} Condition;

static gboolean presence_holds(gpointer data)
{
    Condition *condition = data;

    return (wh_probe_find(condition->probe, condition->address) != NULL) == condition->wanted;
}

void wh_probe_until_there(WhProbe *probe, const char *address)
{
    Condition condition = {.probe = probe, .address = address, .wanted = TRUE};

    wh_helper_until(presence_holds, &condition);
}

void wh_probe_until_gone(WhProbe *probe, const char *address)
{
    Condition condition = {.probe = probe, .address = address, .wanted = FALSE};

    wh_helper_until(presence_holds, &condition);
}

static gboolean flag_holds(gpointer data)
{
    Condition *condition = data;
    const WhInterfaceAddress *entry = wh_probe_find(condition->probe, condition->address);

    return entry != NULL && ((entry->flags & condition->flag) != 0) == condition->wanted;
}

void wh_probe_until_flag(WhProbe *probe, const char *address, guint flag, gboolean set)
{
    Condition condition = {.probe = probe, .address = address, .wanted = set, .flag = flag};

    wh_helper_until(flag_holds, &condition);
}

static gboolean way_holds(const Condition *condition, const WhDefaultRoute *way)
{
    if (way->interface != condition->interface || way->has_gateway != (condition->address != NULL))
        return FALSE;
    return condition->address == NULL ||
           text_matches(condition->address, condition->family, way->gateway);
}

static gboolean route_holds(gpointer data)
{
    const Condition *condition = data;
    const WhAddressSnapshot *snapshot = wh_address_monitor_snapshot(condition->probe->monitor);

    return way_holds(condition, &snapshot->route[condition->family == 4 ? 0 : 1]);
}

static gboolean line_holds(gpointer data)
{
    const Condition *condition = data;
    const WhAddressSnapshot *snapshot = wh_address_monitor_snapshot(condition->probe->monitor);

    return way_holds(condition, &snapshot->line[condition->family == 4 ? 0 : 1]);
}

void wh_probe_until_route(WhProbe *probe, guint family, guint interface, const char *gateway)
{
    Condition condition = {
        .probe = probe, .address = gateway, .family = family, .interface = interface};

    wh_helper_until(route_holds, &condition);
}

void wh_probe_until_line(WhProbe *probe, guint family, guint interface, const char *gateway)
{
    Condition condition = {
        .probe = probe, .address = gateway, .family = family, .interface = interface};

    wh_helper_until(line_holds, &condition);
}
