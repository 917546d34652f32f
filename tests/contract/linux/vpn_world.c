#include "tests/contract/linux/vpn_world.h"

#include "tests/contract/linux/address_monitor_world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define IPV4_DESTINATION 16
#define IPV6_DESTINATION 24

gboolean wh_vpn_world_enter(void)
{
    if (!wh_world_enter())
        return FALSE;
    wh_world_ip("addr add 192.0.2.1/24 dev wire0\n"
                "addr add 2001:db8::1/64 dev wire0 nodad\n"
                "route add default via " WH_VPN_WORLD_ROUTER " metric 100\n"
                "-6 route add default via " WH_VPN_WORLD_ROUTER_IPV6 " dev wire0 metric 100\n"
                "neigh add " WH_VPN_WORLD_ROUTER " lladdr 02:00:00:00:00:fe dev wire0\n"
                "neigh add " WH_VPN_WORLD_ROUTER_IPV6 " lladdr 02:00:00:00:00:fe dev wire0");
    return TRUE;
}

int wh_vpn_world_open_tunnel(void)
{
    struct ifreq request = {.ifr_name = "vpn0", .ifr_flags = IFF_TUN | IFF_NO_PI};
    int tunnel = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);

    if (tunnel < 0 || ioctl(tunnel, TUNSETIFF, &request) != 0) {
        g_autofree char *reason =
            g_strdup_printf("Tunnels cannot be made here: %s", g_strerror(errno));

        if (tunnel >= 0)
            close(tunnel);
        g_test_skip(reason);
        return -1;
    }
    wh_world_ip("link set vpn0 addrgenmode none\n"
                "link set vpn0 up\n"
                "addr add 10.8.0.2/24 dev vpn0\n"
                "addr add fd00:8::2/64 dev vpn0 nodad");
    wh_world_until_running("vpn0");
    return tunnel;
}

void wh_vpn_world_close_tunnel(int tunnel)
{
    g_assert_cmpint(close(tunnel), ==, 0);
}

void wh_vpn_world_take_by_default(void)
{
    wh_world_ip("route add default via 10.8.0.1 dev vpn0 metric 50\n"
                "-6 route add default dev vpn0 metric 50");
}

void wh_vpn_world_take_by_halves(void)
{
    wh_world_ip("route add 0.0.0.0/1 via 10.8.0.1 dev vpn0\n"
                "route add 128.0.0.0/1 via 10.8.0.1 dev vpn0\n"
                "-6 route add ::/3 dev vpn0\n"
                "-6 route add 2000::/4 dev vpn0\n"
                "-6 route add 3000::/4 dev vpn0");
}

void wh_vpn_world_take_by_rules(void)
{
    wh_world_ip("route add default dev vpn0 table 51820\n"
                "-6 route add default dev vpn0 table 51820\n"
                "rule add not fwmark 51820 table 51820\n"
                "rule add table main suppress_prefixlength 0\n"
                "-6 rule add not fwmark 51820 table 51820\n"
                "-6 rule add table main suppress_prefixlength 0");
}

void wh_vpn_world_release_rules(void)
{
    wh_world_ip("rule del not fwmark 51820 table 51820\n"
                "rule del table main suppress_prefixlength 0\n"
                "-6 rule del not fwmark 51820 table 51820\n"
                "-6 rule del table main suppress_prefixlength 0");
}

int wh_vpn_world_listen_to_line(void)
{
    struct sockaddr_ll end = {.sll_family = AF_PACKET,
                              .sll_protocol = g_htons(ETH_P_ALL),
                              .sll_ifindex = (int)wh_world_interface("wire1")};
    int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    g_assert_cmpint(descriptor, >=, 0);
    g_assert_cmpint(bind(descriptor, (struct sockaddr *)&end, sizeof end), ==, 0);
    return descriptor;
}

static gboolean is_for_target(const guint8 *packet, gsize length, guint family)
{
    guint8 target[16];
    gsize size = family == 4 ? 4 : 16;
    gsize place = family == 4 ? IPV4_DESTINATION : IPV6_DESTINATION;

    g_assert_cmpint(inet_pton(family == 4 ? AF_INET : AF_INET6,
                              family == 4 ? WH_VPN_WORLD_TARGET : WH_VPN_WORLD_TARGET_IPV6, target),
                    ==, 1);
    return length >= place + size && packet[0] >> 4 == family &&
           memcmp(packet + place, target, size) == 0;
}

gboolean wh_vpn_world_was_sent(int descriptor, guint family, gsize header)
{
    guint8 packet[2048];
    gboolean found = FALSE;
    ssize_t length;

    while ((length = read(descriptor, packet, sizeof packet)) > 0)
        if ((gsize)length > header)
            found |= is_for_target(packet + header, (gsize)length - header, family);
    return found;
}
