#include "platform/linux/ways.h"

#include <linux/if_arp.h>

enum { ETH = 1, WLAN, TUN, PPP, SIT, N_LINKS };

/* What the system answers: by family and by the interface that is asked about, 0 for any. */
typedef struct {
    WhLinkTable *links;
    struct {
        WhWayAnswer answer;
        WhNetlinkRoute route;
    } world[2][N_LINKS];
    guint questions;
    WhWays ways;
} Fixture;

static void no_device(guint interface, const char *name, char *device, gsize size)
{
    g_strlcpy(device, "", size);
}

static void link_add(Fixture *fixture, guint interface, guint16 hardware, gboolean usable)
{
    WhNetlinkLink link = {
        .interface = interface, .up = TRUE, .usable = usable, .hardware = hardware};

    wh_link_table_set(fixture->links, &link);
}

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->links = wh_link_table_new(no_device);
    for (guint i = 0; i < 2; i++)
        for (guint j = 0; j < N_LINKS; j++)
            fixture->world[i][j].answer = WH_WAY_NONE;
    link_add(fixture, ETH, ARPHRD_ETHER, TRUE);
    link_add(fixture, WLAN, ARPHRD_ETHER, TRUE);
    link_add(fixture, TUN, ARPHRD_NONE, TRUE);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_link_table_free(fixture->links);
}

static WhWayAnswer answer(guint family, guint interface, WhNetlinkRoute *route, gpointer data)
{
    Fixture *fixture = data;
    guint place = family == 4 ? 0 : 1;

    g_assert_cmpuint(interface, <, N_LINKS);
    fixture->questions++;
    *route = fixture->world[place][interface].route;
    return fixture->world[place][interface].answer;
}

/* Who asks for `asked` (0: any) is sent over `over` with this metric; another hop is added. */
static void way_set(Fixture *fixture, guint family, guint asked, guint over, guint32 metric)
{
    WhNetlinkRoute *route = &fixture->world[family == 4 ? 0 : 1][asked].route;

    fixture->world[family == 4 ? 0 : 1][asked].answer = WH_WAY_FOUND;
    route->family = family;
    route->hops[route->n_hops++] =
        (WhNetlinkHop){.route = {.interface = over, .has_gateway = TRUE, .gateway = {(guint8)over}},
                       .metric = metric,
                       .preference = 1};
}

static void find(Fixture *fixture)
{
    fixture->questions = 0;
    g_assert_true(wh_ways_find(fixture->links, answer, fixture, &fixture->ways));
}

static void check(Fixture *fixture, guint family, guint route, guint line)
{
    guint place = family == 4 ? 0 : 1;

    g_assert_cmpuint(fixture->ways.route[place].interface, ==, route);
    g_assert_cmpuint(fixture->ways.line[place].interface, ==, line);
    g_assert_cmpuint(fixture->ways.line[place].gateway[0], ==, line);
}

static WhInterfaceKind kind(Fixture *fixture, guint interface)
{
    return wh_link_table_find(fixture->links, interface)->kind;
}

/* Without a tunnel two questions are all. */
static void test_no_vpn(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, ETH, 100);
    way_set(fixture, 6, 0, WLAN, 100);
    find(fixture);
    check(fixture, 4, ETH, ETH);
    check(fixture, 6, WLAN, WLAN);
    g_assert_cmpuint(fixture->questions, ==, 2);
}

static void test_nothing(Fixture *fixture, gconstpointer data)
{
    find(fixture);
    check(fixture, 4, 0, 0);
    check(fixture, 6, 0, 0);
}

static void test_vpn(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, TUN, 50);
    way_set(fixture, 4, TUN, TUN, 50);
    way_set(fixture, 4, ETH, ETH, 200);
    way_set(fixture, 4, WLAN, WLAN, 100);
    way_set(fixture, 6, 0, ETH, 100);
    find(fixture);
    check(fixture, 4, TUN, WLAN);
    check(fixture, 6, ETH, ETH);
}

/* The tunnel is the only way there is. */
static void test_vpn_alone(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, TUN, 50);
    find(fixture);
    check(fixture, 4, TUN, 0);
}

static void test_lines_by_metric_and_preference(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 6, 0, TUN, 50);
    way_set(fixture, 6, ETH, ETH, 1024);
    way_set(fixture, 6, WLAN, WLAN, 1024);
    fixture->world[1][WLAN].route.hops[0].preference = 2;
    find(fixture);
    check(fixture, 6, TUN, WLAN);
    fixture->world[1][ETH].route.hops[0].metric = 1023;
    find(fixture);
    check(fixture, 6, TUN, ETH);
}

/* The route that is found for one line may have hops over others as well. */
static void test_hops(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, TUN, 50);
    way_set(fixture, 4, WLAN, ETH, 100);
    way_set(fixture, 4, WLAN, WLAN, 100);
    find(fixture);
    check(fixture, 4, TUN, WLAN);
    way_set(fixture, 6, 0, ETH, 100);
    way_set(fixture, 6, 0, WLAN, 100);
    link_add(fixture, ETH, ARPHRD_ETHER, FALSE);
    find(fixture);
    check(fixture, 6, WLAN, WLAN);
}

