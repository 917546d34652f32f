#include "platform/fake/bell.h"
#include "platform/fake/state.h"

#include <string.h>

struct WhAddressMonitor {
    WhAddressMonitorFunc changed;
    gpointer data;
    WhAddressSnapshot snapshot;
    gboolean instant;
    GSource *bell;
};

static gboolean address_equal(const WhInterfaceAddress *a, const WhInterfaceAddress *b)
{
    return a->interface == b->interface && a->family == b->family && a->flags == b->flags &&
           a->prefix_length == b->prefix_length && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static gboolean route_equal(const WhDefaultRoute *a, const WhDefaultRoute *b)
{
    return a->interface == b->interface && a->has_gateway == b->has_gateway &&
           a->has_preferred_source == b->has_preferred_source &&
           memcmp(a->gateway, b->gateway, sizeof a->gateway) == 0 &&
           memcmp(a->preferred_source, b->preferred_source, sizeof a->preferred_source) == 0;
}

static gboolean interface_equal(const WhInterface *a, const WhInterface *b)
{
    return a->interface == b->interface && a->kind == b->kind && a->has_mac == b->has_mac &&
           g_str_equal(a->name, b->name) && memcmp(a->mac, b->mac, sizeof a->mac) == 0;
}

static gboolean addresses_differ(const GArray *a, const GArray *b)
{
    gboolean differ = a->len != b->len;

    for (guint i = 0; !differ && i < a->len; i++)
        differ = !address_equal(&g_array_index(a, WhInterfaceAddress, i),
                                &g_array_index(b, WhInterfaceAddress, i));
    return differ;
}

static gboolean interfaces_differ(const GArray *a, const GArray *b)
{
    gboolean differ = a->len != b->len;

    for (guint i = 0; !differ && i < a->len; i++)
        differ =
            !interface_equal(&g_array_index(a, WhInterface, i), &g_array_index(b, WhInterface, i));
    return differ;
}

static gboolean snapshot_differs(const WhAddressSnapshot *snapshot, const WhFakeState *state)
{
    gboolean differs = addresses_differ(snapshot->addresses, state->addresses) ||
                       interfaces_differ(snapshot->interfaces, state->interfaces);

    for (guint i = 0; i < G_N_ELEMENTS(snapshot->route); i++)
        differs |= !route_equal(&snapshot->route[i], &state->route[i]) ||
                   !route_equal(&snapshot->line[i], &state->line[i]);
    return differs;
}

static void array_take(GArray *array, const GArray *from)
{
    g_array_set_size(array, 0);
    if (from->len > 0)
        g_array_append_vals(array, from->data, from->len);
}

static void snapshot_take(WhAddressMonitor *monitor)
{
    WhFakeState *state = wh_fake_state();

    array_take(monitor->snapshot.addresses, state->addresses);
    array_take(monitor->snapshot.interfaces, state->interfaces);
    memcpy(monitor->snapshot.route, state->route, sizeof state->route);
    memcpy(monitor->snapshot.line, state->line, sizeof state->line);
}

static void bell_rang(gpointer data)
{
    WhAddressMonitor *monitor = data;

    snapshot_take(monitor);
    monitor->changed(monitor->data);
}

WhAddressMonitor *wh_address_monitor_new(WhAddressMonitorFunc changed, gpointer data,
                                         GError **error)
{
    WhFakeState *state = wh_fake_state();
    WhAddressMonitor *monitor = g_new0(WhAddressMonitor, 1);

    monitor->changed = changed;
    monitor->data = data;
    monitor->instant = !state->not_instant;
    monitor->snapshot.addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    monitor->snapshot.interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    monitor->bell = wh_fake_bell_new(bell_rang, monitor);
    snapshot_take(monitor);
    g_ptr_array_add(state->address_monitors, monitor);
    return monitor;
}

void wh_address_monitor_free(WhAddressMonitor *monitor)
{
    if (monitor == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->address_monitors, monitor);
    wh_fake_bell_free(monitor->bell);
    g_array_unref(monitor->snapshot.addresses);
    g_array_unref(monitor->snapshot.interfaces);
    g_free(monitor);
}

const WhAddressSnapshot *wh_address_monitor_snapshot(WhAddressMonitor *monitor)
{
    return &monitor->snapshot;
}

void wh_address_monitor_refresh(WhAddressMonitor *monitor)
{
    if (!snapshot_differs(&monitor->snapshot, wh_fake_state()))
        return;
    snapshot_take(monitor);
    wh_fake_bell_ring(monitor->bell);
}

gboolean wh_address_monitor_is_instant(WhAddressMonitor *monitor)
{
    return monitor->instant;
}

void wh_fake_address_monitor_set_addresses(const WhInterfaceAddress *addresses, guint count)
{
    WhFakeState *state = wh_fake_state();

    g_array_set_size(state->addresses, 0);
    if (count > 0)
        g_array_append_vals(state->addresses, addresses, count);
}

void wh_fake_address_monitor_set_interfaces(const WhInterface *interfaces, guint count)
{
    WhFakeState *state = wh_fake_state();

    g_array_set_size(state->interfaces, 0);
    if (count > 0)
        g_array_append_vals(state->interfaces, interfaces, count);
}

void wh_fake_address_monitor_set_route(guint family, const WhDefaultRoute *route)
{
    guint place = family == 4 ? 0 : 1;

    wh_fake_state()->route[place] = route != NULL ? *route : (WhDefaultRoute){0};
    wh_fake_state()->line[place] = wh_fake_state()->route[place];
}

void wh_fake_address_monitor_set_line(guint family, const WhDefaultRoute *line)
{
    wh_fake_state()->line[family == 4 ? 0 : 1] = line != NULL ? *line : (WhDefaultRoute){0};
}

void wh_fake_address_monitor_fire(void)
{
    GPtrArray *monitors = wh_fake_state()->address_monitors;

    for (guint i = 0; i < monitors->len; i++) {
        WhAddressMonitor *monitor = g_ptr_array_index(monitors, i);

        if (monitor->instant)
            wh_fake_bell_ring(monitor->bell);
    }
}

void wh_fake_address_monitor_set_instant(gboolean instant)
{
    wh_fake_state()->not_instant = !instant;
}
