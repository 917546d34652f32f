/* WhHttp without a network: keeps requests, and answers when the test says so. Linked instead of
 * the real one. */
#pragma once

#include "service/net/http.h"

G_BEGIN_DECLS

/* headers: all, each followed by a line feed. */
typedef struct {
    char *method;
    char *url;
    char *shown_url;
    char *user;
    char *password;
    char *headers;
    char *body;
    char *body_type;
    WhHttpFamily family;
    gboolean allow_plain;
    guint64 handle;
    WhHttpDone done;
    gpointer data;
} TestRequest;

/* Requests sent so far, those that ended too. */
guint test_fake_http_count(WhHttp *http);
const TestRequest *test_fake_http_request(WhHttp *http, guint i);

/* Ends a request. */
void test_fake_http_answer(WhHttp *http, guint i, guint status, const char *body);
void test_fake_http_respond(WhHttp *http, guint i, const WhHttpResponse *response);
void test_fake_http_fail(WhHttp *http, guint i, WhHttpErrorCode code, const char *message);

G_END_DECLS
