#include "platform/common/link_socket.h"
#include "platform/neighbours.h"

#define DISCARD_PORT 9

gboolean wh_neighbours_probe(guint interface, guint family, const guint8 *address, GError **error)
{
    g_autoptr(GSocket) socket = wh_link_socket_new(interface, family, error);
    g_autoptr(GSocketAddress) there =
        wh_link_socket_address(interface, family, address, DISCARD_PORT);

    return socket != NULL && g_socket_send_to(socket, there, "", 0, NULL, error) == 0;
}
