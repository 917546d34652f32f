/* What the tests of the HTTP room share: a request with sensible defaults, and its outcome kept. */
#pragma once

#include "service/net/http.h"

G_BEGIN_DECLS

/* calls: how often `done` was called. */
typedef struct {
    guint calls;
    guint status;
    char *body;
    gsize length;
    gboolean truncated;
    char *content_type;
    char *location;
    gint64 retry_after;
    gint64 sent;
    gint64 answered;
    GError *error;
} TestOutcome;

void test_outcome_clear(TestOutcome *outcome);

/* A WhHttpDone whose data is a TestOutcome. */
void test_outcome_keep(const WhHttpResponse *response, const GError *error, gpointer data);

/* A GET of `url` over plain HTTP; clear with test_request_clear(). */
WhHttpRequest test_request(const char *url);
void test_request_clear(WhHttpRequest *request);

/* Turns the main loop until `outcome` is there; fails the test when it does not come. */
void test_outcome_wait(TestOutcome *outcome);

/* Sends `request` and waits. */
void test_exchange(WhHttp *http, const WhHttpRequest *request, TestOutcome *outcome);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TestOutcome, test_outcome_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhHttpRequest, test_request_clear)

G_END_DECLS
