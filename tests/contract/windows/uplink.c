#include "platform/uplink.h"

#include "tests/contract/uplink_adapter.h"
#include "tests/contract/windows/address_monitor_line.h"

#include <winsock2.h>

#include <ws2ipdef.h>
#include <ws2tcpip.h>

/* The system's headers make it a macro; here it is what an address belongs to. */
#undef interface

#define NOBODY 4711

typedef struct {
    guint line;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static SOCKET socket_open(guint family, gboolean stream)
{
    SOCKET opened = socket(family == 4 ? AF_INET : AF_INET6, stream ? SOCK_STREAM : SOCK_DGRAM, 0);

    g_assert_true(opened != INVALID_SOCKET);
    return opened;
}

/* Wine knows the choice for IPv4 alone. */
static gboolean can_choose(guint family)
{
    SOCKET trial = socket_open(family, FALSE);
    DWORD number = world()->line;
    gboolean can = family == 4 || setsockopt(trial, IPPROTO_IPV6, IPV6_UNICAST_IF,
                                             (const char *)&number, sizeof number) == 0;

    closesocket(trial);
    return can;
}

gboolean wh_adapter_begin(guint family)
{
    WSADATA ignored;

    world()->line = wh_line_begin();
    if (world()->line == 0)
        return FALSE;
    WSAStartup(MAKEWORD(2, 2), &ignored);
    if (can_choose(family))
        return TRUE;
    WSACleanup();
    g_test_skip("Wine lets no IPv6 socket choose its interface");
    return FALSE;
}

void wh_adapter_end(void)
{
    WSACleanup();
}

guint wh_adapter_line(void)
{
    return world()->line;
}

guint wh_adapter_nobody(void)
{
    return NOBODY;
}

guint64 wh_adapter_socket_new(guint family, gboolean stream)
{
    return socket_open(family, stream);
}

void wh_adapter_socket_close(guint64 socket)
{
    closesocket((SOCKET)socket);
}

/* Under Wine nothing leaves: what the system remembers of the choice is looked at, in its own
 * order of bytes for each family. */
WhSent wh_adapter_send(guint64 socket, guint family, gboolean stream)
{
    DWORD number = 0;
    int size = sizeof number;

    g_assert_cmpint(getsockopt((SOCKET)socket, family == 4 ? IPPROTO_IP : IPPROTO_IPV6,
                               family == 4 ? IP_UNICAST_IF : IPV6_UNICAST_IF, (char *)&number,
                               &size),
                    ==, 0);
    if (family == 4)
        number = ntohl(number);
    return number == world()->line ? WH_SENT_OVER_LINE : WH_SENT_OVER_VPN;
}

void wh_adapter_add_tests(void)
{
}
