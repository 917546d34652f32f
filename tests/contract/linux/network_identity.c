#include "tests/contract/network_identity_adapter.h"

#include "tests/contract/linux/address_monitor_world.h"

#include <gio/gio.h>
#include <string.h>

gboolean wh_adapter_begin(const char *address, const char *router, const char *mac)
{
    g_autofree char *own = g_strdup_printf("addr add %s dev wire0%s", address,
                                           strchr(address, ':') != NULL ? " nodad" : "");
    g_autofree char *other =
        mac != NULL ? g_strdup_printf("neigh replace %s lladdr %s dev wire0", router, mac) : NULL;

    if (!wh_world_enter())
        return FALSE;
    wh_world_ip(own);
    if (other != NULL)
        wh_world_ip(other);
    return TRUE;
}

void wh_adapter_end(void)
{
}

guint wh_adapter_interface(void)
{
    return wh_world_interface("wire0");
}

/* A cable that nobody is behind: the table says that the router is being asked for. */
static void test_router_is_asked_for(void)
{
    const guint8 router[4] = {192, 0, 2, 1};
    g_auto(WhNetworkIdentity) identity = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *listing = NULL;

    if (!wh_adapter_begin("192.0.2.7/24", "192.0.2.1", NULL))
        return;
    wh_network_identity_read(wh_adapter_interface(), 4, router, &identity, &error);
    g_assert_no_error(error);
    g_spawn_command_line_sync("ip neigh show dev wire0 nud all", &listing, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(listing, "192.0.2.1 "));
}

static void test_smallest_subnet(void)
{
    const guint8 router[4] = {192, 0, 2, 1};
    g_auto(WhNetworkIdentity) identity = {0};

    if (!wh_adapter_begin("192.0.2.7/24", "192.0.2.1", "02:00:00:00:00:fe"))
        return;
    wh_world_ip("addr add 192.0.2.8/16 dev wire0\n"
                "addr add 192.0.2.9/28 dev wire0\n"
                "addr add 192.0.2.10/30 dev wire0");
    g_assert_true(wh_network_identity_read(wh_adapter_interface(), 4, router, &identity, NULL));
    g_assert_cmpstr(identity.prefix, ==, "192.0.2.0/28");
}

static void test_router_elsewhere(void)
{
    const guint8 router[4] = {198, 51, 100, 1};
    g_auto(WhNetworkIdentity) identity = {0};

    if (!wh_adapter_begin("192.0.2.7/24", "192.0.2.1", NULL))
        return;
    g_assert_true(wh_network_identity_read(wh_adapter_interface(), 4, router, &identity, NULL));
    g_assert_null(identity.prefix);
    g_assert_null(wh_network_identity_id(&identity));
}

#define ADD(path, func) g_test_add_func("/network-identity/linux/" path, func)

void wh_adapter_add_tests(void)
{
    ADD("router-is-asked-for", test_router_is_asked_for);
    ADD("smallest-subnet", test_smallest_subnet);
    ADD("router-elsewhere", test_router_elsewhere);
}
