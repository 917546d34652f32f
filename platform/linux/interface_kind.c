#include "platform/linux/interface_kind.h"

#include <linux/if_arp.h>
#include <string.h>

#define HARDWARE_RAW_IP 519 /* ARPHRD_RAWIP: a modem that speaks IP and nothing else */

/* Drivers of links that carry packets through another network. "tun" is TAP, too. */
static gboolean driver_is_tunnel(const char *driver)
{
    static const char *const tunnels[] = {
        "tun",    "wireguard", "amneziawg", "ovpn",   "ovpn-dco", "xfrm",   "vti",
        "vti6",   "ipip",      "ip6tnl",    "gre",    "gretap",   "ip6gre", "ip6gretap",
        "erspan", "ip6erspan", "vxlan",     "geneve", "bareudp",  "gtp",    "l2tpeth",
    };

    for (guint i = 0; i < G_N_ELEMENTS(tunnels); i++)
        if (g_str_equal(driver, tunnels[i]))
            return TRUE;
    return FALSE;
}

static gboolean driver_is_inner(const char *driver)
{
    return g_str_equal(driver, "dummy") || g_str_equal(driver, "ifb") ||
           g_str_equal(driver, "nlmon") || g_str_equal(driver, "vrf");
}

WhInterfaceKind wh_interface_kind(const WhNetlinkLink *link, const char *device)
{
    if (link->wireless || g_str_equal(device, "wlan"))
        return WH_INTERFACE_WIFI;
    if (g_str_equal(device, "wwan") || g_str_equal(link->driver, "wwan") ||
        g_str_equal(link->driver, "rmnet") || link->hardware == HARDWARE_RAW_IP)
        return WH_INTERFACE_MOBILE;
    if (wh_interface_rivals(link) != 0 || driver_is_inner(link->driver) ||
        g_str_equal(device, "bluetooth"))
        return WH_INTERFACE_OTHER;
    if (driver_is_tunnel(link->driver))
        return WH_INTERFACE_TUNNEL;
    switch (link->hardware) {
    case ARPHRD_ETHER:
    case ARPHRD_INFINIBAND:
        return WH_INTERFACE_WIRED;
    case ARPHRD_NONE:
    case ARPHRD_TUNNEL:
    case ARPHRD_TUNNEL6:
    case ARPHRD_IPGRE:
    case ARPHRD_IP6GRE:
        return WH_INTERFACE_TUNNEL;
    default:
        return WH_INTERFACE_OTHER;
    }
}

guint wh_interface_rivals(const WhNetlinkLink *link)
{
    if (link->hardware == ARPHRD_PPP)
        return WH_RIVALS_IPV4 | WH_RIVALS_IPV6;
    return link->hardware == ARPHRD_SIT ? WH_RIVALS_IPV6 : 0;
}

/* Names that lead elsewhere in the file system are none. */
static char *property_path(const char *name, const char *file)
{
    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
        return NULL;
    return g_build_filename("/sys/class/net", name, file, NULL);
}

/* The value of a line "KEY=value"; NULL: there is none. */
static const char *value_find(char **lines, const char *key)
{
    gsize length = strlen(key);

    for (guint i = 0; lines[i] != NULL; i++)
        if (strncmp(lines[i], key, length) == 0 && lines[i][length] == '=')
            return lines[i] + length + 1;
    return NULL;
}

static gboolean is_number(const char *text, guint number)
{
    guint64 found = 0;

    return text != NULL && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT, &found, NULL) &&
           found == number;
}

void wh_interface_read_device(guint interface, const char *name, char *device, gsize size)
{
    g_autofree char *path = property_path(name, "uevent");
    g_autofree char *radio = property_path(name, "wireless");
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    const char *type;

    g_strlcpy(device, "", size);
    if (path == NULL || !g_file_get_contents(path, &text, NULL, NULL))
        return;
    lines = g_strsplit(text, "\n", -1);
    if (!is_number(value_find(lines, "IFINDEX"), interface))
        return;
    type = value_find(lines, "DEVTYPE");
    /* Old drivers of radios have no type but this folder. */
    if (type == NULL && g_file_test(radio, G_FILE_TEST_IS_DIR))
        type = "wlan";
    if (type != NULL)
        g_strlcpy(device, type, size);
}
