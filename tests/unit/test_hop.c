#include "platform/windows/hop.h"

#define THREADS 8
#define MESSAGES 2000

typedef struct {
    WhHop *hop;
    GThread *home; /* where everything must be called */
    guint rings;
    guint calls;
    guint destroyed;
    gboolean free_inside;
    GString *order;
} Fixture;

static void rung(gpointer data)
{
    Fixture *fixture = data;

    g_assert_true(g_thread_self() == fixture->home);
    fixture->rings++;
    if (fixture->free_inside)
        g_clear_pointer(&fixture->hop, wh_hop_free);
}

static void start(Fixture *fixture)
{
    *fixture = (Fixture){.home = g_thread_self()};
    fixture->hop = wh_hop_new(rung, fixture);
}

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

static gpointer ring_run(gpointer data)
{
    for (guint i = 0; i < MESSAGES; i++)
        wh_hop_ring(data);
    return NULL;
}

static void test_many_rings_are_one(void)
{
    Fixture fixture;

    start(&fixture);
    g_thread_join(g_thread_new("ring", ring_run, fixture.hop));
    settle();
    g_assert_cmpuint(fixture.rings, ==, 1);
    g_thread_join(g_thread_new("ring", ring_run, fixture.hop));
    settle();
    g_assert_cmpuint(fixture.rings, ==, 2);
    wh_hop_free(fixture.hop);
}

/* Before the ring, or while the loop already sleeps. */
static void test_wakes_the_loop(void)
{
    Fixture fixture;

    start(&fixture);
    GThread *thread = g_thread_new("ring", ring_run, fixture.hop);
    while (fixture.rings == 0)
        g_main_context_iteration(NULL, TRUE);
    g_thread_join(thread);
    wh_hop_free(fixture.hop);
}

typedef struct {
    Fixture *fixture;
    char letter;
} Letter;

static void letter_deliver(gpointer data)
{
    Letter *letter = data;

    g_assert_true(g_thread_self() == letter->fixture->home);
    g_string_append_c(letter->fixture->order, letter->letter);
    if (letter->fixture->free_inside)
        g_clear_pointer(&letter->fixture->hop, wh_hop_free);
}

static void letter_destroy(gpointer data)
{
    Letter *letter = data;

    letter->fixture->destroyed++;
    g_free(letter);
}

static void send(WhHop *hop, Fixture *fixture, char character)
{
    Letter *letter = g_new(Letter, 1);

    *letter = (Letter){fixture, character};
    wh_hop_send(hop, letter_deliver, letter, letter_destroy);
}

static void test_messages_in_order(void)
{
    Fixture fixture;
    g_autoptr(GString) order = g_string_new(NULL);

    start(&fixture);
    fixture.order = order;
    for (const char *letter = "wayhome"; *letter != '\0'; letter++)
        send(fixture.hop, &fixture, *letter);
    g_assert_cmpstr(order->str, ==, "");
    settle();
    g_assert_cmpstr(order->str, ==, "wayhome");
    g_assert_cmpuint(fixture.destroyed, ==, 7);
    g_assert_cmpuint(fixture.rings, ==, 0);
    wh_hop_free(fixture.hop);
}

static void test_free_forgets(void)
{
    Fixture fixture;
    g_autoptr(GString) order = g_string_new(NULL);

    start(&fixture);
    fixture.order = order;
    wh_hop_ring(fixture.hop);
    send(fixture.hop, &fixture, 'a');
    wh_hop_free(fixture.hop);
    g_assert_cmpuint(fixture.destroyed, ==, 1);
    settle();
    g_assert_cmpstr(order->str, ==, "");
    g_assert_cmpuint(fixture.rings, ==, 0);
}

