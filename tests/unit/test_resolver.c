#include "service/net/resolver.h"

#include "tests/support/fake_clock.h"

#include <gio/gio.h>

#include <string.h>

#define PATIENCE (60 * WH_SECOND)
#define TIMEOUT (5 * WH_SECOND)

typedef struct {
    guint calls;
    GArray *addresses;
    GError *error;
} Outcome;

/* A black hole that the tests open and close: names that begin with "hole" wait in it. Constant in
 * place, so that threads which are left behind never see it go. */
typedef struct {
    GMutex mutex;
    GCond changed;
    gboolean open;
    guint waiting;
    guint asked;
} Hole;

static Hole *hole(void)
{
    static Hole the_hole;
    return &the_hole;
}

static GArray *fake_lookup(const char *name, GError **error)
{
    Hole *h = hole();
    g_mutex_lock(&h->mutex);
    h->asked++;
    h->waiting++;
    while (g_str_has_prefix(name, "hole") && !h->open)
        g_cond_wait(&h->changed, &h->mutex);
    h->waiting--;
    g_mutex_unlock(&h->mutex);
    if (g_str_has_prefix(name, "bad")) {
        g_set_error_literal(error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name");
        return NULL;
    }
    GArray *addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    WhAddress address;
    g_assert_true(wh_address_parse("203.0.113.7", &address));
    g_array_append_val(addresses, address);
    return addresses;
}

static guint count_waiting(void)
{
    g_mutex_lock(&hole()->mutex);
    guint waiting = hole()->waiting;
    g_mutex_unlock(&hole()->mutex);
    return waiting;
}

static guint count_asked(void)
{
    g_mutex_lock(&hole()->mutex);
    guint asked = hole()->asked;
    g_mutex_unlock(&hole()->mutex);
    return asked;
}

static void turn(gint64 deadline)
{
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    g_main_context_iteration(NULL, FALSE);
    g_thread_yield();
}

static void set_open(gboolean open)
{
    g_mutex_lock(&hole()->mutex);
    hole()->open = open;
    g_cond_broadcast(&hole()->changed);
    g_mutex_unlock(&hole()->mutex);
}

/* Waits until `count` threads are in the hole, so that none comes late into the next test. */
static void wait_for_waiting(guint count)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (count_waiting() < count)
        turn(deadline);
}

/* Lets every thread end before the next test. */
static void empty_hole(void)
{
    set_open(TRUE);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (count_waiting() > 0)
        turn(deadline);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    set_open(FALSE);
}

static void keep(const GArray *addresses, const GError *error, gpointer data)
{
    Outcome *outcome = data;
    outcome->calls++;
    g_assert_true((addresses == NULL) != (error == NULL));
    if (error != NULL)
        outcome->error = g_error_copy(error);
    else
        outcome->addresses = g_array_copy((GArray *)addresses);
}

static void outcome_clear(Outcome *outcome)
{
    g_clear_pointer(&outcome->addresses, g_array_unref);
    g_clear_error(&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outcome, outcome_clear)

static guint64 look_up(WhResolver *resolver, const char *name, Outcome *outcome)
{
    guint64 handle = wh_resolver_lookup(resolver, name, TIMEOUT, keep, outcome);
    g_assert_cmpuint(handle, !=, 0);
    g_assert_cmpuint(outcome->calls, ==, 0);
    return handle;
}

static void wait_for(const Outcome *outcome)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (outcome->calls == 0)
        turn(deadline);
    g_assert_cmpuint(outcome->calls, ==, 1);
}

static void assert_found(const Outcome *outcome, const char *text)
{
    g_assert_no_error(outcome->error);
    WhAddress expected;
    g_assert_true(wh_address_parse(text, &expected));
    g_assert_cmpuint(outcome->addresses->len, >=, 1);
    g_assert_true(wh_address_equal(&g_array_index(outcome->addresses, WhAddress, 0), &expected));
}

