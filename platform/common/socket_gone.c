#include "platform/common/socket_gone.h"

typedef struct {
    WhLocalSocketGone gone;
    gpointer data;
} Gone;

static gboolean went(GSocket *socket, GIOCondition condition, gpointer data)
{
    Gone *gone = data;

    gone->gone(gone->data);
    return G_SOURCE_REMOVE;
}

GSource *wh_socket_gone_watch(GIOStream *stream, WhLocalSocketGone gone, gpointer data)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    GSource *source;
    Gone *whom;

    if (!G_IS_SOCKET_CONNECTION(stream))
        return NULL;
    whom = g_new(Gone, 1);
    *whom = (Gone){gone, data};
    source = g_socket_create_source(g_socket_connection_get_socket(G_SOCKET_CONNECTION(stream)),
                                    G_IO_HUP, NULL);
    g_source_set_callback(source, G_SOURCE_FUNC(went), whom, g_free);
    g_source_attach(source, context);
    return source;
}