static void test_free_inside_message(void)
{
    Fixture fixture;
    g_autoptr(GString) order = g_string_new(NULL);

    start(&fixture);
    fixture.order = order;
    fixture.free_inside = TRUE;
    wh_hop_ring(fixture.hop);
    send(fixture.hop, &fixture, 'a');
    send(fixture.hop, &fixture, 'b');
    settle();
    g_assert_null(fixture.hop);
    g_assert_cmpstr(order->str, ==, "a");
    g_assert_cmpuint(fixture.destroyed, ==, 2);
    g_assert_cmpuint(fixture.rings, ==, 0);
}

static void test_free_inside_ring(void)
{
    Fixture fixture;

    start(&fixture);
    fixture.free_inside = TRUE;
    wh_hop_ring(fixture.hop);
    settle();
    g_assert_null(fixture.hop);
    g_assert_cmpuint(fixture.rings, ==, 1);
}

static void test_reference_outlives(void)
{
    Fixture fixture;

    start(&fixture);
    WhHop *reference = wh_hop_ref(fixture.hop);
    wh_hop_free(fixture.hop);
    wh_hop_ring(reference);
    send(reference, &fixture, 'a');
    g_assert_cmpuint(fixture.destroyed, ==, 1);
    wh_hop_unref(reference);
    settle();
    g_assert_cmpuint(fixture.rings, ==, 0);
}

typedef struct {
    WhHop *hop; /* a reference */
    gint *called;
    gint *destroyed;
} Storm;

static void storm_called(gpointer data)
{
    g_atomic_int_inc(((Storm *)data)->called);
}

static void storm_destroyed(gpointer data)
{
    g_atomic_int_inc(((Storm *)data)->destroyed);
}

static gpointer storm_run(gpointer data)
{
    Storm *storm = data;

    for (guint i = 0; i < MESSAGES; i++) {
        wh_hop_send(storm->hop, storm_called, storm, storm_destroyed);
        wh_hop_ring(storm->hop);
    }
    wh_hop_unref(storm->hop);
    return NULL;
}

/* Freed while all of them are busy: each message ends exactly once, and nothing is called later. */
static void test_free_in_a_storm(void)
{
    Fixture fixture;
    gint called = 0;
    gint destroyed = 0;
    GThread *threads[THREADS];

    start(&fixture);
    Storm storm = {fixture.hop, &called, &destroyed};
    for (guint i = 0; i < THREADS; i++)
        wh_hop_ref(fixture.hop);
    for (guint i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("storm", storm_run, &storm);
    while (g_atomic_int_get(&called) < MESSAGES)
        g_main_context_iteration(NULL, TRUE);
    wh_hop_free(fixture.hop);
    gint at_the_end = called;
    guint rings = fixture.rings;
    for (guint i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    settle();
    g_assert_cmpint(called, ==, at_the_end);
    g_assert_cmpuint(fixture.rings, ==, rings);
    g_assert_cmpint(destroyed, ==, THREADS * MESSAGES);
}

static gpointer other_context_run(gpointer data)
{
    g_autoptr(GMainContext) context = g_main_context_new();
    Fixture fixture;

    g_main_context_push_thread_default(context);
    start(&fixture);
    g_thread_join(g_thread_new("ring", ring_run, fixture.hop));
    while (fixture.rings == 0)
        g_main_context_iteration(context, TRUE);
    wh_hop_free(fixture.hop);
    g_main_context_pop_thread_default(context);
    return NULL;
}

static void test_context_of_the_maker(void)
{
    g_thread_join(g_thread_new("other", other_context_run, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hop/many-rings-are-one", test_many_rings_are_one);
    g_test_add_func("/hop/wakes-the-loop", test_wakes_the_loop);
    g_test_add_func("/hop/messages-in-order", test_messages_in_order);
    g_test_add_func("/hop/free-forgets", test_free_forgets);
    g_test_add_func("/hop/free-inside-message", test_free_inside_message);
    g_test_add_func("/hop/free-inside-ring", test_free_inside_ring);
    g_test_add_func("/hop/reference-outlives", test_reference_outlives);
    g_test_add_func("/hop/free-in-a-storm", test_free_in_a_storm);
    g_test_add_func("/hop/context-of-the-maker", test_context_of_the_maker);
    return g_test_run();
}
