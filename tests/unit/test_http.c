#include "tests/unit/test_http_client.h"
#include "tests/unit/test_http_server.h"

#include "service/net/http_answer.h"

#include <string.h>

/* Appears in no text that leaves the room. */
#define SECRET "s3cr3t-token"

static void get(WhHttp *http, TestServer *server, const char *path, TestOutcome *outcome)
{
    g_autofree char *url = test_server_url(server, path);
    g_auto(WhHttpRequest) request = test_request(url);
    test_exchange(http, &request, outcome);
}

static void assert_error(const TestOutcome *outcome, WhHttpErrorCode code)
{
    g_assert_error(outcome->error, WH_HTTP_ERROR, (gint)code);
    g_assert_null(strstr(outcome->error->message, SECRET));
    g_assert_null(strstr(outcome->error->message, "127.0.0.1"));
}

static void test_good_answer(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    gint64 before = g_get_real_time();
    get(http, server, "/good", &outcome);
    g_assert_no_error(outcome.error);
    g_assert_cmpuint(outcome.status, ==, 200);
    g_assert_cmpstr(outcome.body, ==, "good 192.0.2.1");
    g_assert_cmpstr(outcome.content_type, ==, "text/plain");
    g_assert_false(outcome.truncated);
    g_assert_null(outcome.location);
    g_assert_cmpint(outcome.retry_after, ==, 0);
    g_assert_cmpint(outcome.sent, >=, before);
    g_assert_cmpint(outcome.answered, >=, outcome.sent);
    g_assert_cmpint(outcome.answered, <=, g_get_real_time());
}

static void test_answer_without_body(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    get(http, server, "/empty", &outcome);
    g_assert_no_error(outcome.error);
    g_assert_cmpuint(outcome.status, ==, 204);
    g_assert_cmpstr(outcome.body, ==, "");
    g_assert_null(outcome.content_type);
}

static void test_request_as_asked(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    g_autofree char *url = test_server_url(server, "/good?token=" SECRET);
    g_auto(WhHttpRequest) request = test_request(url);
    request.method = "PATCH";
    request.user = "anna";
    request.password = wh_secret_new("pass:word", -1);
    request.body = wh_secret_new("{\"a\":1}", -1);
    request.body_type = "application/json";
    request.headers = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    g_ptr_array_add(request.headers, wh_secret_new("X-Token: " SECRET, -1));
    test_exchange(http, &request, &outcome);
    g_assert_no_error(outcome.error);
    g_autofree char *sent = test_server_last_request(server);
    g_assert_true(g_str_has_prefix(sent, "PATCH /good?token=" SECRET " HTTP/1.1\r\n"));
    g_assert_nonnull(strstr(sent, "\r\nAuthorization: Basic YW5uYTpwYXNzOndvcmQ=\r\n"));
    g_assert_nonnull(strstr(sent, "\r\nContent-Type: application/json\r\n"));
    g_assert_nonnull(strstr(sent, "\r\nX-Token: " SECRET "\r\n"));
    g_assert_nonnull(strstr(sent, wh_http_user_agent(http)));
    g_assert_null(strstr(sent, "Accept-Encoding"));
    g_assert_null(strstr(sent, "Expect"));
    g_assert_true(g_str_has_suffix(sent, "\r\n\r\n{\"a\":1}"));
}

/* UPnP's own: not even an empty body. */
static void test_subscription(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    request.method = "SUBSCRIBE";
    test_exchange(http, &request, &outcome);
    g_assert_no_error(outcome.error);
    g_autofree char *sent = test_server_last_request(server);
    g_assert_true(g_str_has_prefix(sent, "SUBSCRIBE /good HTTP/1.1\r\n"));
    g_assert_null(strstr(sent, "Content-"));
    g_assert_null(strstr(sent, "Transfer-"));
}

/* retry: the value of a header that is there, in any spelling of its name. */
static void keep_header(const WhHttpResponse *response, const GError *error, gpointer data)
{
    char **retry = data;
    g_assert_no_error(error);
    g_assert_null(wh_http_response_header(response, "X-Not-There"));
    *retry = g_strdup(wh_http_response_header(response, "retry-AFTER"));
}

