#include "platform/network_identity.h"

void wh_network_identity_clear(WhNetworkIdentity *identity)
{
    g_free(identity->prefix);
    *identity = (WhNetworkIdentity){0};
}

char *wh_network_identity_id(const WhNetworkIdentity *identity)
{
    const guint8 *mac = identity->gateway_mac;

    if (!identity->has_gateway_mac || identity->prefix == NULL)
        return NULL;
    return g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x/%s", mac[0], mac[1], mac[2], mac[3],
                           mac[4], mac[5], identity->prefix);
}
