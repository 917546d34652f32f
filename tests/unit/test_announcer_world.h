/* An announcer at a model at a service with canned answers, before a screen that remembers. */
#pragma once

#include "app/notify/announcer.h"
#include "platform/fake/notifier_fake.h"
#include "tests/unit/test_model_world.h"

G_BEGIN_DECLS

/* acted: what came back, "open host;" or "copy host address;". now: the announcer's time, which
 * stands still but for stage_later() and stage_settle(). */
typedef struct {
    World world;
    char *folder;
    char *path;
    WhAnnouncer *announcer;
    GString *acted;
    gint64 now;
} Stage;

/* One name, home.example (h1), at one account, a1, whose provider confirmed 203.0.113.9. */
void stage_set_up(Stage *stage, gconstpointer data);
void stage_tear_down(Stage *stage, gconstpointer data);

/* The service's history from now on: elements made with stage_event(), newest first. */
void stage_set_history(Stage *stage, const char *events);

/* A program starts here, or ends. Starting waits until the past has been told, beginning does not.
 */
void stage_begin(Stage *stage);
void stage_start(Stage *stage);
void stage_stop(Stage *stage);

/* So much time passes. */
void stage_later(Stage *stage, gint64 microseconds);

/* The service answers, and a few seconds pass: everything that came is told. */
void stage_settle(Stage *stage);

/* One event: the provider's answer about a record of h1. */
char *stage_event(gint64 id, const char *family, const char *result_class, const char *address);

/* Such an event happens now. */
void stage_happen(Stage *stage, gint64 id, const char *family, const char *result_class,
                  const char *address);

/* The provider took another IPv4 address for the name `host`.example. */
void stage_change(Stage *stage, const char *host, gint64 id, const char *address);

/* The messages on the screen are these, one after the other: "title|body [label, label]"; ""
 * for none. */
void stage_assert_screen(const char *expected);

/* Add the tests about the past, what is wrong, and many changes. */
void stage_add_history_tests(void);
void stage_add_troubles_tests(void);
void stage_add_changes_tests(void);

#define STAGE_MILLISECONDS(n) ((n)*G_TIME_SPAN_MILLISECOND)
#define STAGE_SECONDS(n) ((n)*G_TIME_SPAN_SECOND)
#define STAGE_MINUTES(n) ((n)*G_TIME_SPAN_MINUTE)

#define STAGE_SERVICE "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS
#define STAGE_ADD(name, function)                                                                  \
    g_test_add(name, Stage, NULL, stage_set_up, function, stage_tear_down)

G_END_DECLS
