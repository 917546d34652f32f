#include "service/base/aim.h"

static const char *const reason_names[] = {
    [WH_AIM_KNOWN] = NULL,
    [WH_AIM_NO_ADDRESS] = NULL,
    [WH_AIM_VPN] = "vpn",
    [WH_AIM_NO_LAN_ADDRESS] = "no_lan_address",
    [WH_AIM_ELSEWHERE] = "elsewhere",
    [WH_AIM_UNREACHABLE] = "unreachable",
    [WH_AIM_DEVICE_UNSEEN] = "device_unseen",
    [WH_AIM_DEVICE_UNKNOWN] = "device_unknown",
};

G_STATIC_ASSERT(G_N_ELEMENTS(reason_names) == WH_N_AIM_REASONS);

WhAim wh_aim_at(const WhAddress *address)
{
    return (WhAim){.known = TRUE, .address = *address, .why = WH_AIM_KNOWN};
}

WhAim wh_aim_nowhere(WhAimReason why)
{
    return (WhAim){.why = why};
}

gboolean wh_aim_equal(const WhAim *a, const WhAim *b)
{
    if (a->why != b->why || !a->known != !b->known)
        return FALSE;
    return !a->known || wh_address_equal(&a->address, &b->address);
}

const char *wh_aim_reason_name(WhAimReason why)
{
    return reason_names[why];
}
