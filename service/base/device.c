#include "service/base/device.h"

#include <string.h>

static gboolean is_zero(const guint8 *bytes, gsize size)
{
    for (gsize i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return FALSE;
    }
    return TRUE;
}

gboolean wh_suffix_parse(const char *text, guint8 suffix[WH_SUFFIX_SIZE])
{
    WhAddress address;
    if (text == NULL || !wh_address_parse(text, &address) || address.family != WH_FAMILY_IPV6)
        return FALSE;
    const guint8 *lower = address.bytes + sizeof address.bytes - WH_SUFFIX_SIZE;
    if (is_zero(lower, WH_SUFFIX_SIZE))
        return FALSE;
    memcpy(suffix, lower, WH_SUFFIX_SIZE);
    return TRUE;
}

const char *wh_suffix_format(const guint8 suffix[WH_SUFFIX_SIZE], char text[WH_SUFFIX_STRLEN])
{
    const WhAddress nowhere = {.family = WH_FAMILY_IPV6};
    WhAddress address = wh_suffix_in_prefix(suffix, &nowhere);
    return wh_address_format(&address, text);
}

/* Two digits and what must stand behind them. */
static gboolean read_byte(const char *text, char separator, guint8 *byte)
{
    int high = g_ascii_xdigit_value(text[0]);
    int low = high >= 0 ? g_ascii_xdigit_value(text[1]) : -1;
    if (low < 0 || text[2] != separator)
        return FALSE;
    *byte = (guint8)(high * 16 + low);
    return TRUE;
}

gboolean wh_mac_parse(const char *text, guint8 mac[WH_MAC_SIZE])
{
    guint8 read[WH_MAC_SIZE];
    if (text == NULL || strlen(text) != WH_MAC_STRLEN - 1 || (text[2] != ':' && text[2] != '-'))
        return FALSE;
    for (guint i = 0; i < WH_MAC_SIZE; i++) {
        if (!read_byte(text + i * 3, i + 1 < WH_MAC_SIZE ? text[2] : '\0', &read[i]))
            return FALSE;
    }
    if (is_zero(read, sizeof read) || (read[0] & 1) != 0)
        return FALSE;
    memcpy(mac, read, sizeof read);
    return TRUE;
}

const char *wh_mac_format(const guint8 mac[WH_MAC_SIZE], char text[WH_MAC_STRLEN])
{
    g_snprintf(text, WH_MAC_STRLEN, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
               mac[4], mac[5]);
    return text;
}

WhAddress wh_suffix_in_prefix(const guint8 suffix[WH_SUFFIX_SIZE], const WhAddress *prefix)
{
    WhAddress address = *prefix;
    memcpy(address.bytes + sizeof address.bytes - WH_SUFFIX_SIZE, suffix, WH_SUFFIX_SIZE);
    return address;
}

void wh_mac_to_suffix(const guint8 mac[WH_MAC_SIZE], guint8 suffix[WH_SUFFIX_SIZE])
{
    const guint8 made[WH_SUFFIX_SIZE] = {mac[0] ^ 2, mac[1], mac[2], 0xff,
                                         0xfe,       mac[3], mac[4], mac[5]};
    memcpy(suffix, made, sizeof made);
}
