#include "tests/unit/test_fake_http.h"

#include <string.h>

struct WhHttp {
    GPtrArray *requests;
};

static void request_free(gpointer data)
{
    TestRequest *request = data;
    g_free(request->method);
    g_free(request->url);
    g_free(request->shown_url);
    g_free(request->user);
    g_free(request->password);
    g_free(request->headers);
    g_free(request->body);
    g_free(request->body_type);
    g_free(request);
}

WhHttp *wh_http_new(WhClock *clock, const char *ca_folder, const char *system_name)
{
    WhHttp *http = g_new0(WhHttp, 1);
    http->requests = g_ptr_array_new_with_free_func(request_free);
    return http;
}

void wh_http_free(WhHttp *http)
{
    for (guint i = 0; i < http->requests->len; i++)
        g_assert_null(test_fake_http_request(http, i)->done);
    g_ptr_array_unref(http->requests);
    g_free(http);
}

static char *copy_secret(const WhSecret *secret)
{
    return secret != NULL ? g_strdup(wh_secret_peek(secret)) : NULL;
}

guint64 wh_http_send(WhHttp *http, const WhHttpRequest *request, WhHttpDone done, gpointer data)
{
    TestRequest *copy = g_new0(TestRequest, 1);
    g_autoptr(GString) headers = g_string_new(NULL);
    for (guint i = 0; request->headers != NULL && i < request->headers->len; i++)
        g_string_append_printf(headers, "%s\n", wh_secret_peek(request->headers->pdata[i]));
    copy->method = g_strdup(request->method);
    copy->url = copy_secret(request->url);
    copy->shown_url = g_strdup(request->shown_url);
    copy->user = g_strdup(request->user);
    copy->password = copy_secret(request->password);
    copy->headers = g_strdup(headers->str);
    copy->body = copy_secret(request->body);
    copy->body_type = g_strdup(request->body_type);
    copy->family = request->family;
    copy->allow_plain = request->allow_plain;
    copy->done = done;
    copy->data = data;
    g_ptr_array_add(http->requests, copy);
    copy->handle = http->requests->len;
    return copy->handle;
}

void wh_http_cancel(WhHttp *http, guint64 handle)
{
    if (test_fake_http_request(http, (guint)handle - 1)->done != NULL)
        test_fake_http_fail(http, (guint)handle - 1, WH_HTTP_ERROR_CANCELLED, "Cancelled.");
}

guint test_fake_http_count(WhHttp *http)
{
    return http->requests->len;
}

const TestRequest *test_fake_http_request(WhHttp *http, guint i)
{
    g_assert_cmpuint(i, <, http->requests->len);
    return http->requests->pdata[i];
}

static void end(WhHttp *http, guint i, const WhHttpResponse *response, const GError *error)
{
    TestRequest *request = (TestRequest *)test_fake_http_request(http, i);
    WhHttpDone done = request->done;
    g_assert_nonnull(done);
    request->done = NULL;
    done(response, error, request->data);
}

void test_fake_http_respond(WhHttp *http, guint i, const WhHttpResponse *response)
{
    end(http, i, response, NULL);
}

void test_fake_http_answer(WhHttp *http, guint i, guint status, const char *body)
{
    const WhHttpResponse response = {.status = status,
                                     .body = body,
                                     .length = strlen(body),
                                     .sent = 1000 + i,
                                     .answered = 2000 + i};
    end(http, i, &response, NULL);
}

void test_fake_http_fail(WhHttp *http, guint i, WhHttpErrorCode code, const char *message)
{
    g_autoptr(GError) error = g_error_new_literal(WH_HTTP_ERROR, (gint)code, message);
    end(http, i, NULL, error);
}
