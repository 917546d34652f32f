#include "platform/uplink.h"

#include <errno.h>
#include <net/if.h>
#include <sys/socket.h>

static gboolean refuse(GError **error, int code)
{
    g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(code),
                "The system does not let this connection use a certain network interface (%s)",
                g_strerror(code));
    return FALSE;
}

/* Not IP_UNICAST_IF: it guides datagrams only, and a TCP connection would silently go the usual
 * way. The name, because a number may be that of an interface which is gone. */
gboolean wh_uplink_bind(guint64 socket, guint interface, guint family, GError **error)
{
    char name[IF_NAMESIZE] = "";

    if (if_indextoname(interface, name) == NULL) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "There is no such network interface any more");
        return FALSE;
    }
    if (setsockopt((int)socket, SOL_SOCKET, SO_BINDTODEVICE, name, sizeof name) != 0)
        return refuse(error, errno);
    return TRUE;
}