static void test_header_of_the_answer(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autofree char *url = test_server_url(server, "/retry-seconds");
    g_autofree char *retry = NULL;
    g_auto(WhHttpRequest) request = test_request(url);
    wh_http_send(http, &request, keep_header, &retry);
    while (retry == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpstr(retry, ==, "120");
    const WhHttpResponse made = {.status = 200};
    g_assert_null(wh_http_response_header(&made, "Retry-After"));
}

static void keep_glimpse(const WhHttpGlimpse *glimpse, gpointer data)
{
    g_assert_false(glimpse->secure);
    g_assert_false(glimpse->refused);
    g_assert_cmpint(ABS(glimpse->answered - g_get_real_time()), <, 60 * WH_SECOND);
    g_string_append_printf(data, "%" G_GINT64_FORMAT " ", glimpse->date / WH_SECOND);
}

/* RFC 9110 section 6.6.1 names this date. */
static void test_glimpse(void)
{
    static const char *const paths[] = {"/good", "/dated", "/date-garbage", "/silent", "/reset"};
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autoptr(GString) dates = g_string_new(NULL);
    wh_http_set_glimpse(http, keep_glimpse, dates);
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *url = test_server_url(server, paths[i]);
        g_auto(WhHttpRequest) request = test_request(url);
        g_auto(TestOutcome) outcome = {0};
        request.timeout = WH_SECOND / 5;
        test_exchange(http, &request, &outcome);
    }
    g_assert_cmpstr(dates->str, ==, "784887151 ");
    wh_http_set_glimpse(http, NULL, NULL);
}

static void test_post_without_body(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    request.method = "POST";
    request.user_agent = "Other/1";
    test_exchange(http, &request, &outcome);
    g_assert_no_error(outcome.error);
    g_autofree char *sent = test_server_last_request(server);
    g_assert_true(g_str_has_prefix(sent, "POST /good HTTP/1.1\r\n"));
    g_assert_nonnull(strstr(sent, "\r\nContent-Length: 0\r\n"));
    g_assert_nonnull(strstr(sent, "\r\nUser-Agent: Other/1\r\n"));
    g_assert_null(strstr(sent, "Content-Type"));
    g_assert_null(strstr(sent, "Authorization"));
}

static void test_body_is_cut(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    get(http, server, "/big", &outcome);
    g_assert_no_error(outcome.error);
    g_assert_cmpuint(outcome.status, ==, 200);
    g_assert_true(outcome.truncated);
    g_assert_cmpuint(outcome.length, ==, WH_HTTP_DEFAULT_MAX_BODY);

    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    g_auto(TestOutcome) exact = {0};
    request.max_body = strlen("good 192.0.2.1");
    test_exchange(http, &request, &exact);
    g_assert_cmpstr(exact.body, ==, "good 192.0.2.1");
    g_assert_false(exact.truncated);

    g_auto(TestOutcome) shorter = {0};
    request.max_body = 4;
    test_exchange(http, &request, &shorter);
    g_assert_cmpstr(shorter.body, ==, "good");
    g_assert_true(shorter.truncated);
}

static void test_redirect_is_not_followed(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    get(http, server, "/redirect", &outcome);
    g_assert_no_error(outcome.error);
    g_assert_cmpuint(outcome.status, ==, 302);
    g_assert_cmpstr(outcome.location, ==, "http://portal.invalid/login");
    g_assert_cmpuint(test_server_requests(server), ==, 1);
}

static void test_retry_after(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) seconds = {0};
    get(http, server, "/retry-seconds", &seconds);
    g_assert_cmpuint(seconds.status, ==, 429);
    g_assert_cmpint(seconds.retry_after, ==, 120 * WH_SECOND);
    g_auto(TestOutcome) date = {0};
    get(http, server, "/retry-date", &date);
    g_assert_cmpint(date.retry_after, >, 30 * WH_MINUTE);
    g_assert_cmpint(date.retry_after, <=, WH_HOUR);
}

