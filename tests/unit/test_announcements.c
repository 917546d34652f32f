#include "service/gateway/announcements.h"

#include "tests/support/fake_clock.h"
#include "tests/unit/test_router_double.h"

#include <gio/gnetworking.h>

typedef struct {
    WhFakeClock *fake;
    WhComplaints *complaints;
    TestRouter router;
    WhAnnouncements *listener;
    guint16 port;
    guint heard[2];
    guint expected;
    gboolean free_when_heard;
} Fixture;

static void hear(WhAnnouncementKind kind, gpointer data)
{
    Fixture *fixture = data;
    fixture->heard[kind]++;
    if (fixture->free_when_heard)
        g_clear_pointer(&fixture->listener, wh_announcements_free);
}

static guint16 find_free_port(void)
{
    TestRouter probe = {0};
    test_router_init(&probe);
    test_router_clear(&probe);
    return probe.port;
}

static void listen_for(Fixture *fixture, const WhGatewayRoute *route)
{
    g_clear_pointer(&fixture->listener, wh_announcements_free);
    fixture->listener = wh_announcements_new(route, fixture->port, find_free_port(),
                                             fixture->complaints, hear, fixture);
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute route = test_router_route();
    fixture->fake = wh_fake_clock_new();
    fixture->complaints = wh_complaints_new(wh_fake_clock_clock(fixture->fake));
    test_router_init(&fixture->router);
    fixture->port = find_free_port();
    listen_for(fixture, &route);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    wh_announcements_free(fixture->listener);
    g_assert_cmpuint(wh_fake_clock_pending(fixture->fake), ==, 0);
    wh_complaints_free(fixture->complaints);
    test_router_clear(&fixture->router);
    wh_fake_clock_free(fixture->fake);
}

static void announce(Fixture *fixture, const char *group, const char *bytes, gsize length)
{
    g_autoptr(GInetAddress) inet = g_inet_address_new_from_string(group);
    g_autoptr(GSocketAddress) to = g_inet_socket_address_new(inet, fixture->port);
    test_router_reply_to(&fixture->router, to, bytes, length);
}

static gboolean has_heard(gpointer data)
{
    const Fixture *fixture = data;
    return fixture->heard[0] + fixture->heard[1] >= fixture->expected;
}

static void wait_for(Fixture *fixture, guint natpmp, guint pcp)
{
    fixture->expected = natpmp + pcp;
    test_router_wait(has_heard, fixture);
    g_assert_cmpuint(fixture->heard[WH_ANNOUNCEMENT_NATPMP], ==, natpmp);
    g_assert_cmpuint(fixture->heard[WH_ANNOUNCEMENT_PCP], ==, pcp);
}

static void announce_both(Fixture *fixture, const char *group)
{
    char natpmp[TEST_NATPMP_ANSWER_SIZE];
    char pcp[TEST_PCP_SIZE];
    test_natpmp_answer(natpmp, 0, 1, "11.22.33.44");
    test_pcp_answer(pcp, 0, 1);
    announce(fixture, group, natpmp, sizeof natpmp);
    announce(fixture, group, pcp, sizeof pcp);
}

static void test_group(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute route = test_router_route();
    g_strlcpy(route.name, "lo", sizeof route.name);
    listen_for(fixture, &route);
    g_assert_cmpstr(wh_announcements_trouble(fixture->listener), ==, NULL);
    g_assert_true(g_socket_set_option(fixture->router.socket, IPPROTO_IP, IP_MULTICAST_IF,
                                      (gint)htonl(INADDR_LOOPBACK), NULL));
    announce_both(fixture, "224.0.0.1");
    wait_for(fixture, 1, 1);
}

static void test_malformed(Fixture *fixture, gconstpointer data)
{
    char refusal[TEST_NATPMP_ANSWER_SIZE];
    char error[TEST_PCP_SIZE];
    test_natpmp_answer(refusal, 1, 1, NULL);
    test_pcp_answer(error, 1, 1);
    announce(fixture, "127.0.0.1", "", 0);
    announce(fixture, "127.0.0.1", "\0\x80\0\0\0\0\0\1\1\1\1", 11);
    announce(fixture, "127.0.0.1", refusal, sizeof refusal);
    announce(fixture, "127.0.0.1", error, sizeof error);
    announce(fixture, "127.0.0.1", error, sizeof error - 1);
    announce_both(fixture, "127.0.0.1");
    wait_for(fixture, 1, 1);
}

/* What is an answer to something, but no announcement. */
static void test_refusals(Fixture *fixture, gconstpointer data)
{
    char natpmp[TEST_NATPMP_ANSWER_SIZE];
    char pcp[TEST_PCP_SIZE];
    for (guint8 result = 0; result < 2; result++) {
        WhAnnouncementKind kind = WH_ANNOUNCEMENT_PCP;
        test_natpmp_answer(natpmp, result, 1, NULL);
        test_pcp_answer(pcp, result, 1);
        g_assert_cmpint(wh_announcement_read((const guint8 *)natpmp, sizeof natpmp, &kind), ==,
                        result == 0);
        g_assert_cmpint(kind, ==, result == 0 ? WH_ANNOUNCEMENT_NATPMP : WH_ANNOUNCEMENT_PCP);
        g_assert_cmpint(wh_announcement_read((const guint8 *)pcp, sizeof pcp, &kind), ==,
                        result == 0);
    }
}

static void test_stranger(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute elsewhere = test_router_route();
    WhGatewayRoute here = test_router_route();
    g_assert_true(wh_address_parse("127.0.0.2", &elsewhere.router));
    listen_for(fixture, &elsewhere);
    announce_both(fixture, "127.0.0.1");
    while (!g_main_context_iteration(NULL, FALSE))
        g_thread_yield();
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    g_assert_cmpuint(fixture->heard[0] + fixture->heard[1], ==, 0);
    listen_for(fixture, &here);
    announce_both(fixture, "127.0.0.1");
    wait_for(fixture, 1, 1);
}

static void test_freed_from_within(Fixture *fixture, gconstpointer data)
{
    fixture->free_when_heard = TRUE;
    announce_both(fixture, "127.0.0.1");
    wait_for(fixture, 1, 0);
}

static void test_shared_port(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute route = test_router_route();
    g_autoptr(WhAnnouncements) second = wh_announcements_new(
        &route, fixture->port, find_free_port(), fixture->complaints, hear, fixture);
    g_assert_cmpstr(wh_announcements_trouble(second), ==, NULL);
}

static void test_trouble(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute route = test_router_route();
    fixture->port = fixture->router.port; /* held by somebody who does not share */
    listen_for(fixture, &route);
    g_assert_nonnull(wh_announcements_trouble(fixture->listener));
}

#define ADD_CASE(name, test)                                                                       \
    g_test_add("/announcements/" name, Fixture, NULL, set_up, test, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD_CASE("group", test_group);
    ADD_CASE("malformed", test_malformed);
    ADD_CASE("refusals", test_refusals);
    ADD_CASE("stranger", test_stranger);
    ADD_CASE("freed", test_freed_from_within);
    ADD_CASE("shared", test_shared_port);
    ADD_CASE("trouble", test_trouble);
    return g_test_run();
}
