#include "platform/uplink.h"

#include "platform/windows/text.h"

#include <winsock2.h>

#include <ws2ipdef.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>

/* The system's headers make it a macro; here it is what an address belongs to. */
#undef interface

/* Windows Sockets, "IPPROTO_IP Socket Options": the number of IPv4 is in network byte order, that
 * of IPv6 in the host's. */
gboolean wh_uplink_bind(guint64 socket, guint interface, guint family, GError **error)
{
    DWORD number = family == 4 ? htonl(interface) : interface;
    int level = family == 4 ? IPPROTO_IP : IPPROTO_IPV6;
    int option = family == 4 ? IP_UNICAST_IF : IPV6_UNICAST_IF;
    NET_LUID ignored;

    /* 0 would take back what was chosen, and a number may be that of an interface which is gone. */
    if (interface == 0 || ConvertInterfaceIndexToLuid(interface, &ignored) != NO_ERROR) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "There is no such network interface any more");
        return FALSE;
    }
    if (setsockopt((SOCKET)socket, level, option, (const char *)&number, sizeof number) == 0)
        return TRUE;
    wh_windows_set_error(error, (ULONG)WSAGetLastError(),
                         "The system does not let this connection use a certain network interface");
    return FALSE;
}
