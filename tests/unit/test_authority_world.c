#include "tests/unit/test_authority_world.h"

char **test_authority_resolver(void)
{
    return g_strsplit("127.0.0.1", " ", -1);
}

static void set_up(TestAuthority *world, gconstpointer data)
{
    const TestAuthorityCase *test = data;
    WhClock *clock;
    world->fake = wh_fake_clock_new();
    clock = wh_fake_clock_clock(world->fake);
    world->dns = wh_dns_client_new(clock);
    world->servers = test_name_servers_new();
    world->authority = wh_authority_new_at(clock, world->dns, test->resolvers,
                                           test_name_servers_port(world->servers));
    world->answers = g_string_new(NULL);
}

static void tear_down(TestAuthority *world, gconstpointer data)
{
    g_clear_pointer(&world->authority, wh_authority_free);
    g_assert_cmpuint(wh_fake_clock_pending(world->fake), ==, 0);
    wh_dns_client_free(world->dns);
    test_name_servers_free(world->servers);
    wh_fake_clock_free(world->fake);
    g_string_free(world->answers, TRUE);
    g_free(world->zone);
}

static void write_answer(GString *text, const WhAuthorityAnswer *answer)
{
    static const char *const kinds[] = {"answered", "unreachable", "no-authority", "aliased"};
    g_string_append_printf(text, "%s@%s %s", answer->server, answer->at, kinds[answer->kind]);
    for (guint i = 0; i < answer->addresses->len; i++) {
        char address[WH_ADDRESS_STRLEN];
        wh_address_format(&g_array_index(answer->addresses, WhAddress, i), address);
        g_string_append_printf(text, " %s", address);
    }
    g_string_append_printf(text, " %u\n", answer->ttl);
}

void test_authority_keep(const char *zone, const GPtrArray *answers, gpointer data)
{
    TestAuthority *world = data;
    world->calls++;
    g_free(world->zone);
    world->zone = g_strdup(zone);
    g_string_truncate(world->answers, 0);
    for (guint i = 0; i < answers->len; i++)
        write_answer(world->answers, g_ptr_array_index(answers, i));
}

guint64 test_authority_start(TestAuthority *world, const char *name)
{
    guint64 handle =
        wh_authority_ask(world->authority, name, WH_FAMILY_IPV4, test_authority_keep, world);
    g_assert_cmpuint(handle, !=, 0);
    return handle;
}

void test_authority_turn(TestAuthority *world, gint64 deadline)
{
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    wh_fake_clock_advance(world->fake, 0);
    g_main_context_iteration(NULL, FALSE);
}

void test_authority_wait(TestAuthority *world, guint calls)
{
    gint64 deadline = g_get_monotonic_time() + WH_MINUTE;
    while (world->calls < calls)
        test_authority_turn(world, deadline);
    g_assert_cmpuint(world->calls, ==, calls);
}

void test_authority_wait_until_asked(TestAuthority *world, guint server, guint count)
{
    gint64 deadline = g_get_monotonic_time() + WH_MINUTE;
    while (test_name_servers_asked(world->servers, server) < count)
        test_authority_turn(world, deadline);
}

void test_authority_ask(TestAuthority *world, const char *name)
{
    guint calls = world->calls;
    test_authority_start(world, name);
    g_assert_cmpuint(world->calls, ==, calls);
    test_authority_wait(world, calls + 1);
}

void test_authority_expect(TestAuthority *world, const char *zone, const char *answers)
{
    g_assert_cmpstr(world->zone, ==, zone);
    g_assert_cmpstr(world->answers->str, ==, answers);
}

int test_authority_run(int argc, char **argv, const TestAuthorityCase *cases, gsize n_cases)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < n_cases; i++)
        g_test_add(cases[i].path, TestAuthority, &cases[i], set_up, cases[i].test, tear_down);
    return g_test_run();
}
