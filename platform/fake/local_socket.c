#include "platform/local_socket.h"

#include "platform/common/socket_gone.h"
#include "platform/fake/bell.h"
#include "platform/fake/socket_pair.h"
#include "platform/fake/socket_watches.h"
#include "platform/fake/state.h"

#include <string.h>

typedef struct {
    GIOStream *stream;
    WhPeer peer;
} Waiting;

struct WhListener {
    char *address;
    WhListenerFunc accepted;
    gpointer data;
    GSource *bell;
    GQueue waiting; /* of Waiting */
};

static void waiting_free(gpointer data)
{
    Waiting *waiting = data;

    g_object_unref(waiting->stream);
    g_free(waiting);
}

/* One a turn: the callee may free the listener. */
static void bell_rang(gpointer data)
{
    WhListener *listener = data;
    Waiting *waiting = g_queue_pop_head(&listener->waiting);

    if (waiting == NULL)
        return;
    if (!g_queue_is_empty(&listener->waiting))
        wh_fake_bell_ring(listener->bell);
    listener->accepted(waiting->stream, &waiting->peer, listener->data);
    waiting_free(waiting);
}

static WhListener *listener_find(const char *address)
{
    GPtrArray *listeners = wh_fake_state()->listeners;

    for (guint i = 0; i < listeners->len; i++) {
        WhListener *listener = g_ptr_array_index(listeners, i);

        if (g_str_equal(listener->address, address))
            return listener;
    }
    return NULL;
}

WhListener *wh_listener_new(const char *address, gboolean everyone, WhListenerFunc accepted,
                            gpointer data, GError **error)
{
    WhListener *listener;

    if (wh_fake_state()->kept) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "Somebody else keeps %s",
                    address);
        return NULL;
    }
    if (listener_find(address) != NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                    "Another program already answers at %s. Stop it first.", address);
        return NULL;
    }
    listener = g_new0(WhListener, 1);
    listener->address = g_strdup(address);
    listener->accepted = accepted;
    listener->data = data;
    listener->bell = wh_fake_bell_new(bell_rang, listener);
    g_queue_init(&listener->waiting);
    g_ptr_array_add(wh_fake_state()->listeners, listener);
    wh_fake_socket_watches_ring(address);
    return listener;
}

WhListener *wh_listener_new_activated(WhListenerFunc accepted, gpointer data, GError **error)
{
    g_autofree char *address = g_steal_pointer(&wh_fake_state()->activated);

    if (address == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "The service manager handed over no socket");
        return NULL;
    }
    return wh_listener_new(address, TRUE, accepted, data, error);
}

void wh_listener_free(WhListener *listener)
{
    if (listener == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->listeners, listener);
    wh_fake_socket_watches_ring(listener->address);
    wh_fake_bell_free(listener->bell);
    g_queue_clear_full(&listener->waiting, waiting_free);
    g_free(listener->address);
    g_free(listener);
}

GIOStream *wh_local_socket_connect(const char *address, GError **error)
{
    WhListener *listener = listener_find(address);
    GIOStream *ends[2];
    Waiting *waiting;

    if (listener == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Nobody can be reached at %s",
                    address);
        return NULL;
    }
    if (wh_fake_state()->untrusted) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "The program that answers at %s is not trusted", address);
        return NULL;
    }
    if (!wh_fake_socket_pair(ends, error))
        return NULL;
    waiting = g_new0(Waiting, 1);
    waiting->stream = ends[0];
    if (wh_fake_state()->has_peer)
        waiting->peer = wh_fake_state()->peer;
    else
        wh_fake_self(&waiting->peer);
    g_queue_push_tail(&listener->waiting, waiting);
    wh_fake_bell_ring(listener->bell);
    return ends[1];
}

GSource *wh_local_socket_watch_gone(GIOStream *stream, WhLocalSocketGone gone, gpointer data)
{
    return wh_socket_gone_watch(stream, gone, data);
}

void wh_fake_local_socket_set_peer(const WhPeer *peer)
{
    WhFakeState *state = wh_fake_state();

    state->has_peer = peer != NULL;
    if (peer != NULL)
        state->peer = *peer;
}

void wh_fake_local_socket_set_kept(gboolean kept)
{
    wh_fake_state()->kept = kept;
}

void wh_fake_local_socket_set_trusted(gboolean trusted)
{
    wh_fake_state()->untrusted = !trusted;
}

void wh_fake_local_socket_set_activated(const char *address)
{
    WhFakeState *state = wh_fake_state();

    g_free(state->activated);
    state->activated = g_strdup(address);
}
