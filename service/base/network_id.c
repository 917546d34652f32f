#include "service/base/network_id.h"

#include "service/base/device.h"

#include <string.h>

static void cut(WhAddress *address, guint length)
{
    for (guint bit = length; bit < wh_family_size(address->family) * 8; bit++)
        address->bytes[bit / 8] &= (guint8) ~(0x80 >> (bit % 8));
}

char *wh_network_id_normalize(const char *text)
{
    guint8 mac[WH_MAC_SIZE];
    WhAddress prefix;
    guint64 length;
    char mac_text[WH_MAC_STRLEN], prefix_text[WH_ADDRESS_STRLEN];
    if (text == NULL || !g_utf8_validate(text, -1, NULL))
        return NULL;
    g_auto(GStrv) parts = g_strsplit(text, "/", 4);
    if (g_strv_length(parts) != 3 || !wh_mac_parse(parts[0], mac) ||
        !wh_address_parse(parts[1], &prefix) ||
        !g_ascii_string_to_unsigned(parts[2], 10, 0, wh_family_size(prefix.family) * 8, &length,
                                    NULL))
        return NULL;
    cut(&prefix, (guint)length);
    return g_strdup_printf("%s/%s/%u", wh_mac_format(mac, mac_text),
                           wh_address_format(&prefix, prefix_text), (guint)length);
}
