#include "tests/contract/network_identity_adapter.h"

#include "platform/linux/netlink_wifi.h"
#include "tests/contract/linux/address_monitor_world.h"

#include <gio/gio.h>
#include <linux/genetlink.h>
#include <linux/nl80211.h>
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

/* One message of generic netlink. */
typedef struct {
    guint8 payload[256];
    WhNetlinkMessage message;
} Letter;

static void letter_begin(Letter *letter, guint16 type, guint8 command)
{
    const struct genlmsghdr header = {.cmd = command};

    *letter = (Letter){.message = {.type = type, .payload_length = sizeof header}};
    letter->message.payload = letter->payload;
    memcpy(letter->payload, &header, sizeof header);
}

static void letter_put(Letter *letter, guint16 type, gconstpointer value, guint16 length)
{
    const struct nlattr header = {.nla_len = (guint16)(sizeof header + length), .nla_type = type};
    gsize end = letter->message.payload_length;

    g_assert_cmpuint(end + sizeof header + length + 3, <, sizeof letter->payload);
    memcpy(letter->payload + end, &header, sizeof header);
    memcpy(letter->payload + end + sizeof header, value, length);
    letter->message.payload_length = end + (sizeof header + length + 3) / 4 * 4;
}

static void wifi_letter(Letter *letter, guint32 mode, const char *name, guint16 length)
{
    letter_begin(letter, 28, NL80211_CMD_NEW_INTERFACE);
    letter_put(letter, NL80211_ATTR_IFTYPE, &mode, sizeof mode);
    letter_put(letter, NL80211_ATTR_SSID, name, length);
}

static void test_wifi_name(void)
{
    Letter letter;
    g_autofree char *name = NULL;

    wifi_letter(&letter, NL80211_IFTYPE_STATION, "Caf\303\251 \033[1m", 9);
    g_assert_cmpint(wh_netlink_wifi_read_name(&letter.message, &name), ==, WH_NETLINK_OK);
    g_assert_cmpstr(name, ==, "Caf\303\251 \357\277\275[1");
    wifi_letter(&letter, NL80211_IFTYPE_AP, "Mine", 4);
    g_assert_cmpint(wh_netlink_wifi_read_name(&letter.message, &name), ==, WH_NETLINK_NOTHING);
    wifi_letter(&letter, NL80211_IFTYPE_STATION, "\0\0\0\0", 4);
    g_assert_cmpint(wh_netlink_wifi_read_name(&letter.message, &name), ==, WH_NETLINK_NOTHING);
    wifi_letter(&letter, NL80211_IFTYPE_STATION, "123456789012345678901234567890123", 33);
    g_assert_cmpint(wh_netlink_wifi_read_name(&letter.message, &name), ==, WH_NETLINK_MALFORMED);
    letter_begin(&letter, 28, NL80211_CMD_NEW_INTERFACE);
    g_assert_cmpint(wh_netlink_wifi_read_name(&letter.message, &name), ==, WH_NETLINK_NOTHING);
    letter_begin(&letter, 28, NL80211_CMD_NEW_STATION);
    g_assert_cmpint(wh_netlink_wifi_read_name(&letter.message, &name), ==, WH_NETLINK_NOTHING);
}

static void test_wifi_family(void)
{
    const guint16 number = 28;
    guint16 family = 0;
    Letter letter;

    letter_begin(&letter, GENL_ID_CTRL, CTRL_CMD_NEWFAMILY);
    g_assert_cmpint(wh_netlink_wifi_read_family(&letter.message, &family), ==, WH_NETLINK_NOTHING);
    letter_put(&letter, CTRL_ATTR_FAMILY_ID, &number, sizeof number);
    g_assert_cmpint(wh_netlink_wifi_read_family(&letter.message, &family), ==, WH_NETLINK_OK);
    g_assert_cmpuint(family, ==, 28);
    letter.message.type = NLMSG_ERROR;
    g_assert_cmpint(wh_netlink_wifi_read_family(&letter.message, &family), ==, WH_NETLINK_NOTHING);
    letter_begin(&letter, GENL_ID_CTRL, CTRL_CMD_NEWFAMILY);
    letter_put(&letter, CTRL_ATTR_FAMILY_ID, "x", 1);
    g_assert_cmpint(wh_netlink_wifi_read_family(&letter.message, &family), ==,
                    WH_NETLINK_MALFORMED);
}

#define ADD(path, func) g_test_add_func("/network-identity/linux/" path, func)

void wh_adapter_add_tests(void)
{
    ADD("router-is-asked-for", test_router_is_asked_for);
    ADD("smallest-subnet", test_smallest_subnet);
    ADD("router-elsewhere", test_router_elsewhere);
    ADD("wifi-name", test_wifi_name);
    ADD("wifi-family", test_wifi_family);
}
