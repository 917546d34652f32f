#include "tests/contract/network_identity_adapter.h"

#include "tests/contract/windows/address_monitor_line.h"

#include <string.h>

static guint *interface_number(void)
{
    static guint the_number;

    return &the_number;
}

/* Wine says nothing about IPv6 neighbours. */
gboolean wh_adapter_begin(const char *address, const char *router, const char *mac)
{
    gboolean is_ipv6 = strchr(address, ':') != NULL;

    if (is_ipv6) {
        g_test_skip("Wine does not know IPv6 neighbours");
        return FALSE;
    }
    *interface_number() = wh_line_begin();
    if (*interface_number() == 0)
        return FALSE;
    wh_line_ip("addr add %s dev wire0", address);
    wh_line_ip("neigh flush dev wire0 nud all");
    if (mac != NULL)
        wh_line_ip("neigh replace %s lladdr %s dev wire0", router, mac);
    return TRUE;
}

void wh_adapter_end(void)
{
}

guint wh_adapter_interface(void)
{
    return *interface_number();
}

void wh_adapter_add_tests(void)
{
}
