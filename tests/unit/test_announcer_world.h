/* An announcer at a model at a service with canned answers, before a screen that remembers. */
#pragma once

#include "app/notify/announcer.h"
#include "platform/fake/notifier_fake.h"
#include "tests/unit/test_model_world.h"

G_BEGIN_DECLS

/* acted: what came back, "open host;" or "copy host address;". */
typedef struct {
    World world;
    char *folder;
    char *path;
    WhAnnouncer *announcer;
    GString *acted;
} Stage;

/* One name, home.example (h1), at one account, a1, whose provider confirmed 203.0.113.9. */
void stage_set_up(Stage *stage, gconstpointer data);
void stage_tear_down(Stage *stage, gconstpointer data);

/* The service's history from now on: elements made with stage_event(), newest first. */
void stage_set_history(Stage *stage, const char *events);

/* A program starts here, or ends. The first waits until the past has been told. */
void stage_start(Stage *stage);
void stage_stop(Stage *stage);

/* Until everything that came is told. */
void stage_settle(Stage *stage);

/* One event: the provider's answer about a record of h1. */
char *stage_event(gint64 id, const char *family, const char *result_class, const char *address);

/* Such an event happens now. */
void stage_happen(Stage *stage, gint64 id, const char *family, const char *result_class,
                  const char *address);

/* The one message on the screen is this: "title|body [label, label]"; "" for none. */
void stage_assert_screen(const char *expected);

/* Adds the tests about the past. */
void stage_add_history_tests(void);

#define STAGE_SERVICE "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS
#define STAGE_ADD(name, function)                                                                  \
    g_test_add(name, Stage, NULL, stage_set_up, function, stage_tear_down)

G_END_DECLS
