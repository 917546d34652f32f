#include "service/providers/http_plan.h"

#include <gio/gio.h>
#include <string.h>

/* A provider's answer is a few lines. */
#define MAX_BODY ((gsize)16 * 1024)

void wh_http_message_free(WhHttpMessage *message)
{
    if (message == NULL)
        return;
    WhHttpRequest *request = &message->request;
    wh_secret_unref(request->url);
    wh_secret_unref(request->password);
    wh_secret_unref(request->body);
    g_ptr_array_unref(request->headers);
    wh_secret_unref(message->user);
    g_free(message->shown_url);
    g_free(message);
}

static gboolean fill(const WhTemplate *template, const WhTemplateValues *values, WhSecret **secret,
                     GError **error)
{
    return template == NULL || wh_template_fill(template, values, secret, NULL, error);
}

static gboolean fill_headers(const WhHttpPlan *plan, const WhTemplateValues *values,
                             GPtrArray *headers, GError **error)
{
    for (guint i = 0; i < plan->headers->len; i++) {
        WhSecret *header = NULL;
        if (!wh_template_fill(plan->headers->pdata[i], values, &header, NULL, error))
            return FALSE;
        g_ptr_array_add(headers, header);
    }
    return TRUE;
}

static gboolean fill_url(const WhHttpPlan *plan, const WhTemplateValues *values,
                         WhHttpMessage *message, GError **error)
{
    const WhTemplate *url = wh_http_plan_url(plan, values);
    if (url == NULL) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "The account's settings do not say how to ask.");
        return FALSE;
    }
    return wh_template_fill(url, values, &message->request.url, &message->shown_url, error);
}

static WhHttpFamily choose_family(const WhHttpPlan *plan, const WhTemplateValues *values)
{
    gboolean v4 = values->addresses[WH_FAMILY_IPV4] != NULL;
    gboolean v6 = values->addresses[WH_FAMILY_IPV6] != NULL;
    if (!plan->force_family || v4 == v6)
        return WH_HTTP_ANY_FAMILY;
    return v4 ? WH_HTTP_IPV4_ONLY : WH_HTTP_IPV6_ONLY;
}

WhHttpMessage *wh_http_plan_fill(const WhHttpPlan *plan, const WhTemplateValues *values,
                                 GError **error)
{
    g_autoptr(WhHttpMessage) message = g_new0(WhHttpMessage, 1);
    WhHttpRequest *request = &message->request;
    request->headers = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    if (!fill_url(plan, values, message, error) ||
        !fill(plan->user, values, &message->user, error) ||
        !fill(plan->password, values, &request->password, error) ||
        !fill(plan->body, values, &request->body, error) ||
        !fill_headers(plan, values, request->headers, error))
        return NULL;
    request->method = plan->method;
    request->shown_url = message->shown_url;
    request->user = message->user != NULL ? wh_secret_peek(message->user) : NULL;
    request->body_type = plan->body_type;
    request->family = choose_family(plan, values);
    request->allow_plain =
        plan->allow_http && g_str_has_prefix(wh_secret_peek(request->url), "http://");
    request->max_body = MAX_BODY;
    return g_steal_pointer(&message);
}
