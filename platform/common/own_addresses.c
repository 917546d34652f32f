#include "platform/common/own_addresses.h"

#include <string.h>

/* What is left of byte number `place` within a prefix. */
static guint mask(guint prefix_length, guint place)
{
    guint before = place * 8;
    guint missing = prefix_length >= before + 8 ? 0 : before + 8 - prefix_length;

    return missing >= 8 ? 0 : (0xffU << missing) & 0xffU;
}

gboolean wh_own_address_covers(const WhInterfaceAddress *address, const guint8 *bytes)
{
    guint length = address->family == 4 ? 4 : 16;

    for (guint i = 0; i < length; i++) {
        if (((address->bytes[i] ^ bytes[i]) & mask(address->prefix_length, i)) != 0)
            return FALSE;
    }
    return TRUE;
}

void wh_own_address_network(const WhInterfaceAddress *address, guint8 network[16])
{
    memset(network, 0, 16);
    for (guint i = 0; i < (address->family == 4 ? 4 : 16); i++)
        network[i] = (guint8)(address->bytes[i] & mask(address->prefix_length, i));
}
