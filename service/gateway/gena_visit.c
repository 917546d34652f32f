#include "service/gateway/gena_visit.h"

#include "service/gateway/gena_request.h"

#include <string.h>

/* How much of a body is thrown away before the connection is closed over what is left: a router
 * whose event is cut off may end the subscription. */
#define MAX_BODY ((gsize)16 * 1024)

struct WhGenaVisit {
    WhClock *clock;
    GSocket *socket;
    GSource *source;
    const WhGenaVisitEvents *events;
    gpointer data;
    guint timer;
    gboolean answered;
    gsize thrown_away;
    gsize length;
    char head[WH_GENA_HEAD_MOST];
};

static void be_late(gpointer data)
{
    WhGenaVisit *visit = data;
    visit->timer = 0;
    visit->events->over(visit, visit->answered ? NULL : "an event that did not end", visit->data);
}

static const char *reason_of(guint status)
{
    switch (status) {
    case 200:
        return "OK";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 412:
        return "Precondition Failed";
    default:
        return "Bad Request";
    }
}

/* Less than any socket takes at once. What cannot be sent is not waited for. */
static void answer(WhGenaVisit *visit, guint status)
{
    g_autofree char *text =
        g_strdup_printf("HTTP/1.1 %u %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status,
                        reason_of(status));
    visit->answered = TRUE;
    g_socket_send(visit->socket, text, strlen(text), NULL, NULL);
    g_socket_shutdown(visit->socket, FALSE, TRUE, NULL);
}

/* FALSE: the head is too long. */
static gboolean read_head(WhGenaVisit *visit)
{
    gsize head = wh_gena_head_length(visit->head, visit->length);
    if (head == 0)
        return visit->length < sizeof visit->head;
    visit->thrown_away = visit->length - head;
    answer(visit, visit->events->head(visit->head, head, visit->data));
    return TRUE;
}

/* What came after the head. FALSE: that is enough. */
static gboolean throw_away(WhGenaVisit *visit, gssize count)
{
    visit->thrown_away += (gsize)count;
    return visit->thrown_away <= MAX_BODY;
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhGenaVisit *visit = data;
    char nowhere[4096];
    g_autoptr(GError) error = NULL;
    char *into = visit->answered ? nowhere : visit->head + visit->length;
    gsize room = visit->answered ? sizeof nowhere : sizeof visit->head - visit->length;
    gssize count = g_socket_receive(socket, into, room, NULL, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
    const char *wrong = NULL;
    gboolean more = count > 0;
    if (!visit->answered && count > 0) {
        visit->length += (gsize)count;
        more = read_head(visit);
        wrong = more ? NULL : "an event with too long a head";
    } else if (count > 0) {
        more = throw_away(visit, count);
    } else if (!visit->answered) {
        wrong = "an event that broke off";
    }
    if (more)
        return G_SOURCE_CONTINUE;
    visit->events->over(visit, wrong, visit->data);
    return G_SOURCE_REMOVE;
}

WhGenaVisit *wh_gena_visit_new(WhClock *clock, GSocket *socket, gint64 patience,
                               const WhGenaVisitEvents *events, gpointer data)
{
    WhGenaVisit *visit = g_new0(WhGenaVisit, 1);
    visit->clock = clock;
    visit->socket = g_object_ref(socket);
    visit->events = events;
    visit->data = data;
    visit->timer = wh_clock_add_timer(clock, patience, be_late, visit);
    g_socket_set_blocking(socket, FALSE);
    visit->source = g_socket_create_source(socket, G_IO_IN, NULL);
    g_source_set_callback(visit->source, G_SOURCE_FUNC(on_readable), visit, NULL);
    g_source_attach(visit->source, NULL);
    return visit;
}

void wh_gena_visit_free(WhGenaVisit *visit)
{
    if (visit == NULL)
        return;
    wh_clock_remove_timer(visit->clock, &visit->timer);
    g_source_destroy(visit->source);
    g_source_unref(visit->source);
    g_socket_close(visit->socket, NULL);
    g_object_unref(visit->socket);
    g_free(visit);
}