static void test_retry_after_forms(void)
{
    gint64 now = 1700000000 * WH_SECOND; /* Tue, 14 Nov 2023 22:13:20 GMT */
    g_assert_cmpint(wh_http_answer_parse_retry_after("90", now), ==, 90 * WH_SECOND);
    g_assert_cmpint(wh_http_answer_parse_retry_after(" 0 ", now), ==, 0);
    g_assert_cmpint(wh_http_answer_parse_retry_after("Tue, 14 Nov 2023 22:14:20 GMT", now), ==,
                    60 * WH_SECOND);
    g_assert_cmpint(wh_http_answer_parse_retry_after("Tue, 14 Nov 2023 22:12:20 GMT", now), ==, 0);
    g_assert_cmpint(wh_http_answer_parse_retry_after("604801", now), ==, 7 * WH_DAY);
    g_assert_cmpint(wh_http_answer_parse_retry_after("99999999999999999999999999", now), ==,
                    7 * WH_DAY);
    g_assert_cmpint(wh_http_answer_parse_retry_after("Fri, 31 Dec 2049 00:00:00 GMT", now), ==,
                    7 * WH_DAY);
    g_assert_cmpint(wh_http_answer_parse_retry_after("-5", now), ==, 0);
    g_assert_cmpint(wh_http_answer_parse_retry_after("soon", now), ==, 0);
    g_assert_cmpint(wh_http_answer_parse_retry_after("", now), ==, 0);
}

static void refuse(WhHttp *http, const char *url, gboolean allow_plain)
{
    g_auto(WhHttpRequest) request = test_request(url);
    g_auto(TestOutcome) outcome = {0};
    request.allow_plain = allow_plain;
    test_exchange(http, &request, &outcome);
    assert_error(&outcome, WH_HTTP_ERROR_INVALID);
}

static void test_refused_urls(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autofree char *plain = test_server_url(server, "/good?" SECRET);
    refuse(http, plain, FALSE);
    refuse(http, "file:///etc/passwd", TRUE);
    refuse(http, "ftp://127.0.0.1/" SECRET, TRUE);
    refuse(http, "127.0.0.1/" SECRET, TRUE);
    refuse(http, "http:///" SECRET, TRUE);
    refuse(http, "http://anna:" SECRET "@127.0.0.1/", TRUE);
    refuse(http, "http://127.0.0.1/" SECRET " x", TRUE);
    refuse(http, "http://127.0.0.1/\r\nX: " SECRET, TRUE);
    refuse(http, "http://127.0.0.1:99999/" SECRET, TRUE);
    g_assert_cmpuint(test_server_connections(server), ==, 0);
}

static void test_refused_parts(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autofree char *url = test_server_url(server, "/good");
    static const char *const headers[] = {"X: a\r\nY: b", "no colon", ": empty"};
    for (guint i = 0; i < G_N_ELEMENTS(headers) + 3; i++) {
        g_auto(WhHttpRequest) request = test_request(url);
        g_auto(TestOutcome) outcome = {0};
        request.headers = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
        if (i < G_N_ELEMENTS(headers))
            g_ptr_array_add(request.headers, wh_secret_new(headers[i], -1));
        else if (i == G_N_ELEMENTS(headers))
            request.method = "GET /x";
        else if (i == G_N_ELEMENTS(headers) + 1)
            request.user = "anna:x";
        else
            request.user_agent = "a\nb";
        test_exchange(http, &request, &outcome);
        assert_error(&outcome, WH_HTTP_ERROR_INVALID);
    }
    g_assert_cmpuint(test_server_connections(server), ==, 0);
}

static void fail_at(const char *path, WhHttpErrorCode code)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autofree char *url = test_server_url(server, path);
    g_autofree char *with_secret = g_strconcat(url, "?" SECRET, NULL);
    g_auto(WhHttpRequest) request = test_request(with_secret);
    g_auto(TestOutcome) outcome = {0};
    if (code == WH_HTTP_ERROR_TIMEOUT)
        request.timeout = 100 * WH_MILLISECOND;
    test_exchange(http, &request, &outcome);
    assert_error(&outcome, code);
    g_assert_nonnull(strstr(outcome.error->message, "shown.example"));
}

