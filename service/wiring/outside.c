#include "service/wiring/outside.h"

#define ASK_TIMEOUT (10 * WH_SECOND)
#define MAX_ANSWER 4096

/* A datagram that was lost several times will not be answered any more. */
#define DNS_TIMEOUT (4 * WH_SECOND)

/* Handles of questions over DNS are odd, those over HTTPS even. */
typedef struct {
    WhOutsideAsker asker;
    WhHttp *http;
    WhDnsClient *dns;
} Asker;

/* question: what was asked over DNS; NULL: over HTTPS. */
typedef struct {
    const WhOutsideOperator *operator_;
    WhFamily family;
    GBytes *question;
    WhOutsideDone done;
    gpointer data;
} Request;

static void request_free(Request *request)
{
    g_clear_pointer(&request->question, g_bytes_unref);
    g_free(request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Request, request_free)

static void on_response(const WhHttpResponse *response, const GError *error, gpointer data)
{
    g_autoptr(Request) request = data;
    g_autofree char *failure = NULL;
    WhAddress address;

    if (error != NULL)
        failure = g_strdup(error->message);
    else if (response->status != 200)
        failure = g_strdup_printf("it answered with status %u", response->status);
    else if (response->truncated ||
             !wh_outside_read_answer(request->operator_, request->family, response->body,
                                     response->length, &address))
        failure = g_strdup("its answer is not an address");
    if (failure != NULL)
        request->done(FALSE, NULL, failure, request->data);
    else
        request->done(TRUE, &address, NULL, request->data);
}

static guint64 ask_https(Asker *self, const WhOutsideOperator *operator_, WhFamily family,
                         guint uplink, Request *request)
{
    const char *url = operator_->url[family];
    g_autoptr(WhSecret) secret_url = wh_secret_new(url, -1);
    const WhHttpRequest http_request = {
        .method = "GET",
        .url = secret_url,
        .shown_url = url,
        .family = family == WH_FAMILY_IPV4 ? WH_HTTP_IPV4_ONLY : WH_HTTP_IPV6_ONLY,
        /* A kept connection would still show the address it was opened from. */
        .fresh_connection = TRUE,
        .interface = uplink,
        .timeout = ASK_TIMEOUT,
        .max_body = MAX_ANSWER,
    };

    return 2 * wh_http_send(self->http, &http_request, on_response, request);
}

static void on_answer(const guint8 *bytes, gsize length, gint64 sent, const GError *error,
                      gpointer data)
{
    g_autoptr(Request) request = data;
    g_autoptr(WhDnsAnswer) answer = NULL;
    WhAddress address;

    if (bytes != NULL)
        answer = wh_dns_answer_parse(request->question, bytes, length, NULL);
    if (error != NULL)
        request->done(FALSE, NULL, error->message, request->data);
    else if (answer == NULL ||
             !wh_outside_dns_read(request->operator_, request->family, answer, &address))
        request->done(FALSE, NULL, "its answer is not an address", request->data);
    else
        request->done(TRUE, &address, NULL, request->data);
}

static guint64 ask_dns(Asker *self, const WhOutsideOperator *operator_, WhFamily family,
                       guint uplink, Request *request)
{
    const WhDnsServer server = {
        .address = operator_->dns_server[family], .port = WH_DNS_PORT, .uplink = uplink};

    request->question = wh_outside_dns_question(operator_, family);
    return 2 * wh_dns_client_exchange(self->dns, &server, request->question, WH_DNS_UDP_QUICK,
                                      DNS_TIMEOUT, NULL, on_answer, request) +
           1;
}

static guint64 ask(WhOutsideAsker *asker, const WhOutsideOperator *operator_, WhFamily family,
                   guint uplink, WhOutsideDone done, gpointer data)
{
    Asker *self = (Asker *)asker;
    Request *request = g_new0(Request, 1);

    request->operator_ = operator_;
    request->family = family;
    request->done = done;
    request->data = data;
    if (wh_outside_is_by_dns(operator_))
        return ask_dns(self, operator_, family, uplink, request);
    return ask_https(self, operator_, family, uplink, request);
}

static void cancel(WhOutsideAsker *asker, guint64 handle)
{
    Asker *self = (Asker *)asker;

    if (handle % 2 == 0)
        wh_http_cancel(self->http, handle / 2);
    else
        wh_dns_client_cancel(self->dns, handle / 2);
}

WhOutsideAsker *wh_outside_asker_new(WhHttp *http, WhDnsClient *dns)
{
    Asker *self = g_new0(Asker, 1);

    self->asker.ask = ask;
    self->asker.cancel = cancel;
    self->http = http;
    self->dns = dns;
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
