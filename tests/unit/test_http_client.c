#include "tests/unit/test_http_client.h"

#include <string.h>

#define PATIENCE (60 * WH_SECOND)

void test_outcome_clear(TestOutcome *outcome)
{
    g_free(outcome->body);
    g_free(outcome->content_type);
    g_free(outcome->location);
    g_clear_error(&outcome->error);
    *outcome = (TestOutcome){0};
}

void test_outcome_keep(const WhHttpResponse *response, const GError *error, gpointer data)
{
    TestOutcome *outcome = data;
    outcome->calls++;
    g_assert_true((response == NULL) != (error == NULL));
    if (error != NULL) {
        outcome->error = g_error_copy(error);
        return;
    }
    g_assert_cmpuint(strlen(response->body), ==, response->length);
    outcome->status = response->status;
    outcome->body = g_strdup(response->body);
    outcome->length = response->length;
    outcome->truncated = response->truncated;
    outcome->content_type = g_strdup(response->content_type);
    outcome->location = g_strdup(response->location);
    outcome->retry_after = response->retry_after;
    outcome->sent = response->sent;
    outcome->answered = response->answered;
}

WhHttpRequest test_request(const char *url)
{
    return (WhHttpRequest){
        .method = "GET",
        .url = wh_secret_new(url, -1),
        .shown_url = "http://shown.example/path",
        .allow_plain = TRUE,
    };
}

void test_request_clear(WhHttpRequest *request)
{
    wh_secret_unref(request->url);
    wh_secret_unref(request->password);
    wh_secret_unref(request->body);
    g_clear_pointer(&request->headers, g_ptr_array_unref);
}

void test_outcome_wait(TestOutcome *outcome)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (outcome->calls == 0) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_main_context_iteration(NULL, FALSE);
        g_thread_yield();
    }
}

void test_exchange(WhHttp *http, const WhHttpRequest *request, TestOutcome *outcome)
{
    wh_http_send(http, request, test_outcome_keep, outcome);
    g_assert_cmpuint(outcome->calls, ==, 0);
    test_outcome_wait(outcome);
    g_assert_cmpuint(outcome->calls, ==, 1);
}