static void test_faults(void)
{
    fail_at("/flood", WH_HTTP_ERROR_BROKEN);
    fail_at("/reset", WH_HTTP_ERROR_BROKEN);
    fail_at("/close", WH_HTTP_ERROR_BROKEN);
    fail_at("/partial", WH_HTTP_ERROR_BROKEN);
    fail_at("/garbage", WH_HTTP_ERROR_BROKEN);
    fail_at("/silent", WH_HTTP_ERROR_TIMEOUT);
}

static void test_nobody_listens(void)
{
    TestServer *server = test_server_new();
    g_autofree char *url = test_server_url(server, "/" SECRET);
    test_server_free(server);
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(WhHttpRequest) request = test_request(url);
    g_auto(TestOutcome) outcome = {0};
    test_exchange(http, &request, &outcome);
    assert_error(&outcome, WH_HTTP_ERROR_CONNECT);
}

static void test_family(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_autofree char *url = test_server_url(server, "/good");
    g_auto(WhHttpRequest) request = test_request(url);
    g_auto(TestOutcome) outcome = {0};
    request.family = WH_HTTP_IPV6_ONLY;
    test_exchange(http, &request, &outcome);
    g_assert_nonnull(outcome.error);
    g_assert_cmpuint(test_server_connections(server), ==, 0);
    g_auto(TestOutcome) ipv4 = {0};
    request.family = WH_HTTP_IPV4_ONLY;
    test_exchange(http, &request, &ipv4);
    g_assert_no_error(ipv4.error);
}

static void test_environment_has_no_say(void)
{
    g_autoptr(TestServer) server = test_server_new();
    g_autoptr(TestServer) proxy = test_server_new();
    g_autofree char *proxy_url = test_server_url(proxy, "/");
    g_setenv("http_proxy", proxy_url, TRUE);
    g_setenv("ALL_PROXY", proxy_url, TRUE);
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    g_auto(TestOutcome) outcome = {0};
    get(http, server, "/good", &outcome);
    g_unsetenv("http_proxy");
    g_unsetenv("ALL_PROXY");
    g_assert_no_error(outcome.error);
    g_assert_cmpuint(test_server_requests(server), ==, 1);
    g_assert_cmpuint(test_server_connections(proxy), ==, 0);
}

static void test_user_agent(void)
{
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    const char *agent = wh_http_user_agent(http);
    g_assert_true(
        g_regex_match_simple("^\\S+ Wayhome/Linux-\\d+\\.\\d+\\.\\d+ \\S+@\\S+$", agent, 0, 0));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http/good-answer", test_good_answer);
    g_test_add_func("/http/answer-without-body", test_answer_without_body);
    g_test_add_func("/http/request-as-asked", test_request_as_asked);
    g_test_add_func("/http/subscription", test_subscription);
    g_test_add_func("/http/header-of-the-answer", test_header_of_the_answer);
    g_test_add_func("/http/post-without-body", test_post_without_body);
    g_test_add_func("/http/glimpse", test_glimpse);
    g_test_add_func("/http/body-is-cut", test_body_is_cut);
    g_test_add_func("/http/redirect-is-not-followed", test_redirect_is_not_followed);
    g_test_add_func("/http/retry-after", test_retry_after);
    g_test_add_func("/http/retry-after-forms", test_retry_after_forms);
    g_test_add_func("/http/refused-urls", test_refused_urls);
    g_test_add_func("/http/refused-parts", test_refused_parts);
    g_test_add_func("/http/faults", test_faults);
    g_test_add_func("/http/nobody-listens", test_nobody_listens);
    g_test_add_func("/http/family", test_family);
    g_test_add_func("/http/environment-has-no-say", test_environment_has_no_say);
    g_test_add_func("/http/user-agent", test_user_agent);
    return g_test_run();
}
