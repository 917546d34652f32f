#include "platform/linux/netlink_message.h"
#include "tests/unit/netlink_bytes.h"

#include <linux/if.h>
#include <string.h>
#include <sys/socket.h>

#define NOW ((gint64)1000000)

static WhNetlinkMessage only_message(const GByteArray *bytes)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_OK);
    return message;
}

static WhNetlinkOutcome read_address(const GByteArray *bytes, WhNetlinkAddress *address)
{
    WhNetlinkMessage message = only_message(bytes);

    return wh_netlink_message_read_address(&message, NOW, address);
}

static void test_two_in_a_buffer(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WhNetlinkMessage message;
    gsize offset = 0;

    wh_bytes_address(bytes, RTM_NEWADDR, 2, 1, 0);
    wh_bytes_link(bytes, RTM_NEWLINK, AF_UNSPEC, 2, IFF_UP);
    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_OK);
    g_assert_cmpuint(message.type, ==, RTM_NEWADDR);
    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_OK);
    g_assert_cmpuint(message.type, ==, RTM_NEWLINK);
    g_assert_cmpint(wh_netlink_message_next(bytes->data, bytes->len, &offset, &message), ==,
                    WH_NETLINK_NOTHING);
}

static void length_check(guint32 claimed, gsize there, WhNetlinkOutcome expected)
{
    struct nlmsghdr header = {.nlmsg_len = claimed};
    guint8 bytes[64] = {0};
    WhNetlinkMessage message;
    gsize offset = 0;

    memcpy(bytes, &header, sizeof header);
    g_assert_cmpint(wh_netlink_message_next(bytes, there, &offset, &message), ==, expected);
}

static void test_message_lengths(void)
{
    length_check(16, 0, WH_NETLINK_NOTHING);
    length_check(16, 15, WH_NETLINK_MALFORMED);
    length_check(15, 16, WH_NETLINK_MALFORMED);
    length_check(0, 16, WH_NETLINK_MALFORMED);
    length_check(17, 16, WH_NETLINK_MALFORMED);
    length_check(G_MAXUINT32, 64, WH_NETLINK_MALFORMED);
    length_check(16, 16, WH_NETLINK_OK);
    length_check(17, 17, WH_NETLINK_OK);
}

/* However the message is cut, with its length made to fit, nothing is read beyond its end and only
 * the whole one counts. The exact copy lets a sanitizer see the first byte too far. */
static void test_every_truncation_of_an_address(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    wh_bytes_address(bytes, RTM_NEWADDR, 2, 1, 0);
    for (guint length = sizeof(struct nlmsghdr); length < bytes->len; length++) {
        g_autofree guint8 *cut = g_memdup2(bytes->data, length);
        guint32 claimed = length;
        WhNetlinkMessage message;
        WhNetlinkAddress address = {.removed = 42};
        gsize offset = 0;

        memcpy(cut, &claimed, sizeof claimed);
        g_assert_cmpint(wh_netlink_message_next(cut, length, &offset, &message), ==, WH_NETLINK_OK);
        g_assert_cmpint(wh_netlink_message_read_address(&message, NOW, &address), ==,
                        WH_NETLINK_MALFORMED);
        g_assert_cmpint(address.removed, ==, 42);
    }
}

static void test_attribute_lengths(void)
{
    const guint16 bad[] = {0, 1, 3, 9, 200, G_MAXUINT16};

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        WhNetlinkAddress address;

        wh_bytes_address(bytes, RTM_NEWADDR, 2, 1, 0);
        memcpy(bytes->data + sizeof(struct nlmsghdr) + sizeof(struct ifaddrmsg), &bad[i],
               sizeof bad[i]);
        g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_MALFORMED);
    }
}

static void test_address_short_value(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct ifaddrmsg info = {.ifa_family = AF_INET6, .ifa_prefixlen = 64, .ifa_index = 2};
    const guint8 value[15] = {0x20};
    WhNetlinkAddress address;
    guint start = wh_bytes_begin(bytes, RTM_NEWADDR, &info, sizeof info);

    wh_bytes_attribute(bytes, IFA_ADDRESS, value, sizeof value);
    wh_bytes_end(bytes, start);
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_MALFORMED);
}

static void test_address_prefix_too_long(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WhNetlinkAddress address;

    wh_bytes_address(bytes, RTM_NEWADDR, 2, 1, 0);
    bytes->data[sizeof(struct nlmsghdr) + 1] = 33;
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_MALFORMED);
    bytes->data[sizeof(struct nlmsghdr) + 1] = 32;
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_OK);
}

