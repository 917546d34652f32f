#include "app/tray/tray_requests.h"

#include "app/client/requests.h"

/* Each request holds a reference; failed NULL: its owner is gone. */
struct WhTrayRequests {
    WhLink *link;
    WhTrayRequestsFunc failed;
    gpointer data;
    guint under_way; /* a bit an action */
};

typedef struct {
    WhTrayRequests *requests;
    WhTrayAction action;
} Request;

static void requests_clear(gpointer data)
{
    WhTrayRequests *requests = data;

    g_object_unref(requests->link);
}

WhTrayRequests *wh_tray_requests_new(WhLink *link, WhTrayRequestsFunc failed, gpointer data)
{
    WhTrayRequests *requests = g_rc_box_new0(WhTrayRequests);

    requests->link = g_object_ref(link);
    requests->failed = failed;
    requests->data = data;
    return requests;
}

void wh_tray_requests_free(WhTrayRequests *requests)
{
    requests->failed = NULL;
    g_rc_box_release_full(requests, requests_clear);
}

static void answered(GObject *source, GAsyncResult *result, gpointer data)
{
    Request *request = data;
    WhTrayRequests *requests = request->requests;
    g_autoptr(GError) error = NULL;

    requests->under_way &= ~(1U << request->action);
    if (!wh_requests_finish(WH_LINK(source), result, &error) && requests->failed != NULL)
        requests->failed(error->message, requests->data);
    g_rc_box_release_full(requests, requests_clear);
    g_free(request);
}

gboolean wh_tray_requests_ask(WhTrayRequests *requests, WhTrayAction action)
{
    guint bit = 1U << action;
    Request *request;

    if ((requests->under_way & bit) != 0)
        return FALSE;
    requests->under_way |= bit;
    request = g_new0(Request, 1);
    request->requests = g_rc_box_acquire(requests);
    request->action = action;
    if (action == WH_TRAY_UPDATE_NOW)
        wh_requests_update_now(requests->link, NULL, answered, request);
    else if (action == WH_TRAY_PAUSE)
        wh_requests_pause(requests->link, NULL, answered, request);
    else
        wh_requests_resume(requests->link, NULL, NULL, answered, request);
    return TRUE;
}

gboolean wh_tray_requests_is_busy(WhTrayRequests *requests)
{
    return requests->under_way != 0;
}
