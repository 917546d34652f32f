#include "platform/linux/netlink_link.h"
#include "tests/unit/netlink_bytes.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <string.h>
#include <sys/socket.h>

static WhNetlinkOutcome read_link(const GByteArray *bytes, WhNetlinkLink *link)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_OK);
    return wh_netlink_link_read(&message, link);
}

static void flags_check(guint16 type, guint flags, gboolean removed, gboolean usable)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WhNetlinkLink link;

    wh_bytes_link(bytes, type, AF_UNSPEC, 7, flags);
    g_assert_cmpint(read_link(bytes, &link), ==, WH_NETLINK_OK);
    g_assert_cmpuint(link.interface, ==, 7);
    g_assert_cmpint(link.removed, ==, removed);
    g_assert_cmpint(link.usable, ==, usable);
    g_assert_cmpint(link.up, ==, (flags & IFF_UP) != 0);
}

static void test_flags(void)
{
    flags_check(RTM_NEWLINK, IFF_UP | IFF_RUNNING, FALSE, TRUE);
    flags_check(RTM_NEWLINK, IFF_UP, FALSE, FALSE);
    flags_check(RTM_NEWLINK, IFF_RUNNING, FALSE, FALSE);
    flags_check(RTM_NEWLINK, IFF_UP | IFF_RUNNING | IFF_LOOPBACK, FALSE, FALSE);
    flags_check(RTM_DELLINK, 0, TRUE, FALSE);
}

static void test_other_messages(void)
{
    g_autoptr(GByteArray) bridge = g_byte_array_new();
    g_autoptr(GByteArray) bad = g_byte_array_new();
    g_autoptr(GByteArray) address = g_byte_array_new();
    WhNetlinkLink link;

    wh_bytes_link(bridge, RTM_DELLINK, AF_BRIDGE, 7, IFF_UP);
    g_assert_cmpint(read_link(bridge, &link), ==, WH_NETLINK_NOTHING);
    wh_bytes_link(bad, RTM_NEWLINK, AF_UNSPEC, -1, IFF_UP);
    g_assert_cmpint(read_link(bad, &link), ==, WH_NETLINK_MALFORMED);
    wh_bytes_address(address, RTM_NEWADDR, 2, 1, 0);
    g_assert_cmpint(read_link(address, &link), ==, WH_NETLINK_NOTHING);
}

static void test_name_and_driver(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WhNetlinkLink link;

    wh_bytes_link_named(bytes, 7, ARPHRD_NONE, "tun0", "tun");
    g_assert_cmpint(read_link(bytes, &link), ==, WH_NETLINK_OK);
    g_assert_cmpstr(link.name, ==, "tun0");
    g_assert_cmpstr(link.driver, ==, "tun");
    g_assert_cmpuint(link.hardware, ==, ARPHRD_NONE);
    g_assert_false(link.wireless);
    g_assert_false(link.has_mac);
}

/* An interface may be named with any bytes. */
static void test_name_is_utf8_and_bounded(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GString) longer = g_string_new("x");
    WhNetlinkLink link;

    wh_bytes_link_named(bytes, 7, ARPHRD_ETHER, "eth\xff", NULL);
    g_assert_cmpint(read_link(bytes, &link), ==, WH_NETLINK_OK);
    g_assert_true(g_utf8_validate(link.name, -1, NULL));
    g_assert_true(g_str_has_prefix(link.name, "eth"));
    g_byte_array_set_size(bytes, 0);
    while (longer->len < 2 * sizeof link.name)
        g_string_append(longer, "\xc3\xa9");
    wh_bytes_link_named(bytes, 7, ARPHRD_ETHER, longer->str, NULL);
    g_assert_cmpint(read_link(bytes, &link), ==, WH_NETLINK_OK);
    g_assert_true(g_utf8_validate(link.name, -1, NULL));
    g_assert_cmpuint(strlen(link.name), >, sizeof link.name - 4);
}

