#include "tests/unit/netlink_bytes.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <string.h>
#include <sys/socket.h>

static void pad(GByteArray *bytes)
{
    const guint8 zeros[NLMSG_ALIGNTO] = {0};

    if (bytes->len % NLMSG_ALIGNTO != 0)
        g_byte_array_append(bytes, zeros, NLMSG_ALIGNTO - bytes->len % NLMSG_ALIGNTO);
}

guint wh_bytes_begin(GByteArray *bytes, guint16 type, gconstpointer fixed, gsize fixed_length)
{
    struct nlmsghdr header = {.nlmsg_type = type};
    guint start = bytes->len;

    g_byte_array_append(bytes, (const guint8 *)&header, sizeof header);
    g_byte_array_append(bytes, fixed, (guint)fixed_length);
    pad(bytes);
    wh_bytes_end(bytes, start);
    return start;
}

void wh_bytes_attribute(GByteArray *bytes, guint16 type, gconstpointer value, gsize length)
{
    struct rtattr header = {.rta_len = (guint16)(sizeof header + length), .rta_type = type};

    g_byte_array_append(bytes, (const guint8 *)&header, sizeof header);
    g_byte_array_append(bytes, value, (guint)length);
    pad(bytes);
}

void wh_bytes_end(GByteArray *bytes, guint start)
{
    guint32 length = bytes->len - start;

    memcpy(bytes->data + start, &length, sizeof length);
}

void wh_bytes_address(GByteArray *bytes, guint16 type, guint interface, guint8 last, guint8 flags)
{
    struct ifaddrmsg info = {
        .ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_flags = flags, .ifa_index = interface};
    const guint8 address[4] = {192, 0, 2, last};
    guint start = wh_bytes_begin(bytes, type, &info, sizeof info);

    wh_bytes_attribute(bytes, IFA_LOCAL, address, sizeof address);
    wh_bytes_end(bytes, start);
}

void wh_bytes_link(GByteArray *bytes, guint16 type, guint8 family, gint interface, guint flags)
{
    struct ifinfomsg info = {
        .ifi_family = family, .ifi_type = ARPHRD_ETHER, .ifi_index = interface, .ifi_flags = flags};

    wh_bytes_begin(bytes, type, &info, sizeof info);
}

void wh_bytes_link_named(GByteArray *bytes, gint interface, guint16 hardware, const char *name,
                         const char *driver)
{
    struct ifinfomsg info = {
        .ifi_type = hardware, .ifi_index = interface, .ifi_flags = IFF_UP | IFF_RUNNING};
    guint start = wh_bytes_begin(bytes, RTM_NEWLINK, &info, sizeof info);

    wh_bytes_attribute(bytes, IFLA_IFNAME, name, strlen(name) + 1);
    if (driver != NULL) {
        g_autoptr(GByteArray) nested = g_byte_array_new();

        wh_bytes_attribute(nested, IFLA_INFO_KIND, driver, strlen(driver));
        wh_bytes_attribute(bytes, IFLA_LINKINFO, nested->data, nested->len);
    }
    wh_bytes_end(bytes, start);
}

void wh_bytes_route(GByteArray *bytes, guint16 type, guint32 interface, guint32 metric)
{
    struct rtmsg info = {
        .rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN, .rtm_type = RTN_UNICAST};
    guint start = wh_bytes_begin(bytes, type, &info, sizeof info);

    wh_bytes_attribute(bytes, RTA_OIF, &interface, sizeof interface);
    wh_bytes_attribute(bytes, RTA_PRIORITY, &metric, sizeof metric);
    wh_bytes_end(bytes, start);
}
