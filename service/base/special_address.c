#include "service/base/special_address.h"

#include <string.h>

/* IANA's IPv4 and IPv6 Special-Purpose Address Registries, multicast, and what RFC 4291 section 2.4
 * leaves outside global unicast. The order does not matter: the longest prefix wins. */
static const WhSpecialAddress table[] = {
    {"0.0.0.0/8", "an address of \"this network\", only used while a computer starts", "RFC 791"},
    {"0.0.0.0/32", "the empty address, which stands for \"none yet\"", "RFC 1122"},
    {"10.0.0.0/8", "a private address of a home or company network", "RFC 1918"},
    {"100.64.0.0/10", "a carrier-grade NAT address", "RFC 6598"},
    {"127.0.0.0/8", "a loopback address, which means this computer itself", "RFC 1122"},
    {"169.254.0.0/16", "a link-local address, which a computer gives itself", "RFC 3927"},
    {"172.16.0.0/12", "a private address of a home or company network", "RFC 1918"},
    {"192.0.0.0/24", "an address reserved for internet protocols", "RFC 6890"},
    {"192.0.0.0/29", "an address for carrying IPv4 over IPv6 lines", "RFC 7335"},
    {"192.0.0.8/32", "the IPv4 dummy address", "RFC 7600"},
    {"192.0.0.9/32", "the anycast address of port control servers", "RFC 7723"},
    {"192.0.0.10/32", "the anycast address of relay servers", "RFC 8155"},
    {"192.0.0.170/32", "an address for finding NAT64", "RFC 7050"},
    {"192.0.0.171/32", "an address for finding NAT64", "RFC 7050"},
    {"192.0.2.0/24", "an address for use in documentation", "RFC 5737"},
    {"192.31.196.0/24", "an address of the AS112 name servers", "RFC 7535"},
    {"192.52.193.0/24", "an address of multicast relays", "RFC 7450"},
    {"192.88.99.0/24", "a former 6to4 relay address", "RFC 7526"},
    {"192.88.99.2/32", "the anycast address of 6a44 relays", "RFC 6751"},
    {"192.168.0.0/16", "a private address of a home or company network", "RFC 1918"},
    {"192.175.48.0/24", "an address of the AS112 name servers", "RFC 7534"},
    {"198.18.0.0/15", "an address for measuring network devices", "RFC 2544"},
    {"198.51.100.0/24", "an address for use in documentation", "RFC 5737"},
    {"203.0.113.0/24", "an address for use in documentation", "RFC 5737"},
    {"224.0.0.0/4", "a multicast address", "RFC 5771"},
    {"240.0.0.0/4", "an address reserved for future use", "RFC 1112"},
    {"255.255.255.255/32", "the broadcast address", "RFC 919"},

    {"::/3", "not an address of the public internet", "RFC 4291"},
    {"4000::/2", "not an address of the public internet", "RFC 4291"},
    {"8000::/1", "not an address of the public internet", "RFC 4291"},
    {"::/128", "the empty address, which stands for \"none yet\"", "RFC 4291"},
    {"::1/128", "the loopback address, which means this computer itself", "RFC 4291"},
    {"::ffff:0:0/96", "an IPv4 address written as IPv6", "RFC 4291"},
    {"64:ff9b::/96", "an IPv4 address translated by NAT64", "RFC 6052"},
    {"64:ff9b:1::/48", "an IPv4 address translated by a local NAT64", "RFC 8215"},
    {"100::/64", "an address whose traffic is thrown away", "RFC 6666"},
    {"100:0:0:1::/64", "a dummy IPv6 address", "RFC 9780"},
    {"2001::/23", "an address reserved for internet protocols", "RFC 2928"},
    {"2001::/32", "an address of a Teredo tunnel", "RFC 4380"},
    {"2001:1::1/128", "the anycast address of port control servers", "RFC 7723"},
    {"2001:1::2/128", "the anycast address of relay servers", "RFC 8155"},
    {"2001:1::3/128", "the anycast address of service registration", "RFC 9665"},
    {"2001:2::/48", "an address for measuring network devices", "RFC 5180"},
    {"2001:3::/32", "an address of multicast relays", "RFC 7450"},
    {"2001:4:112::/48", "an address of the AS112 name servers", "RFC 7535"},
    {"2001:10::/28", "a former hash identifier (ORCHID), not an address", "RFC 4843"},
    {"2001:20::/28", "a hash identifier (ORCHIDv2), not an address", "RFC 7343"},
    {"2001:30::/28", "an identifier of a drone, not an address", "RFC 9374"},
    {"2001:db8::/32", "an address for use in documentation", "RFC 3849"},
    {"2002::/16", "an address of a 6to4 tunnel", "RFC 3056"},
    {"2620:4f:8000::/48", "an address of the AS112 name servers", "RFC 7534"},
    {"3fff::/20", "an address for use in documentation", "RFC 9637"},
    {"5f00::/16", "a segment routing identifier, not an address", "RFC 9602"},
    {"fc00::/7", "a unique local address, valid only inside a home or company network", "RFC 4193"},
    {"fe80::/10", "a link-local address, valid only on one network cable or Wi-Fi", "RFC 4291"},
    {"fec0::/10", "a former site-local address", "RFC 3879"},
    {"ff00::/8", "a multicast address", "RFC 4291"},
};

/* The text of the table is its only truth; reading it takes a few microseconds. */
static guint read_prefix(const char *prefix, WhAddress *address)
{
    const char *slash = strchr(prefix, '/');
    char text[WH_ADDRESS_STRLEN];
    g_strlcpy(text, prefix, MIN(sizeof text, (gsize)(slash - prefix) + 1));
    gboolean ok = wh_address_parse(text, address);
    g_assert(ok);
    return (guint)g_ascii_strtoull(slash + 1, NULL, 10);
}

const WhSpecialAddress *wh_special_address_find(const WhAddress *address)
{
    const WhSpecialAddress *best = NULL;
    guint best_length = 0;
    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        WhAddress prefix;
        guint length = read_prefix(table[i].prefix, &prefix);
        if (length > best_length && wh_address_shares_prefix(address, &prefix, length)) {
            best = &table[i];
            best_length = length;
        }
    }
    return best;
}

static gboolean is_in_one(const WhAddress *address, const char *const *prefixes)
{
    for (guint i = 0; prefixes[i] != NULL; i++) {
        WhAddress prefix;
        guint length = read_prefix(prefixes[i], &prefix);
        if (wh_address_shares_prefix(address, &prefix, length))
            return TRUE;
    }
    return FALSE;
}

gboolean wh_special_address_is_shared(const WhAddress *address)
{
    static const char *const shared[] = {"100.64.0.0/10", "192.0.0.0/29", NULL};
    return is_in_one(address, shared);
}

gboolean wh_special_address_is_private(const WhAddress *address)
{
    static const char *const of_homes[] = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                           "fc00::/7", NULL};
    return is_in_one(address, of_homes);
}

gboolean wh_special_address_is_link_local(const WhAddress *address)
{
    static const char *const of_links[] = {"169.254.0.0/16", "fe80::/10", NULL};
    return is_in_one(address, of_links);
}
