#include "platform/common/neighbour_echo.h"

#include "platform/common/link_socket.h"
#include "platform/common/neighbour_answers.h"

#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* The sockets for echoes that need no privilege (icmp(7), net.ipv4.ping_group_range). */
static GSocket *echo_socket(GError **error)
{
    int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);
    GSocket *made;

    if (fd < 0) {
        int code = errno;

        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "The system lets this program send no echo requests: %s", g_strerror(code));
        return NULL;
    }
    made = g_socket_new_from_fd(fd, error);
    if (made == NULL) {
        close(fd);
        return NULL;
    }
    g_socket_set_blocking(made, FALSE);
    return made;
}

/* The kernel fills in the identifier and the checksum. */
gboolean wh_neighbour_echo(const WhInterfaceAddress *origin, GError **error)
{
    static const guint8 everybody[16] = {0xff, 0x02, [15] = 0x01};
    const struct icmp6_hdr request = {.icmp6_type = ICMP6_ECHO_REQUEST};
    g_autoptr(GSocket) socket = echo_socket(error);
    g_autoptr(GSocketAddress) there = wh_link_socket_address(origin->interface, 6, everybody, 0);

    if (socket == NULL || !wh_link_socket_set_origin(socket, origin, error) ||
        g_socket_send_to(socket, there, (const char *)&request, sizeof request, NULL, error) < 0)
        return FALSE;
    wh_neighbour_answers_hear(socket, origin);
    return TRUE;
}
