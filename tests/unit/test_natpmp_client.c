#include "service/gateway/natpmp_client.h"

#include "tests/support/fake_clock.h"
#include "tests/unit/test_router_double.h"

#define PCP_QUESTION "\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\x7f\0\0\1"

typedef struct {
    WhFakeClock *fake;
    WhComplaints *complaints;
    TestRouter router;
    WhNatpmpClient *client;
    guint words;
    guint expected;
    WhNatpmpWord word;
    guint ask_again;
} Fixture;

static void hear(const WhNatpmpWord *word, gpointer data)
{
    Fixture *fixture = data;
    fixture->words++;
    fixture->word = *word;
    if (fixture->ask_again > 0) {
        fixture->ask_again--;
        wh_natpmp_client_ask(fixture->client);
    }
}

static void make_client(Fixture *fixture, const WhGatewayRoute *route)
{
    WhClock *clock = wh_fake_clock_clock(fixture->fake);
    fixture->client = wh_natpmp_client_new(clock, route, fixture->router.port, fixture->complaints,
                                           hear, fixture);
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute route = test_router_route();
    fixture->fake = wh_fake_clock_new();
    fixture->complaints = wh_complaints_new(wh_fake_clock_clock(fixture->fake));
    test_router_init(&fixture->router);
    make_client(fixture, &route);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    wh_natpmp_client_free(fixture->client);
    g_assert_cmpuint(wh_fake_clock_pending(fixture->fake), ==, 0);
    wh_complaints_free(fixture->complaints);
    test_router_clear(&fixture->router);
    wh_fake_clock_free(fixture->fake);
}

static gboolean has_words(gpointer data)
{
    const Fixture *fixture = data;
    return fixture->words >= fixture->expected;
}

static void wait_for_words(Fixture *fixture, guint count)
{
    fixture->expected = count;
    test_router_wait(has_words, fixture);
    g_assert_cmpuint(fixture->words, ==, count);
}

static void receive_question(Fixture *fixture)
{
    test_router_receive(&fixture->router, TEST_NATPMP_QUESTION, TEST_NATPMP_QUESTION_SIZE);
}

static void reply(Fixture *fixture, guint8 result, guint32 epoch, const char *address)
{
    char answer[TEST_NATPMP_ANSWER_SIZE];
    test_natpmp_answer(answer, result, epoch, address);
    test_router_reply(&fixture->router, answer, sizeof answer);
}

static void assert_address(const Fixture *fixture, const char *expected)
{
    char text[WH_ADDRESS_STRLEN];
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_ADDRESS);
    g_assert_cmpstr(wh_address_format(&fixture->word.address, text), ==, expected);
}

static void test_answers(Fixture *fixture, gconstpointer data)
{
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    g_assert_cmpuint(fixture->words, ==, 0);
    reply(fixture, 0, 1000, "11.22.33.44");
    wait_for_words(fixture, 1);
    assert_address(fixture, "11.22.33.44");
    g_assert_false(fixture->word.restarted);
    g_assert_cmpuint(wh_fake_clock_pending(fixture->fake), ==, 0);
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    reply(fixture, 0, 1000, NULL);
    wait_for_words(fixture, 2);
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_NO_ADDRESS);
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    reply(fixture, 3, 1000, "11.22.33.44");
    wait_for_words(fixture, 3);
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_NO_ADDRESS);
}

static void test_retransmits(Fixture *fixture, gconstpointer data)
{
    static const gint64 waits[] = {250, 500, 1000};
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
        wh_fake_clock_advance(fixture->fake, waits[i] * WH_MILLISECOND - 1);
        g_assert_cmpuint(test_router_drop(&fixture->router), ==, 0);
        wh_fake_clock_advance(fixture->fake, 1);
        receive_question(fixture);
    }
    wh_fake_clock_advance(fixture->fake, 2 * WH_SECOND - 1);
    g_assert_cmpuint(fixture->words, ==, 0);
    wh_fake_clock_advance(fixture->fake, 1);
    g_assert_cmpuint(fixture->words, ==, 1);
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_SILENT);
    wh_fake_clock_advance(fixture->fake, WH_HOUR);
    g_assert_cmpuint(test_router_drop(&fixture->router), ==, 0);
    g_assert_cmpuint(fixture->words, ==, 1);
}

static void test_late_answer(Fixture *fixture, gconstpointer data)
{
    char old[TEST_NATPMP_ANSWER_SIZE];
    test_natpmp_answer(old, 0, 1, "11.22.33.1");
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    g_autoptr(GSocketAddress) first = g_object_ref(fixture->router.peer);
    wh_fake_clock_advance(fixture->fake, 4 * WH_SECOND);
    wait_for_words(fixture, 1);
    g_assert_cmpuint(test_router_drop(&fixture->router), ==, 3);
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    test_router_reply_to(&fixture->router, first, old, sizeof old);
    reply(fixture, 0, 1000, "11.22.33.2");
    wait_for_words(fixture, 2);
    assert_address(fixture, "11.22.33.2");
}

/* One that is there already when another was taken is not read any more. */
static void test_doubled_answer(Fixture *fixture, gconstpointer data)
{
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    reply(fixture, 0, 1000, "11.22.33.1");
    reply(fixture, 0, 1000, "11.22.33.2");
    wait_for_words(fixture, 1);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
    wh_fake_clock_advance(fixture->fake, WH_HOUR);
    g_assert_cmpuint(fixture->words, ==, 1);
    assert_address(fixture, "11.22.33.1");
}

