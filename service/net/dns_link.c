#include "service/net/dns_link.h"

static gboolean bind_to_uplink(GSocket *socket, const WhDnsLinkTarget *target, GError **error)
{
    guint family = g_socket_get_family(socket) == G_SOCKET_FAMILY_IPV4 ? 4 : 6;
    if (target->uplink == 0)
        return TRUE;
    if (target->binder != NULL)
        return target->binder((guint64)g_socket_get_fd(socket), target->uplink, family, error);
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "The connection to ask over cannot be chosen here.");
    return FALSE;
}

GSocket *wh_dns_link_socket(const WhDnsLinkTarget *target, GSocketType type,
                            GSocketProtocol protocol, GError **error)
{
    g_autoptr(GSocket) socket =
        g_socket_new(g_socket_address_get_family(target->server), type, protocol, error);
    if (socket == NULL)
        return NULL;
    g_socket_set_blocking(socket, FALSE);
    if (!bind_to_uplink(socket, target, error))
        return NULL;
    return g_steal_pointer(&socket);
}
