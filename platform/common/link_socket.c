#include "platform/common/link_socket.h"

#include "platform/uplink.h"

#include <gio/gnetworking.h>

#define GROUP_HOPS 255

static GSocketFamily gio_family(guint family)
{
    return family == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
}

GSocketAddress *wh_link_socket_address(guint interface, guint family, const guint8 *bytes,
                                       guint16 port)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_bytes(bytes, gio_family(family));
    gboolean has_zone = family == 6 && (g_inet_address_get_is_link_local(address) ||
                                        g_inet_address_get_is_mc_link_local(address));

    return g_object_new(G_TYPE_INET_SOCKET_ADDRESS, "address", address, "port", (guint)port,
                        "scope-id", has_zone ? interface : 0, NULL);
}

static GSocket *udp_socket(guint family, GError **error)
{
    GSocket *socket =
        g_socket_new(gio_family(family), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);

    if (socket != NULL)
        g_socket_set_blocking(socket, FALSE);
    return socket;
}

GSocket *wh_link_socket_new(guint interface, guint family, GError **error)
{
    g_autoptr(GSocket) socket = udp_socket(family, error);

    if (socket == NULL ||
        !wh_uplink_bind((guint64)g_socket_get_fd(socket), interface, family, error))
        return NULL;
    return g_steal_pointer(&socket);
}

GSocket *wh_link_socket_new_from(const WhInterfaceAddress *origin, GError **error)
{
    g_autoptr(GSocket) socket = udp_socket(6, error);

    if (socket == NULL || !wh_link_socket_set_origin(socket, origin, error))
        return NULL;
    return g_steal_pointer(&socket);
}

gboolean wh_link_socket_set_origin(GSocket *socket, const WhInterfaceAddress *origin,
                                   GError **error)
{
    g_autoptr(GSocketAddress) self = wh_link_socket_address(origin->interface, 6, origin->bytes, 0);

    return g_socket_bind(socket, self, FALSE, error) &&
           g_socket_set_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, (gint)origin->interface,
                               error) &&
           g_socket_set_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, GROUP_HOPS, error) &&
           g_socket_set_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0, error);
}
