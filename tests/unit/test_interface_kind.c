#include "platform/linux/interface_kind.h"

#include <linux/if_arp.h>

static void test_kinds(void)
{
    const struct {
        guint16 hardware;
        const char *driver;
        const char *device;
        gboolean wireless;
        WhInterfaceKind kind;
        guint rivals;
    } rows[] = {
        {ARPHRD_ETHER, "", "", FALSE, WH_INTERFACE_WIRED, 0},
        {ARPHRD_ETHER, "veth", "", FALSE, WH_INTERFACE_WIRED, 0},
        {ARPHRD_ETHER, "bridge", "bridge", FALSE, WH_INTERFACE_WIRED, 0},
        {ARPHRD_ETHER, "vlan", "vlan", FALSE, WH_INTERFACE_WIRED, 0},
        {ARPHRD_ETHER, "", "wlan", FALSE, WH_INTERFACE_WIFI, 0},
        {ARPHRD_ETHER, "", "", TRUE, WH_INTERFACE_WIFI, 0},
        {ARPHRD_ETHER, "", "wwan", FALSE, WH_INTERFACE_MOBILE, 0},
        {ARPHRD_NONE, "", "wwan", FALSE, WH_INTERFACE_MOBILE, 0},
        {519, "", "", FALSE, WH_INTERFACE_MOBILE, 0},
        {ARPHRD_NONE, "wwan", "", FALSE, WH_INTERFACE_MOBILE, 0},
        {ARPHRD_ETHER, "", "bluetooth", FALSE, WH_INTERFACE_OTHER, 0},
        {ARPHRD_ETHER, "dummy", "", FALSE, WH_INTERFACE_OTHER, 0},
        {ARPHRD_NONE, "tun", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_ETHER, "tun", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_NONE, "wireguard", "wireguard", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_NONE, "", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_TUNNEL, "ipip", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_TUNNEL6, "ip6tnl", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_IPGRE, "gre", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_ETHER, "gretap", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_TUNNEL, "vti", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_NONE, "xfrm", "", FALSE, WH_INTERFACE_TUNNEL, 0},
        {ARPHRD_PPP, "ppp", "ppp", FALSE, WH_INTERFACE_OTHER, WH_RIVALS_IPV4 | WH_RIVALS_IPV6},
        {ARPHRD_SIT, "sit", "", FALSE, WH_INTERFACE_OTHER, WH_RIVALS_IPV6},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        WhNetlinkLink link = {.hardware = rows[i].hardware, .wireless = rows[i].wireless};

        g_strlcpy(link.driver, rows[i].driver, sizeof link.driver);
        g_assert_cmpint(wh_interface_kind(&link, rows[i].device), ==, rows[i].kind);
        g_assert_cmpuint(wh_interface_rivals(&link), ==, rows[i].rivals);
    }
}

/* A name is no path. */
static void test_device_of_nothing(void)
{
    const char *names[] = {"", ".", "..", "../../etc", "a/b", "nosuchthing"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        char device[8] = "before";

        wh_interface_read_device(1, names[i], device, sizeof device);
        g_assert_cmpstr(device, ==, "");
    }
}

/* Whatever interfaces this computer has: one of that name and another number is somebody else. */
static void test_device_of_another(void)
{
    g_autoptr(GDir) folder = g_dir_open("/sys/class/net", 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        char device[32] = "before";

        wh_interface_read_device(G_MAXINT, name, device, sizeof device);
        g_assert_cmpstr(device, ==, "");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/interface-kind/kinds", test_kinds);
    g_test_add_func("/interface-kind/device-of-nothing", test_device_of_nothing);
    g_test_add_func("/interface-kind/device-of-another", test_device_of_another);
    return g_test_run();
}
