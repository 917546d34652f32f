#include "service/net/datagrams.h"

#define MAX_IN_ONE_TURN 16

struct WhDatagrams {
    GSocket *socket;
    GSource *source;
    const WhDatagramEvents *events;
    gpointer data;
};

/* The listener may be gone afterwards. */
static void report_unless_wait(const WhDatagrams *datagrams, const GError *error)
{
    if (datagrams->events->failed != NULL &&
        !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        datagrams->events->failed(error, datagrams->data);
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhDatagrams *datagrams = data;
    for (guint i = 0; i < MAX_IN_ONE_TURN; i++) {
        char bytes[WH_DATAGRAM_MOST];
        g_autoptr(GSocketAddress) sender = NULL;
        g_autoptr(GError) error = NULL;
        gssize length = g_socket_receive_from(socket, &sender, bytes, sizeof bytes, NULL, &error);
        if (length < 0) {
            report_unless_wait(datagrams, error);
            break;
        }
        if (!datagrams->events->datagram(sender, (const guint8 *)bytes, (gsize)length,
                                         datagrams->data))
            break;
    }
    return G_SOURCE_CONTINUE;
}

WhDatagrams *wh_datagrams_new(GSocket *socket, const WhDatagramEvents *events, gpointer data)
{
    WhDatagrams *datagrams = g_new0(WhDatagrams, 1);
    datagrams->socket = socket;
    datagrams->events = events;
    datagrams->data = data;
    datagrams->source = g_socket_create_source(socket, G_IO_IN, NULL);
    g_source_set_callback(datagrams->source, G_SOURCE_FUNC(on_readable), datagrams, NULL);
    g_source_attach(datagrams->source, NULL);
    return datagrams;
}

void wh_datagrams_free(WhDatagrams *datagrams)
{
    if (datagrams == NULL)
        return;
    g_source_destroy(datagrams->source);
    g_source_unref(datagrams->source);
    g_object_unref(datagrams->socket);
    g_free(datagrams);
}

GSocket *wh_datagrams_socket(const WhDatagrams *datagrams)
{
    return datagrams->socket;
}
