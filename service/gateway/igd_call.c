#include "service/gateway/igd_call.h"

/* handle 0: it is over. */
struct WhIgdCall {
    WhHttp *http;
    guint64 handle;
    WhIgdCallFunc done;
    gpointer data;
};

static WhIgdCallOutcome read_outcome(const WhHttpResponse *response)
{
    if (response == NULL || response->truncated)
        return WH_IGD_CALL_FAILED;
    if (response->status == 200)
        return WH_IGD_CALL_DONE;
    /* UPnP Device Architecture 1.1 section 3.2.5: an error of the action comes with 500. */
    return response->status == 500 ? WH_IGD_CALL_REFUSED : WH_IGD_CALL_FAILED;
}

static void on_answer(const WhHttpResponse *response, const GError *error, gpointer data)
{
    WhIgdCall *call = data;
    WhIgdCallOutcome outcome = read_outcome(response);
    gboolean wanted = call->handle != 0;
    call->handle = 0;
    if (wanted)
        call->done(outcome, outcome == WH_IGD_CALL_FAILED ? "" : response->body,
                   outcome == WH_IGD_CALL_FAILED ? 0 : response->length, call->data);
}

static WhSecret *make_body(const WhIgdService *service, const char *action, const char *arguments)
{
    g_autofree char *text =
        g_strdup_printf("<?xml version=\"1.0\"?>\r\n"
                        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                        "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>"
                        "<u:%s xmlns:u=\"%s\">%s</u:%s></s:Body></s:Envelope>\r\n",
                        action, service->type, arguments, action);
    return wh_secret_new(text, -1);
}

WhIgdCall *wh_igd_call_new(WhHttp *http, const WhIgdService *service, const char *action,
                           const char *arguments, WhIgdCallFunc done, gpointer data)
{
    g_autofree char *header = g_strdup_printf("SOAPAction: \"%s#%s\"", service->type, action);
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    g_autoptr(WhSecret) url = wh_secret_new(service->control, -1);
    g_autoptr(WhSecret) body = make_body(service, action, arguments);
    g_ptr_array_add(headers, wh_secret_new(header, -1));
    WhHttpRequest request = {
        .method = "POST",
        .url = url,
        .shown_url = service->control,
        .headers = headers,
        .body = body,
        .body_type = "text/xml; charset=\"utf-8\"",
        .family = WH_HTTP_IPV4_ONLY,
        .allow_plain = TRUE,
        .timeout = WH_IGD_TIMEOUT,
        .max_body = WH_IGD_ANSWER_MOST,
    };
    WhIgdCall *call = g_new0(WhIgdCall, 1);
    call->http = http;
    call->done = done;
    call->data = data;
    call->handle = wh_http_send(http, &request, on_answer, call);
    return call;
}

void wh_igd_call_free(WhIgdCall *call)
{
    if (call == NULL)
        return;
    guint64 handle = call->handle;
    call->handle = 0;
    if (handle != 0)
        wh_http_cancel(call->http, handle);
    g_free(call);
}
