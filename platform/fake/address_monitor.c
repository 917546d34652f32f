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

static gboolean snapshot_differs(const WhAddressSnapshot *snapshot, const WhFakeState *state)
{
    if (snapshot->addresses->len != state->addresses->len)
        return TRUE;
    for (guint i = 0; i < state->addresses->len; i++) {
        if (!address_equal(&g_array_index(snapshot->addresses, WhInterfaceAddress, i),
                           &g_array_index(state->addresses, WhInterfaceAddress, i)))
            return TRUE;
    }
    return !route_equal(&snapshot->route[0], &state->route[0]) ||
           !route_equal(&snapshot->route[1], &state->route[1]);
}

static void snapshot_take(WhAddressMonitor *monitor)
{
    WhFakeState *state = wh_fake_state();

    g_array_set_size(monitor->snapshot.addresses, 0);
    g_array_append_vals(monitor->snapshot.addresses, state->addresses->data, state->addresses->len);
    memcpy(monitor->snapshot.route, state->route, sizeof state->route);
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

void wh_fake_address_monitor_set_route(guint family, const WhDefaultRoute *route)
{
    wh_fake_state()->route[family == 4 ? 0 : 1] = route != NULL ? *route : (WhDefaultRoute){0};
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
