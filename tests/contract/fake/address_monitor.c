#include "platform/address_monitor.h"

#include "platform/fake/fake.h"
#include "tests/contract/address_monitor_adapter.h"

#include <gio/gio.h>
#include <string.h>

#define LINE 2
#define TUNNEL 3

static GArray *addresses(void)
{
    static GArray *array;

    if (array == NULL)
        array = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    return array;
}

gboolean wh_adapter_begin(void)
{
    const WhInterface line = {LINE, WH_INTERFACE_WIRED, "eth0", TRUE, {2, 0, 0, 0, 0, 1}};

    g_array_set_size(addresses(), 0);
    wh_fake_address_monitor_set_interfaces(&line, 1);
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

guint wh_adapter_interface(void)
{
    return LINE;
}

static void bytes_read(const char *text, guint8 bytes[16], guint *family)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(text);
    gsize size = g_inet_address_get_native_size(address);

    memcpy(bytes, g_inet_address_to_bytes(address), size);
    *family = size == 4 ? 4 : 6;
}

static WhInterfaceAddress address_read(const char *text)
{
    WhInterfaceAddress address = {.interface = LINE,
                                  .preferred_until = WH_LIFETIME_FOREVER,
                                  .valid_until = WH_LIFETIME_FOREVER};
    g_auto(GStrv) parts = g_strsplit(text, "/", 2);

    bytes_read(parts[0], address.bytes, &address.family);
    address.prefix_length = (guint)g_ascii_strtoull(parts[1], NULL, 10);
    return address;
}

static void publish(void)
{
    wh_fake_address_monitor_set_addresses((WhInterfaceAddress *)(gpointer)addresses()->data,
                                          addresses()->len);
    wh_fake_address_monitor_fire();
}

void wh_adapter_address_add(const char *text)
{
    WhInterfaceAddress address = address_read(text);

    g_array_append_val(addresses(), address);
    publish();
}

void wh_adapter_address_remove(const char *text)
{
    WhInterfaceAddress address = address_read(text);

    for (guint i = 0; i < addresses()->len; i++) {
        if (memcmp(&g_array_index(addresses(), WhInterfaceAddress, i), &address, sizeof address) ==
            0)
            g_array_remove_index(addresses(), i--);
    }
    publish();
}

gboolean wh_adapter_has_lifetimes(void)
{
    return TRUE;
}

gboolean wh_adapter_has_routes(guint family)
{
    return TRUE;
}

static WhDefaultRoute route_over_line(const char *gateway)
{
    WhDefaultRoute route = {.interface = LINE, .has_gateway = TRUE};
    guint ignored;

    if (gateway != NULL)
        bytes_read(gateway, route.gateway, &ignored);
    return route;
}

void wh_adapter_route_set(guint family, const char *gateway)
{
    WhDefaultRoute route = route_over_line(gateway);

    wh_fake_address_monitor_set_route(family, gateway != NULL ? &route : NULL);
    wh_fake_address_monitor_fire();
}

guint wh_adapter_vpn_start(void)
{
    const WhInterface interfaces[] = {
        {LINE, WH_INTERFACE_WIRED, "eth0", TRUE, {2, 0, 0, 0, 0, 1}},
        {.interface = TUNNEL, .kind = WH_INTERFACE_TUNNEL, .name = "vpn0"}};
    const WhDefaultRoute tunnel = {.interface = TUNNEL};
    const WhDefaultRoute line = route_over_line("192.0.2.254");

    wh_fake_address_monitor_set_interfaces(interfaces, G_N_ELEMENTS(interfaces));
    wh_fake_address_monitor_set_route(4, &tunnel);
    wh_fake_address_monitor_set_line(4, &line);
    wh_fake_address_monitor_fire();
    return TUNNEL;
}

void wh_adapter_vpn_stop(void)
{
    wh_adapter_route_set(4, "192.0.2.254");
}

WhAddressMonitor *wh_adapter_monitor_new_refused(WhAddressMonitorFunc changed, gpointer data)
{
    wh_fake_address_monitor_set_instant(FALSE);
    return wh_address_monitor_new(changed, data, NULL);
}

void wh_adapter_add_tests(void)
{
}