static void test_answers(void)
{
    g_autoptr(WhResolver) resolver = wh_resolver_new_with(wh_clock_system(), fake_lookup);
    g_auto(Outcome) good = {0};
    g_auto(Outcome) bad = {0};
    look_up(resolver, "good.example", &good);
    look_up(resolver, "bad.example", &bad);
    wait_for(&good);
    wait_for(&bad);
    assert_found(&good, "203.0.113.7");
    g_assert_error(bad.error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
}

static void test_text_answers_itself(void)
{
    guint asked = count_asked();
    g_autoptr(WhResolver) resolver = wh_resolver_new_with(wh_clock_system(), fake_lookup);
    g_auto(Outcome) ipv4 = {0};
    g_auto(Outcome) ipv6 = {0};
    g_auto(Outcome) nothing = {0};
    look_up(resolver, "192.0.2.1", &ipv4);
    look_up(resolver, "2001:db8::1", &ipv6);
    look_up(resolver, "", &nothing);
    wait_for(&ipv4);
    wait_for(&ipv6);
    wait_for(&nothing);
    assert_found(&ipv4, "192.0.2.1");
    assert_found(&ipv6, "2001:db8::1");
    g_assert_error(nothing.error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
    g_assert_cmpuint(count_asked(), ==, asked);
}

static void test_system_resolver(void)
{
    g_autoptr(WhResolver) resolver = wh_resolver_new(wh_clock_system());
    g_auto(Outcome) outcome = {0};
    wh_resolver_lookup(resolver, "localhost", PATIENCE, keep, &outcome);
    wait_for(&outcome);
    g_assert_no_error(outcome.error);
    g_assert_cmpuint(outcome.addresses->len, >=, 1);
}

static void test_silence_ends(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    WhResolver *resolver = wh_resolver_new_with(wh_fake_clock_clock(fake), fake_lookup);
    g_auto(Outcome) silent = {0};
    g_auto(Outcome) good = {0};
    look_up(resolver, "hole.example", &silent);
    look_up(resolver, "good.example", &good);
    wait_for(&good);
    wait_for_waiting(1);
    assert_found(&good, "203.0.113.7");
    wh_fake_clock_advance(fake, TIMEOUT - 1);
    g_assert_cmpuint(silent.calls, ==, 0);
    wh_fake_clock_advance(fake, 1);
    g_assert_error(silent.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    g_assert_cmpuint(wh_fake_clock_pending(fake), ==, 0);
    wh_resolver_free(resolver);
    empty_hole();
    g_assert_cmpuint(silent.calls, ==, 1);
}

static void test_one_thread_a_name(void)
{
    guint asked = count_asked();
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    WhResolver *resolver = wh_resolver_new_with(wh_fake_clock_clock(fake), fake_lookup);
    g_auto(Outcome) first = {0};
    g_auto(Outcome) second = {0};
    g_auto(Outcome) late = {0};
    look_up(resolver, "hole.example", &first);
    look_up(resolver, "HOLE.example", &second);
    wait_for_waiting(1);
    wh_fake_clock_advance(fake, TIMEOUT);
    g_assert_error(first.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    g_assert_error(second.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    /* The thread that was given up still answers who asks next. */
    look_up(resolver, "hole.example", &late);
    set_open(TRUE);
    wait_for(&late);
    assert_found(&late, "203.0.113.7");
    g_assert_cmpuint(count_asked(), ==, asked + 1);
    wh_resolver_free(resolver);
    empty_hole();
}

static void test_eight_at_once(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    WhResolver *resolver = wh_resolver_new_with(wh_fake_clock_clock(fake), fake_lookup);
    Outcome outcomes[12] = {0};
    guint64 handles[12];
    guint asked = count_asked();
    for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++) {
        g_autofree char *name = g_strdup_printf("hole%u.example", i);
        handles[i] = look_up(resolver, name, &outcomes[i]);
    }
    wait_for_waiting(8);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpuint(count_asked(), ==, asked + 8);
    /* The ninth waits in line and is never asked for once it is cancelled. */
    wh_resolver_cancel(resolver, handles[8]);
    g_assert_error(outcomes[8].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    wh_resolver_cancel(resolver, handles[8]);
    set_open(TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++)
        wait_for(&outcomes[i]);
    for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++)
        if (i != 8)
            assert_found(&outcomes[i], "203.0.113.7");
    g_assert_cmpuint(count_asked(), ==, asked + 11);
    wh_resolver_free(resolver);
    empty_hole();
    for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++)
        outcome_clear(&outcomes[i]);
}

static void test_free_under_way(void)
{
    WhResolver *resolver = wh_resolver_new_with(wh_clock_system(), fake_lookup);
    g_auto(Outcome) silent = {0};
    g_auto(Outcome) numeric = {0};
    look_up(resolver, "hole.example", &silent);
    wait_for_waiting(1);
    look_up(resolver, "192.0.2.1", &numeric);
    wh_resolver_free(resolver);
    g_assert_error(silent.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_error(numeric.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    empty_hole();
    g_assert_cmpuint(silent.calls, ==, 1);
}

static void free_resolver(const GArray *addresses, const GError *error, gpointer data)
{
    WhResolver **resolver = data;
    g_clear_pointer(resolver, wh_resolver_free);
}

static void test_done_may_free(void)
{
    WhResolver *resolver = wh_resolver_new_with(wh_clock_system(), fake_lookup);
    g_auto(Outcome) other = {0};
    wh_resolver_lookup(resolver, "hole.example", TIMEOUT, keep, &other);
    wait_for_waiting(1);
    wh_resolver_lookup(resolver, "good.example", TIMEOUT, free_resolver, &resolver);
    wait_for(&other);
    g_assert_error(other.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null(resolver);
    empty_hole();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/resolver/answers", test_answers);
    g_test_add_func("/resolver/text-answers-itself", test_text_answers_itself);
    g_test_add_func("/resolver/system-resolver", test_system_resolver);
    g_test_add_func("/resolver/silence-ends", test_silence_ends);
    g_test_add_func("/resolver/one-thread-a-name", test_one_thread_a_name);
    g_test_add_func("/resolver/eight-at-once", test_eight_at_once);
    g_test_add_func("/resolver/free-under-way", test_free_under_way);
    g_test_add_func("/resolver/done-may-free", test_done_may_free);
    return g_test_run();
}