/* Asked again while nothing was heard: at once, but not when it has only just been asked. */
static void test_hurries(Fixture *fixture, gconstpointer data)
{
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    wh_natpmp_client_ask(fixture->client);
    wh_fake_clock_advance(fixture->fake, 249 * WH_MILLISECOND);
    g_assert_cmpuint(test_router_drop(&fixture->router), ==, 0);
    wh_fake_clock_advance(fixture->fake, 2 * WH_SECOND);
    g_assert_cmpuint(test_router_drop(&fixture->router), ==, 3);
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    wh_fake_clock_advance(fixture->fake, 250 * WH_MILLISECOND);
    receive_question(fixture);
    reply(fixture, 0, 1000, "11.22.33.44");
    wait_for_words(fixture, 1);
    assert_address(fixture, "11.22.33.44");
}

static void test_stranger(Fixture *fixture, gconstpointer data)
{
    TestRouter stranger = {0};
    char forged[TEST_NATPMP_ANSWER_SIZE];
    test_natpmp_answer(forged, 0, 1, "11.66.66.66");
    test_router_init(&stranger);
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    test_router_reply_to(&stranger, fixture->router.peer, forged, sizeof forged);
    reply(fixture, 0, 1000, "11.22.33.44");
    wait_for_words(fixture, 1);
    assert_address(fixture, "11.22.33.44");
    test_router_clear(&stranger);
}

static void test_malformed(Fixture *fixture, gconstpointer data)
{
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    test_router_reply(&fixture->router, "\0\x80\0\0", 4);
    test_router_reply(&fixture->router, "", 0);
    test_router_reply(&fixture->router, "\0\0", 2);
    reply(fixture, 0, 1000, "11.22.33.44");
    wait_for_words(fixture, 1);
    assert_address(fixture, "11.22.33.44");
}

static void test_nobody_at_the_port(Fixture *fixture, gconstpointer data)
{
    test_router_clear(&fixture->router);
    wh_natpmp_client_ask(fixture->client);
    wait_for_words(fixture, 1);
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_SILENT);
    g_assert_cmpuint(wh_fake_clock_pending(fixture->fake), ==, 0);
}

static void test_no_way(Fixture *fixture, gconstpointer data)
{
    WhGatewayRoute route = test_router_route();
    g_assert_true(wh_address_parse("192.0.2.1", &route.self));
    wh_natpmp_client_free(fixture->client);
    make_client(fixture, &route);
    wh_natpmp_client_ask(fixture->client);
    g_assert_cmpuint(fixture->words, ==, 0);
    wh_fake_clock_advance(fixture->fake, 0);
    g_assert_cmpuint(fixture->words, ==, 1);
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_SILENT);
}

static void test_restarted(Fixture *fixture, gconstpointer data)
{
    static const guint32 epochs[] = {1000, 1060, 5};
    for (guint i = 0; i < G_N_ELEMENTS(epochs); i++) {
        wh_natpmp_client_ask(fixture->client);
        receive_question(fixture);
        reply(fixture, 0, epochs[i], "11.22.33.44");
        wait_for_words(fixture, i + 1);
        g_assert_cmpint(fixture->word.restarted, ==, i == 2);
        wh_fake_clock_advance(fixture->fake, WH_MINUTE);
    }
}

/* By NAT-PMP's refusal or by PCP's; the second may be about any opcode. */
static void test_pcp_only(Fixture *fixture, gconstpointer data)
{
    char answer[TEST_PCP_SIZE];
    for (guint i = 0; i < 2; i++) {
        wh_natpmp_client_ask(fixture->client);
        receive_question(fixture);
        if (i == 0) {
            test_router_reply(&fixture->router, "\0\0\0\1\0\0\0\1", 8);
        } else {
            test_pcp_answer(answer, 1, 1000);
            test_router_reply(&fixture->router, answer, sizeof answer);
        }
        test_router_receive(&fixture->router, PCP_QUESTION, TEST_PCP_SIZE);
        test_pcp_answer(answer, 0, i == 0 ? 1000 : 5);
        test_router_reply(&fixture->router, answer, sizeof answer);
        wait_for_words(fixture, i + 1);
        g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_PCP_ONLY);
        g_assert_cmpint(fixture->word.restarted, ==, i == 1);
    }
}

static void test_neither(Fixture *fixture, gconstpointer data)
{
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    test_router_reply(&fixture->router, "\0\x80\0\1\0\0\0\1", 8);
    test_router_receive(&fixture->router, PCP_QUESTION, TEST_PCP_SIZE);
    test_router_reply(&fixture->router, "\0\x80\0\1\0\0\0\1", 8);
    wh_fake_clock_advance(fixture->fake, 4 * WH_SECOND);
    wait_for_words(fixture, 1);
    g_assert_cmpint(fixture->word.outcome, ==, WH_NATPMP_SILENT);
}

static void test_asks_from_within(Fixture *fixture, gconstpointer data)
{
    fixture->ask_again = 1;
    wh_natpmp_client_ask(fixture->client);
    receive_question(fixture);
    reply(fixture, 0, 1000, "11.22.33.1");
    wait_for_words(fixture, 1);
    receive_question(fixture);
    reply(fixture, 0, 1000, "11.22.33.2");
    wait_for_words(fixture, 2);
    assert_address(fixture, "11.22.33.2");
    wh_natpmp_client_ask(fixture->client);
}

#define ADD(name, test) g_test_add("/natpmp-client/" name, Fixture, NULL, set_up, test, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("answers", test_answers);
    ADD("retransmits", test_retransmits);
    ADD("late", test_late_answer);
    ADD("doubled", test_doubled_answer);
    ADD("hurries", test_hurries);
    ADD("stranger", test_stranger);
    ADD("malformed", test_malformed);
    ADD("nobody", test_nobody_at_the_port);
    ADD("no-way", test_no_way);
    ADD("restarted", test_restarted);
    ADD("pcp-only", test_pcp_only);
    ADD("neither", test_neither);
    ADD("within", test_asks_from_within);
    return g_test_run();
}