static void flags_check(guint8 family, guint32 kernel, guint expected)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct ifaddrmsg info = {.ifa_family = family, .ifa_index = 2};
    const guint8 value[16] = {0x20};
    WhNetlinkAddress address;
    guint start = wh_bytes_begin(bytes, RTM_NEWADDR, &info, sizeof info);

    wh_bytes_attribute(bytes, IFA_ADDRESS, value, sizeof value);
    wh_bytes_attribute(bytes, IFA_FLAGS, &kernel, sizeof kernel);
    wh_bytes_end(bytes, start);
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_OK);
    g_assert_cmphex(address.address.flags, ==, expected);
}

static void test_address_flags(void)
{
    flags_check(AF_INET6, 0, 0);
    flags_check(AF_INET6, IFA_F_PERMANENT | IFA_F_STABLE_PRIVACY | IFA_F_NOPREFIXROUTE, 0);
    flags_check(AF_INET6, IFA_F_TEMPORARY, WH_INTERFACE_ADDRESS_TEMPORARY);
    flags_check(AF_INET, IFA_F_SECONDARY, WH_INTERFACE_ADDRESS_SECONDARY);
    flags_check(AF_INET6, IFA_F_DEPRECATED, WH_INTERFACE_ADDRESS_DEPRECATED);
    flags_check(AF_INET6, IFA_F_TENTATIVE, WH_INTERFACE_ADDRESS_TENTATIVE);
    flags_check(AF_INET6, IFA_F_TENTATIVE | IFA_F_OPTIMISTIC, 0);
    flags_check(AF_INET6, IFA_F_TENTATIVE | IFA_F_DADFAILED,
                WH_INTERFACE_ADDRESS_TENTATIVE | WH_INTERFACE_ADDRESS_DUPLICATE);
}

static void test_address_lifetimes(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct ifaddrmsg info = {.ifa_family = AF_INET6, .ifa_index = 2};
    struct ifa_cacheinfo lifetimes = {
        .ifa_prefered = 0, .ifa_valid = G_MAXUINT32 - 1, .cstamp = 12345};
    const guint8 value[16] = {0x20};
    WhNetlinkAddress address;
    guint start = wh_bytes_begin(bytes, RTM_NEWADDR, &info, sizeof info);

    wh_bytes_attribute(bytes, IFA_ADDRESS, value, sizeof value);
    wh_bytes_attribute(bytes, IFA_CACHEINFO, &lifetimes, sizeof lifetimes);
    wh_bytes_end(bytes, start);
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_OK);
    g_assert_cmpint(address.address.preferred_until, ==, NOW);
    g_assert_cmpint(address.address.valid_until, ==,
                    NOW + (gint64)(G_MAXUINT32 - 1) * G_USEC_PER_SEC);
    g_assert_cmphex(address.address.flags, ==, WH_INTERFACE_ADDRESS_DEPRECATED);
    g_assert_cmpint(address.address.since, ==, 12345 * (G_USEC_PER_SEC / 100));
}

static void test_other_families_and_types(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    WhNetlinkAddress address;

    wh_bytes_address(bytes, RTM_NEWADDR, 2, 1, 0);
    bytes->data[sizeof(struct nlmsghdr)] = AF_PHONET;
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_NOTHING);
    g_byte_array_set_size(bytes, 0);
    wh_bytes_link(bytes, RTM_NEWLINK, AF_UNSPEC, 2, IFF_UP);
    g_assert_cmpint(read_address(bytes, &address), ==, WH_NETLINK_NOTHING);
}

static void test_errors(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GByteArray) empty = g_byte_array_new();
    const gint32 code = -13;
    WhNetlinkMessage message;
    int error = 1;

    wh_bytes_begin(bytes, NLMSG_ERROR, &code, sizeof code);
    message = only_message(bytes);
    g_assert_cmpint(wh_netlink_message_read_error(&message, &error), ==, WH_NETLINK_OK);
    g_assert_cmpint(error, ==, -13);
    wh_bytes_begin(empty, NLMSG_DONE, NULL, 0);
    message = only_message(empty);
    g_assert_cmpint(wh_netlink_message_read_error(&message, &error), ==, WH_NETLINK_OK);
    g_assert_cmpint(error, ==, 0);
    message.type = NLMSG_ERROR;
    g_assert_cmpint(wh_netlink_message_read_error(&message, &error), ==, WH_NETLINK_MALFORMED);
}

#define ADD(path, func) g_test_add_func("/netlink-message/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("two-in-a-buffer", test_two_in_a_buffer);
    ADD("message-lengths", test_message_lengths);
    ADD("every-truncation-of-an-address", test_every_truncation_of_an_address);
    ADD("attribute-lengths", test_attribute_lengths);
    ADD("address-short-value", test_address_short_value);
    ADD("address-prefix-too-long", test_address_prefix_too_long);
    ADD("address-flags", test_address_flags);
    ADD("address-lifetimes", test_address_lifetimes);
    ADD("other-families-and-types", test_other_families_and_types);
    ADD("errors", test_errors);
    return g_test_run();
}
