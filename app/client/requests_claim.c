#include "app/client/requests_private.h"

#include "platform/advice.h"

#include <glib/gi18n.h>

/* What is sent once the person is the owner. */
typedef struct {
    char *method;
    json_t *parameters;
    GAsyncReadyCallback done;
    gpointer data;
} Afterwards;

void wh_requests_claim(WhLink *link, GAsyncReadyCallback done, gpointer data)
{
    wh_requests_send_change(link, "Claim", NULL, done, data);
}

/* A refusal of something else would speak of somebody who manages it. */
static void set_words(GError *error)
{
    if (!g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_DENIED))
        return;
    g_free(error->message);
    error->message = g_strdup(
        wh_advice_asks_for_password()
            ? _("You may not set Wayhome up on this computer from here. Sign in at the computer "
                "itself, or give an administrator's password when you are asked for it.")
            : _("You may not set Wayhome up on this computer from here. Sign in at the computer "
                "itself, or have an administrator name the one who is to manage it (wayhomectl "
                "owner USER)."));
}

static void claimed(GObject *source, GAsyncResult *result, gpointer data)
{
    Afterwards *afterwards = data;
    WhLink *link = WH_LINK(source);
    GError *error = NULL;
    if (wh_requests_finish(link, result, &error)) {
        wh_link_claimed(link);
        wh_requests_send_change(link, afterwards->method, g_steal_pointer(&afterwards->parameters),
                                afterwards->done, afterwards->data);
    } else {
        set_words(error);
        g_task_report_error(link, afterwards->done, afterwards->data, wh_requests_claim, error);
    }
    json_decref(afterwards->parameters);
    g_free(afterwards->method);
    g_free(afterwards);
}

void wh_requests_send_claiming(WhLink *link, const char *method, json_t *parameters,
                               GAsyncReadyCallback done, gpointer data)
{
    if (!wh_link_must_claim(link)) {
        wh_requests_send_change(link, method, parameters, done, data);
        return;
    }
    Afterwards *afterwards = g_new0(Afterwards, 1);
    *afterwards = (Afterwards){g_strdup(method), parameters, done, data};
    wh_requests_claim(link, claimed, afterwards);
}