static WhNetlinkOutcome read_mac(guint16 hardware, gsize length, WhNetlinkLink *link)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct ifinfomsg info = {.ifi_type = hardware, .ifi_index = 7};
    const guint8 mac[20] = {2, 0, 0, 0, 0, 9};
    guint start = wh_bytes_begin(bytes, RTM_NEWLINK, &info, sizeof info);

    wh_bytes_attribute(bytes, IFLA_ADDRESS, mac, length);
    wh_bytes_end(bytes, start);
    return read_link(bytes, link);
}

static void test_mac(void)
{
    WhNetlinkLink link;

    g_assert_cmpint(read_mac(ARPHRD_ETHER, 6, &link), ==, WH_NETLINK_OK);
    g_assert_true(link.has_mac);
    g_assert_cmpuint(link.mac[5], ==, 9);
    g_assert_cmpint(read_mac(ARPHRD_ETHER, 5, &link), ==, WH_NETLINK_OK);
    g_assert_false(link.has_mac);
    g_assert_cmpint(read_mac(ARPHRD_INFINIBAND, 20, &link), ==, WH_NETLINK_OK);
    g_assert_false(link.has_mac);
    g_assert_cmpint(read_mac(ARPHRD_TUNNEL, 6, &link), ==, WH_NETLINK_OK);
    g_assert_false(link.has_mac);
}

/* What a radio's driver says when it hears a network (wireless extensions, IFLA_WIRELESS). */
static void test_word_of_a_radio(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct ifinfomsg info = {
        .ifi_type = ARPHRD_ETHER, .ifi_index = 7, .ifi_flags = IFF_UP | IFF_RUNNING};
    const guint8 event[16] = {16, 0, 0x19, 0x8b};
    WhNetlinkLink link;
    guint start = wh_bytes_begin(bytes, RTM_NEWLINK, &info, sizeof info);

    wh_bytes_attribute(bytes, IFLA_IFNAME, "wlan0", 6);
    wh_bytes_attribute(bytes, IFLA_WIRELESS, event, sizeof event);
    wh_bytes_end(bytes, start);
    g_assert_cmpint(read_link(bytes, &link), ==, WH_NETLINK_OK);
    g_assert_true(link.wireless);
    g_assert_cmpstr(link.name, ==, "wlan0");
}

/* However the message is cut, with its length made to fit, nothing is read beyond its end. */
static void test_every_truncation(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    wh_bytes_link_named(bytes, 7, ARPHRD_NONE, "tun0", "tun");
    for (guint length = sizeof(struct nlmsghdr); length < bytes->len; length++) {
        g_autofree guint8 *cut = g_memdup2(bytes->data, length);
        g_autoptr(GByteArray) message = g_byte_array_new_take(g_steal_pointer(&cut), length);
        WhNetlinkLink link = {.interface = 42};
        WhNetlinkOutcome outcome;

        wh_bytes_end(message, 0);
        outcome = read_link(message, &link);
        g_assert_true(outcome == WH_NETLINK_OK || link.interface == 42);
        g_assert_true(outcome == WH_NETLINK_OK || outcome == WH_NETLINK_MALFORMED);
        if (outcome == WH_NETLINK_OK)
            g_assert_cmpstr(link.driver, !=, "tun");
    }
}

static void test_damaged_driver(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct ifinfomsg info = {.ifi_index = 7};
    const struct rtattr nested = {.rta_len = 200, .rta_type = IFLA_INFO_KIND};
    WhNetlinkLink link;
    guint start = wh_bytes_begin(bytes, RTM_NEWLINK, &info, sizeof info);

    wh_bytes_attribute(bytes, IFLA_LINKINFO, &nested, sizeof nested);
    wh_bytes_end(bytes, start);
    g_assert_cmpint(read_link(bytes, &link), ==, WH_NETLINK_MALFORMED);
}

#define ADD(path, func) g_test_add_func("/netlink-link/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("flags", test_flags);
    ADD("other-messages", test_other_messages);
    ADD("name-and-driver", test_name_and_driver);
    ADD("name-is-utf8-and-bounded", test_name_is_utf8_and_bounded);
    ADD("mac", test_mac);
    ADD("word-of-a-radio", test_word_of_a_radio);
    ADD("every-truncation", test_every_truncation);
    ADD("damaged-driver", test_damaged_driver);
    return g_test_run();
}
