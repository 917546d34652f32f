#include "platform/common/internet_probe.h"

const guint8 *wh_internet_probe(guint family)
{
    static const guint8 ipv4[4] = {198, 41, 0, 4};
    static const guint8 ipv6[16] = {0x20, 0x01, 0x05, 0x03, 0xba, 0x3e, [13] = 0x02, [15] = 0x30};

    return family == 4 ? ipv4 : ipv6;
}
