#include "platform/windows/hop.h"

#define NEVER (-1)
#define AT_ONCE 0

typedef struct {
    WhHopFunc func;
    gpointer data;
    GDestroyNotify destroy;
} Message;

/* The source comes first: its references are the hop's, and its memory lives until the last
 * dispatch is over. */
struct WhHop {
    GSource source;
    WhHopFunc rung;
    gpointer data;
    GMutex lock; /* of all below */
    gboolean ringing;
    gboolean closed;
    GQueue messages; /* of Message */
};

static void message_destroy(gpointer data)
{
    Message *message = data;

    if (message->destroy != NULL)
        message->destroy(message->data);
    g_free(message);
}

static void wake(WhHop *hop)
{
    g_source_set_ready_time(&hop->source, AT_ONCE);
}

/* Takes the ring and says how many messages wait: those that come meanwhile have the next turn. */
static guint turn_begin(WhHop *hop, gboolean *ringing)
{
    g_mutex_lock(&hop->lock);
    g_source_set_ready_time(&hop->source, NEVER);
    *ringing = hop->ringing;
    hop->ringing = FALSE;
    guint waiting = hop->messages.length;
    g_mutex_unlock(&hop->lock);
    return waiting;
}

static Message *message_take(WhHop *hop)
{
    g_mutex_lock(&hop->lock);
    Message *message = g_queue_pop_head(&hop->messages);
    g_mutex_unlock(&hop->lock);
    return message;
}

static gboolean hop_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhHop *hop = (WhHop *)source;
    gboolean ringing;
    guint waiting = turn_begin(hop, &ringing);

    for (Message *message; waiting > 0 && (message = message_take(hop)) != NULL; waiting--) {
        message->func(message->data);
        message_destroy(message);
    }
    if (ringing && !g_source_is_destroyed(source))
        hop->rung(hop->data);
    return G_SOURCE_CONTINUE;
}

static void hop_finalize(GSource *source)
{
    g_mutex_clear(&((WhHop *)source)->lock);
}

WhHop *wh_hop_new(WhHopFunc rung, gpointer data)
{
    static GSourceFuncs funcs = {.dispatch = hop_dispatch, .finalize = hop_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhHop *hop = (WhHop *)g_source_new(&funcs, sizeof *hop);

    hop->rung = rung;
    hop->data = data;
    g_mutex_init(&hop->lock);
    g_queue_init(&hop->messages);
    g_source_set_static_name(&hop->source, "wh-hop");
    g_source_attach(&hop->source, context);
    return hop;
}

void wh_hop_free(WhHop *hop)
{
    if (hop == NULL)
        return;
    g_mutex_lock(&hop->lock);
    hop->closed = TRUE;
    GQueue left = hop->messages;
    g_queue_init(&hop->messages);
    g_mutex_unlock(&hop->lock);
    g_source_destroy(&hop->source);
    g_queue_clear_full(&left, message_destroy);
    g_source_unref(&hop->source);
}

WhHop *wh_hop_ref(WhHop *hop)
{
    g_source_ref(&hop->source);
    return hop;
}

void wh_hop_unref(WhHop *hop)
{
    g_source_unref(&hop->source);
}

void wh_hop_ring(WhHop *hop)
{
    g_mutex_lock(&hop->lock);
    if (!hop->closed && !hop->ringing && hop->rung != NULL) {
        hop->ringing = TRUE;
        wake(hop);
    }
    g_mutex_unlock(&hop->lock);
}

void wh_hop_send(WhHop *hop, WhHopFunc func, gpointer data, GDestroyNotify destroy)
{
    Message *message = g_new(Message, 1);

    *message = (Message){func, data, destroy};
    g_mutex_lock(&hop->lock);
    gboolean closed = hop->closed;
    if (!closed) {
        g_queue_push_tail(&hop->messages, message);
        wake(hop);
    }
    g_mutex_unlock(&hop->lock);
    if (closed)
        message_destroy(message);
}
