#include "service/gateway/endpoint.h"

static GSocketFamily to_socket_family(WhFamily family)
{
    return family == WH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
}

GSocketAddress *wh_endpoint_new(const WhAddress *address, guint16 port)
{
    g_autoptr(GInetAddress) inet =
        g_inet_address_new_from_bytes(address->bytes, to_socket_family(address->family));
    return g_inet_socket_address_new(inet, port);
}

gboolean wh_endpoint_read(GSocketAddress *endpoint, WhAddress *address)
{
    if (!G_IS_INET_SOCKET_ADDRESS(endpoint))
        return FALSE;
    GInetAddress *inet = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(endpoint));
    gboolean is_ipv4 = g_inet_address_get_family(inet) == G_SOCKET_FAMILY_IPV4;
    *address = wh_address_from_bytes(is_ipv4 ? WH_FAMILY_IPV4 : WH_FAMILY_IPV6,
                                     g_inet_address_to_bytes(inet));
    return TRUE;
}
