/* A record keeper with everything around it made of cardboard: a publisher that notes what it
 * should send, witnesses that say what they are told, a journal that forgets what was not
 * committed, and a clock. */
#pragma once

#include "service/reconcile/keeper.h"
#include "tests/support/fake_clock.h"

G_BEGIN_DECLS

#define A1 "203.0.113.1"
#define A2 "203.0.113.2"
#define A3 "203.0.113.3"
#define A4 "203.0.113.4"
#define A5 "203.0.113.5"
#define B1 "2001:db8::1"
#define B2 "2001:db8::2"

typedef struct {
    WhPublisher publisher;
    WhWitnesses witnesses;
    WhJournal journal;
    WhAimer aimer;
    WhAim aims[WH_N_FAMILIES]; /* of all hosts but those that have their own */
    GHashTable *own_aims;      /* "host A", "host AAAA" to WhAim */
    GString *lasts;            /* what the aimer was last told that records hold: "host=ADDRESS " */
    gboolean notes_lasts;
    WhFakeClock *fake;
    WhKeeper *keeper;
    WhManners manners; /* of accounts that are added from now on */
    guint64 last_handle;
    GPtrArray *requests; /* every update that was ever given to the publisher */
    guint n_told;        /* how many of them world_sent() has told */
    GPtrArray *questions;
    GString *events;
    GString *changes;
    GPtrArray *accounts; /* WhAccount: what world_restart() brings back */
    GHashTable *manners_of;
    GPtrArray *hosts;
    GHashTable *staged; /* what the journal was told since begin */
    GHashTable *durable;
    gboolean is_open;
    gboolean refuses;
    guint n_commits;
    guint n_flushes;
    gint64 last_event;
} World;

World *world_new(void);
void world_free(World *world);

/* An account "dns" of provider "rfc2136" with a host "home" that wants IPv4, the usual start. */
World *world_new_home(void);

/* The same with A1 acknowledged, or proven as well; nothing left to tell. */
World *world_new_acknowledged(void);
World *world_new_proven(void);

/* The journal (test_keeper_memory.c): sets it up, and gives a new keeper what was committed. */
void world_memory_init(World *world);
void world_memory_restore(World *world);

/* Ends the keeper as kill -9 does, and starts another with what was committed. */
void world_restart(World *world);

void world_add_account(World *world, const char *id, const char *provider);

/* wants: "4", "6" or "46". */
void world_add_host(World *world, const char *id, const char *account, const char *wants);

/* NULL: unknown. Looks at nothing yet: call world_turn(). */
void world_address(World *world, WhFamily family, const char *address);

/* The same for one host; both take the word of a reason (wh_aim_reason_name()) as well. */
void world_aim(World *world, const char *host, WhFamily family, const char *address);

/* Both steps for IPv4. */
void world_move(World *world, const char *address);
void world_turn(World *world);
void world_advance(World *world, gint64 microseconds);

/* What was given to the publisher since the last call: "home=203.0.113.1,2001:db8::1
 * cam=203.0.113.1" with
 * "; " between updates. */
char *world_sent(World *world);
guint world_n_open(World *world);

/* Answers the oldest open update, for all its hosts, one second after it left. */
void world_answer(World *world, WhResultClass result);

/* The update number `index` of all that are open. */
void world_answer_at(World *world, guint index, WhResultClass result, gint64 retry_after);

/* The oldest one, one result a host. */
void world_answer_each(World *world, const WhResultClass *results, guint n_results);

/* No connection came about: nothing left. */
void world_answer_nothing_left(World *world);

/* How many questions are open, and answering the oldest: "nozone", or servers with what they hold:
 * "203.0.113.1 203.0.113.1 none silent noauth alias". */
guint world_n_asked(World *world);
void world_testify(World *world, const char *servers);

/* Everything up to the next open question. */
void world_wait_for_question(World *world);

/* Event kinds since the last call, with result and host: "sent:home answered:home:CHANGED". */
char *world_events(World *world);

WhRecordView world_view(World *world, const char *host);

/* world_sent() and world_events() against what is expected. */
#define assert_sent(world, expected)                                                               \
    do {                                                                                           \
        g_autofree char *sent_ = world_sent(world);                                                \
        g_assert_cmpstr(sent_, ==, expected);                                                      \
    } while (0)

#define assert_events(world, expected)                                                             \
    do {                                                                                           \
        g_autofree char *events_ = world_events(world);                                            \
        g_assert_cmpstr(events_, ==, expected);                                                    \
    } while (0)

#define assert_status(world, host, expected)                                                       \
    g_assert_cmpstr(wh_record_status_name(world_view(world, host).status), ==, expected)

#define assert_proof(world, host, expected)                                                        \
    g_assert_cmpstr(wh_proof_status_name(world_view(world, host).proof->status), ==, expected)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

G_END_DECLS
