/* What tests of the UPnP client share: one that asks the double of a router, with a clock whose
 * hands the test moves, and what it heard. */
#pragma once

#include "service/gateway/igd_parts.h"

#include "tests/support/fake_clock.h"
#include "tests/unit/test_igd_double.h"

G_BEGIN_DECLS

/* answers, silences, events: how many were heard. last: the last answer or silence, model its
 * model. ask_at_event, free_at_answer: what is done in the call. */
typedef struct {
    TestIgd *router;
    WhFakeClock *fake;
    WhHttp *http;
    WhIgd *igd;
    guint answers;
    guint silences;
    guint events;
    WhIgdWord last;
    char model[300];
    gboolean ask_at_event;
    gboolean free_at_answer;
    guint wanted;
    guint wanted_events;
} TestIgdWorld;

void test_igd_world_init(TestIgdWorld *world, const TestIgdManners *manners);
void test_igd_world_clear(TestIgdWorld *world);

/* Waits for one more answer or silence. */
void test_igd_world_word(TestIgdWorld *world);

/* Asks, and waits for that. */
void test_igd_world_ask(TestIgdWorld *world);

/* Waits until so many events were heard in all. */
void test_igd_world_events(TestIgdWorld *world, guint count);

/* Asks; all that the router can be asked for is asked, and there is silence when the search is
 * over.
 */
void test_igd_world_silence(TestIgdWorld *world, gboolean (*enough)(gpointer data));

/* The last word named this address; or it was an answer without one. */
void test_igd_world_address(const TestIgdWorld *world, const char *text);
void test_igd_world_none(const TestIgdWorld *world);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TestIgdWorld, test_igd_world_clear)

G_END_DECLS