/* The cable was pulled and its route is still there: the next line is the way. */
static void test_line_without_carrier(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, ETH, 100);
    way_set(fixture, 4, ETH, ETH, 100);
    way_set(fixture, 4, WLAN, WLAN, 200);
    link_add(fixture, ETH, ARPHRD_ETHER, FALSE);
    find(fixture);
    check(fixture, 4, WLAN, WLAN);
}

/* A tunnel that is out of order still owns the way. */
static void test_tunnel_without_carrier(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, TUN, 50);
    way_set(fixture, 4, ETH, ETH, 100);
    link_add(fixture, TUN, ARPHRD_NONE, FALSE);
    find(fixture);
    check(fixture, 4, 0, ETH);
}

/* The kernel says that nothing may leave, although the line has a route. */
static void test_shut_off(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, ETH, ETH, 100);
    find(fixture);
    check(fixture, 4, 0, ETH);
}

static void test_dialled_line(Fixture *fixture, gconstpointer data)
{
    link_add(fixture, PPP, ARPHRD_PPP, TRUE);
    way_set(fixture, 4, 0, PPP, 0);
    way_set(fixture, 4, PPP, PPP, 0);
    way_set(fixture, 6, 0, PPP, 0);
    find(fixture);
    g_assert_cmpint(kind(fixture, PPP), ==, WH_INTERFACE_OTHER);
    check(fixture, 4, PPP, PPP);
    check(fixture, 6, PPP, PPP);
}

/* A line in the other family is enough: VPNs often carry IPv4 only, and take its route away. */
static void test_dialled_vpn(Fixture *fixture, gconstpointer data)
{
    link_add(fixture, PPP, ARPHRD_PPP, TRUE);
    way_set(fixture, 4, 0, PPP, 0);
    way_set(fixture, 6, 0, ETH, 0);
    way_set(fixture, 6, ETH, ETH, 0);
    find(fixture);
    g_assert_cmpint(kind(fixture, PPP), ==, WH_INTERFACE_TUNNEL);
    check(fixture, 4, PPP, 0);
    way_set(fixture, 4, ETH, ETH, 100);
    find(fixture);
    check(fixture, 4, PPP, ETH);
    /* The tunnel stays one for as long as the line is there, and no longer. */
    fixture->world[0][ETH].answer = WH_WAY_NONE;
    fixture->world[1][ETH].answer = WH_WAY_NONE;
    fixture->world[1][0].answer = WH_WAY_NONE;
    find(fixture);
    g_assert_cmpint(kind(fixture, PPP), ==, WH_INTERFACE_OTHER);
}

/* Another VPN is no line that would make it one. */
static void test_dialled_line_below_a_vpn(Fixture *fixture, gconstpointer data)
{
    link_add(fixture, PPP, ARPHRD_PPP, TRUE);
    way_set(fixture, 4, 0, TUN, 0);
    way_set(fixture, 4, TUN, TUN, 0);
    way_set(fixture, 4, PPP, PPP, 10);
    find(fixture);
    g_assert_cmpint(kind(fixture, PPP), ==, WH_INTERFACE_OTHER);
    check(fixture, 4, TUN, PPP);
}

/* IPv6 in IPv4 is the home's IPv6 where it has no other, whatever IPv4 does. */
static void test_ipv6_in_ipv4(Fixture *fixture, gconstpointer data)
{
    link_add(fixture, SIT, ARPHRD_SIT, TRUE);
    way_set(fixture, 4, 0, ETH, 0);
    way_set(fixture, 4, ETH, ETH, 0);
    way_set(fixture, 6, 0, SIT, 0);
    way_set(fixture, 6, SIT, SIT, 0);
    find(fixture);
    g_assert_cmpint(kind(fixture, SIT), ==, WH_INTERFACE_OTHER);
    check(fixture, 6, SIT, SIT);
    way_set(fixture, 6, ETH, ETH, 1024);
    find(fixture);
    g_assert_cmpint(kind(fixture, SIT), ==, WH_INTERFACE_TUNNEL);
    check(fixture, 6, SIT, ETH);
}

static void test_refused(Fixture *fixture, gconstpointer data)
{
    way_set(fixture, 4, 0, TUN, 0);
    find(fixture);
    fixture->world[0][WLAN].answer = WH_WAY_UNKNOWN;
    way_set(fixture, 4, ETH, ETH, 0);
    g_assert_false(wh_ways_find(fixture->links, answer, fixture, &fixture->ways));
    check(fixture, 4, TUN, 0);
}

#define ADD(path, func) g_test_add("/ways/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("no-vpn", test_no_vpn);
    ADD("nothing", test_nothing);
    ADD("vpn", test_vpn);
    ADD("vpn-alone", test_vpn_alone);
    ADD("lines-by-metric-and-preference", test_lines_by_metric_and_preference);
    ADD("hops", test_hops);
    ADD("line-without-carrier", test_line_without_carrier);
    ADD("tunnel-without-carrier", test_tunnel_without_carrier);
    ADD("shut-off", test_shut_off);
    ADD("dialled-line", test_dialled_line);
    ADD("dialled-vpn", test_dialled_vpn);
    ADD("dialled-line-below-a-vpn", test_dialled_line_below_a_vpn);
    ADD("ipv6-in-ipv4", test_ipv6_in_ipv4);
    ADD("refused", test_refused);
    return g_test_run();
}
