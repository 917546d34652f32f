#include "service/wiring/outside.h"

#define ASK_TIMEOUT (10 * WH_SECOND)
#define MAX_ANSWER 4096

typedef struct {
    WhOutsideAsker asker;
    WhHttp *http;
} Asker;

typedef struct {
    const WhOutsideOperator *operator_;
    WhFamily family;
    WhOutsideDone done;
    gpointer data;
} Request;

static void on_response(const WhHttpResponse *response, const GError *error, gpointer data)
{
    g_autofree Request *request = data;
    g_autofree char *failure = NULL;
    WhAddress address;

    if (error != NULL)
        failure = g_strdup(error->message);
    else if (response->status != 200)
        failure = g_strdup_printf("it answered with status %u", response->status);
    else if (!wh_outside_read_answer(request->operator_, request->family, response->body,
                                     response->length, &address))
        failure = g_strdup("its answer is not an address");
    if (failure != NULL)
        request->done(FALSE, NULL, failure, request->data);
    else
        request->done(TRUE, &address, NULL, request->data);
}

static guint64 ask(WhOutsideAsker *asker, const WhOutsideOperator *operator_, WhFamily family,
                   WhOutsideDone done, gpointer data)
{
    Asker *self = (Asker *)asker;
    const char *url = operator_->url[family];
    g_autoptr(WhSecret) secret_url = wh_secret_new(url, -1);
    WhHttpRequest http_request = {
        .method = "GET",
        .url = secret_url,
        .shown_url = url,
        .family = family == WH_FAMILY_IPV4 ? WH_HTTP_IPV4_ONLY : WH_HTTP_IPV6_ONLY,
        /* A kept connection would still show the address it was opened from. */
        .fresh_connection = TRUE,
        .timeout = ASK_TIMEOUT,
        .max_body = MAX_ANSWER,
    };
    Request *request = g_new0(Request, 1);

    request->operator_ = operator_;
    request->family = family;
    request->done = done;
    request->data = data;
    return wh_http_send(self->http, &http_request, on_response, request);
}

static void cancel(WhOutsideAsker *asker, guint64 handle)
{
    wh_http_cancel(((Asker *)asker)->http, handle);
}

WhOutsideAsker *wh_outside_asker_new(WhHttp *http)
{
    Asker *self = g_new0(Asker, 1);

    self->asker.ask = ask;
    self->asker.cancel = cancel;
    self->http = http;
    return &self->asker;
}

void wh_outside_asker_free(WhOutsideAsker *asker)
{
    g_free(asker);
}

GPtrArray *wh_outside_operators(const char *folder, char **problem)
{
    g_autofree char *path = g_build_filename(folder, "outside.conf", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    gsize length;
    GPtrArray *operators = NULL;

    *problem = NULL;
    if (g_file_get_contents(path, &text, &length, &error))
        operators = wh_outside_parse(text, length, &error);
    else if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_clear_error(&error);
    if (error != NULL)
        *problem =
            g_strdup_printf("%s cannot be used, so the built-in list is: %s", path, error->message);
    return operators != NULL ? operators : wh_outside_shipped();
}
