#include "service/gateway/gena.h"

#include "service/gateway/gena_door.h"
#include "service/gateway/gena_request.h"

#include <string.h>

#define WANTED_TIMEOUT "TIMEOUT: Second-1800"
#define REQUEST_TIMEOUT (5 * WH_SECOND)
#define ANSWER_MOST ((gsize)4 * 1024)

#define FIRST_PAUSE (5 * WH_SECOND)
#define MOST_PAUSE (30 * WH_MINUTE)
#define JITTER 0.2

/* sid NULL: not subscribed. held: of an event that came before the answer that names its
 * subscription. handle 0: nothing is asked. timer: when to renew, or to try again. news: an event
 * waits to be told. */
struct WhGena {
    WhClock *clock;
    WhHttp *http;
    WhGatewayRoute route;
    char *url;
    WhComplaints *complaints;
    WhGenaFunc heard;
    gpointer data;
    WhGenaDoor *door;
    guint64 handle;
    char *sid;
    char *held;
    guint failures;
    guint timer;
    guint news;
};

static void subscribe(gpointer data);
static void renew(gpointer data);

static void tell(gpointer data)
{
    WhGena *gena = data;
    gena->news = 0;
    gena->heard(gena->data);
}

static void tell_soon(WhGena *gena)
{
    if (gena->news == 0)
        gena->news = wh_clock_add_timer(gena->clock, 0, tell, gena);
}

static gboolean on_knock(const char *sid, gpointer data)
{
    WhGena *gena = data;
    if (gena->sid == NULL && gena->held == NULL) {
        gena->held = g_strdup(sid);
        return TRUE;
    }
    if (strcmp(sid, gena->sid != NULL ? gena->sid : gena->held) != 0)
        return FALSE;
    if (gena->sid != NULL)
        tell_soon(gena);
    return TRUE;
}

static void send_request(WhGena *gena, const char *method, const char *const *lines,
                         WhHttpDone done)
{
    g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    g_autoptr(WhSecret) url = wh_secret_new(gena->url, -1);
    for (guint i = 0; lines[i] != NULL; i++)
        g_ptr_array_add(headers, wh_secret_new(lines[i], -1));
    WhHttpRequest request = {
        .method = method,
        .url = url,
        .shown_url = gena->url,
        .headers = headers,
        .family = WH_HTTP_IPV4_ONLY,
        .allow_plain = TRUE,
        .timeout = REQUEST_TIMEOUT,
        .max_body = ANSWER_MOST,
    };
    gena->handle = wh_http_send(gena->http, &request, done, gena);
}

static void end(WhGena *gena)
{
    g_clear_pointer(&gena->door, wh_gena_door_free);
    g_clear_pointer(&gena->sid, g_free);
    g_clear_pointer(&gena->held, g_free);
}

static void try_later(WhGena *gena)
{
    gint64 pause = MIN(FIRST_PAUSE << MIN(gena->failures, 16), MOST_PAUSE);
    gena->failures++;
    end(gena);
    gena->timer = wh_clock_add_timer(gena->clock, wh_clock_jitter(gena->clock, pause, JITTER),
                                     subscribe, gena);
}

static void renew_later(WhGena *gena, const WhHttpResponse *response)
{
    gint64 granted = wh_gena_timeout_read(wh_http_response_header(response, "TIMEOUT"));
    gena->failures = 0;
    gena->timer = wh_clock_add_timer(gena->clock, granted / 4 * 3, renew, gena);
}

static void on_subscribed(const WhHttpResponse *response, const GError *error, gpointer data)
{
    WhGena *gena = data;
    if (gena->handle == 0)
        return;
    gena->handle = 0;
    const char *sid = response == NULL || response->status != 200
                          ? NULL
                          : wh_http_response_header(response, "SID");
    if (sid == NULL || !wh_gena_sid_is_right(sid)) {
        try_later(gena);
        return;
    }
    gena->sid = g_strdup(sid);
    if (g_strcmp0(gena->held, gena->sid) == 0)
        tell_soon(gena);
    g_clear_pointer(&gena->held, g_free);
    renew_later(gena, response);
}

static void subscribe(gpointer data)
{
    WhGena *gena = data;
    gena->timer = 0;
    gena->door =
        wh_gena_door_new(gena->clock, &gena->route, gena->complaints, on_knock, gena, NULL);
    if (gena->door == NULL) {
        try_later(gena);
        return;
    }
    g_autofree char *callback = g_strdup_printf("CALLBACK: <%s>", wh_gena_door_url(gena->door));
    const char *const lines[] = {callback, "NT: upnp:event", WANTED_TIMEOUT, NULL};
    send_request(gena, "SUBSCRIBE", lines, on_subscribed);
}

/* A router that was restarted knows the subscription no longer. */
static void on_renewed(const WhHttpResponse *response, const GError *error, gpointer data)
{
    WhGena *gena = data;
    if (gena->handle == 0)
        return;
    gena->handle = 0;
    if (response != NULL && response->status == 200) {
        renew_later(gena, response);
        return;
    }
    end(gena);
    subscribe(gena);
}

static void renew(gpointer data)
{
    WhGena *gena = data;
    gena->timer = 0;
    g_autofree char *sid = g_strdup_printf("SID: %s", gena->sid);
    const char *const lines[] = {sid, WANTED_TIMEOUT, NULL};
    send_request(gena, "SUBSCRIBE", lines, on_renewed);
}

WhGena *wh_gena_new(WhClock *clock, WhHttp *http, const WhGatewayRoute *route, const char *url,
                    WhComplaints *complaints, WhGenaFunc heard, gpointer data)
{
    WhGena *gena = g_new0(WhGena, 1);
    gena->clock = clock;
    gena->http = http;
    gena->route = *route;
    gena->url = g_strdup(url);
    gena->complaints = complaints;
    gena->heard = heard;
    gena->data = data;
    subscribe(gena);
    return gena;
}

static void on_unsubscribed(const WhHttpResponse *response, const GError *error, gpointer data)
{
    /* The subscription ends by itself, too. */
}

static void unsubscribe(WhGena *gena)
{
    g_autofree char *sid = g_strdup_printf("SID: %s", gena->sid);
    const char *const lines[] = {sid, NULL};
    send_request(gena, "UNSUBSCRIBE", lines, on_unsubscribed);
}

void wh_gena_free(WhGena *gena)
{
    if (gena == NULL)
        return;
    guint64 handle = gena->handle;
    gena->handle = 0;
    if (handle != 0)
        wh_http_cancel(gena->http, handle);
    if (gena->sid != NULL)
        unsubscribe(gena);
    wh_clock_remove_timer(gena->clock, &gena->timer);
    wh_clock_remove_timer(gena->clock, &gena->news);
    end(gena);
    g_free(gena->url);
    g_free(gena);
}

gboolean wh_gena_is_subscribed(const WhGena *gena)
{
    return gena->sid != NULL;
}
