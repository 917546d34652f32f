/* A link that stands, to a service with canned answers. */
#pragma once

#include "app/client/requests.h"
#include "tests/unit/test_stub_service.h"

G_BEGIN_DECLS

/* Members of State and of a change: the service; more: further members of it, after others. */
#define SERVICE_OF(scope, more)                                                                    \
    "\"service\":{\"version\":\"1\",\"scope\":\"" scope "\",\"started\":1,\"paused\":"             \
    "false,\"instant\":true,\"notices\":[],\"notice_details\":[]" STUB_SECRETS more "}"
#define STATE_OF(service) "{\"state\":{" service ",\"verdicts\":[],\"accounts\":[],\"hosts\":[]}}"
#define STATE STATE_OF(SERVICE_OF("user", ""))

/* Of the service of the whole computer, for who may only look. */
#define OBSERVE SERVICE_OF("system", ",\"owner\":\"ada\",\"caller\":\"observe\"")
#define UNOWNED SERVICE_OF("system", ",\"caller\":\"observe\"")

typedef struct {
    StubService *stub;
    WhLink *link;
    GAsyncResult *result;
    guint answers;
} Fixture;

void set_up(Fixture *fixture, gconstpointer data);
void tear_down(Fixture *fixture, gconstpointer data);

/* Fails the test: what it waits for does not come. For a timeout. */
gboolean too_late(gpointer data);

void wait_until_up(Fixture *fixture);

/* The callback of a request, with the fixture as its data. */
void done(GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wait_for_answer(Fixture *fixture);

/* The last call of `method` had these parameters, which the interface file knows. */
void expect_called(Fixture *fixture, const char *method, const char *text);

/* The service does what it is asked. */
void answer_all(Fixture *fixture);

G_END_DECLS
