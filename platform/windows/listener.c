#include "platform/local_socket.h"

#include "platform/windows/door.h"
#include "platform/windows/peer.h"
#include "platform/windows/pipe_stream.h"

/* How many may knock before the main loop turns. */
#define OPEN_DOORS 8

/* How many may be waited for who want to be known as who they are when they write, and how long;
 * beyond that the oldest go. */
#define MAX_SILENT 32
#define PATIENCE_SECONDS 10
#define FIRST_BYTES 4096

/* How long to accept nobody when memory has run out. */
#define PAUSE_MS 1000

/* Counted: each instance holds a reference. armed: instances that wait for somebody. silent: those
 * whose client is not known yet. pause: waits until more can be made, or NULL. */
struct WhListener {
    char *address;
    const char *sddl;
    WhListenerFunc accepted;
    gpointer data;
    GQueue instances;
    GQueue silent;
    guint armed;
    GSource *pause;
    gboolean ended;
};

/* One end that nobody was told of yet. timer: patience with a silent client, or NULL. */
typedef struct {
    WhListener *listener;
    WhPipe *pipe;
    GSource *timer;
} Instance;

static void arm(WhListener *listener);

static void clear(gpointer data)
{
    WhListener *listener = data;
    g_free(listener->address);
}

static void source_stop(GSource **source)
{
    if (*source != NULL)
        g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

static GSource *timer_new(guint milliseconds, GSourceFunc func, gpointer data)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    GSource *timer = g_timeout_source_new(milliseconds);
    g_source_set_callback(timer, func, data, NULL);
    g_source_attach(timer, context);
    return timer;
}

/* Hangs up unless somebody else has the pipe. */
static void instance_free(Instance *instance)
{
    WhListener *listener = instance->listener;
    g_queue_remove(&listener->instances, instance);
    g_queue_remove(&listener->silent, instance);
    source_stop(&instance->timer);
    wh_pipe_unref(instance->pipe);
    g_free(instance);
    g_rc_box_release_full(listener, clear);
}

/* The callee may free the listener. */
static void announce(Instance *instance, GBytes *early, const WhPeer *peer)
{
    WhListener *listener = g_rc_box_acquire(instance->listener);
    g_autoptr(GIOStream) stream = wh_pipe_stream_new(instance->pipe, early);
    instance_free(instance);
    listener->accepted(stream, peer, listener->data);
    g_rc_box_release_full(listener, clear);
}

static void first_bytes(guint32 error, const guint8 *bytes, gsize length, gpointer data);

static void read_first_bytes(Instance *instance)
{
    wh_pipe_start(instance->pipe, WH_PIPE_READ, NULL, FIRST_BYTES, first_bytes, instance);
}

static void secret_free(gpointer data)
{
    GByteArray *array = data;
    SecureZeroMemory(array->data, array->len);
    g_byte_array_unref(array);
}

/* There may be a token in what somebody says first. */
static GBytes *secret_bytes(const guint8 *bytes, gsize length)
{
    GByteArray *array = g_byte_array_sized_new((guint)length);
    g_byte_array_append(array, bytes, (guint)length);
    return g_bytes_new_with_free_func(array->data, array->len, secret_free, array);
}

static void first_bytes(guint32 error, const guint8 *bytes, gsize length, gpointer data)
{
    Instance *instance = data;
    WhPeer peer;
    if (error != 0 || instance->listener->ended) {
        instance_free(instance);
        return;
    }
    if (length == 0) {
        read_first_bytes(instance);
        return;
    }
    g_autoptr(GBytes) early = secret_bytes(bytes, length);
    wh_peer_from_pipe(wh_pipe_handle(instance->pipe), &peer);
    announce(instance, early, &peer);
}

/* Its read ends, and then so does the instance. */
static gboolean patience_over(gpointer data)
{
    Instance *instance = data;
    source_stop(&instance->timer);
    wh_pipe_close(instance->pipe);
    return G_SOURCE_REMOVE;
}

static void wait_for_words(Instance *instance)
{
    WhListener *listener = instance->listener;
    if (listener->silent.length >= MAX_SILENT) {
        Instance *oldest = g_queue_pop_head(&listener->silent);
        wh_pipe_close(oldest->pipe);
    }
    g_queue_push_tail(&listener->silent, instance);
    instance->timer = timer_new(PATIENCE_SECONDS * 1000, patience_over, instance);
    read_first_bytes(instance);
}

static gboolean pause_over(gpointer data)
{
    WhListener *listener = data;
    source_stop(&listener->pause);
    arm(listener);
    return G_SOURCE_REMOVE;
}

static void accepting_pause(WhListener *listener, const char *problem)
{
    g_warning("No connection can be accepted for a moment: %s", problem);
    if (listener->pause == NULL)
        listener->pause = timer_new(PAUSE_MS, pause_over, listener);
}

/* A client that left already may have said something. */
static void knocked(guint32 error, const guint8 *bytes, gsize length, gpointer data)
{
    Instance *instance = data;
    WhListener *listener = instance->listener;
    WhPeer peer;
    if (listener->ended) {
        instance_free(instance);
        return;
    }
    listener->armed--;
    if (error != 0 && error != ERROR_NO_DATA) {
        instance_free(instance);
        accepting_pause(listener, "a pipe cannot be waited at");
        return;
    }
    arm(listener);
    if (wh_peer_from_pipe(wh_pipe_handle(instance->pipe), &peer))
        announce(instance, NULL, &peer);
    else
        wait_for_words(instance);
}

static gboolean arm_one(WhListener *listener, gboolean first, GError **error)
{
    HANDLE handle = first ? wh_door_open(listener->address, listener->sddl, error)
                          : wh_door_open_again(listener->address, listener->sddl, error);
    WhPipe *pipe = handle != NULL ? wh_pipe_new(handle, error) : NULL;
    if (pipe == NULL)
        return FALSE;
    Instance *instance = g_new0(Instance, 1);
    instance->listener = g_rc_box_acquire(listener);
    instance->pipe = pipe;
    g_queue_push_tail(&listener->instances, instance);
    listener->armed++;
    wh_pipe_start(pipe, WH_PIPE_CONNECT, NULL, 0, knocked, instance);
    return TRUE;
}

static void arm(WhListener *listener)
{
    g_autoptr(GError) error = NULL;
    if (listener->pause != NULL)
        return;
    while (listener->armed < OPEN_DOORS)
        if (!arm_one(listener, FALSE, &error)) {
            accepting_pause(listener, error->message);
            return;
        }
}

WhListener *wh_listener_new(const char *address, gboolean everyone, WhListenerFunc accepted,
                            gpointer data, GError **error)
{
    WhListener *listener = g_rc_box_new0(WhListener);
    listener->address = g_strdup(address);
    listener->sddl = everyone ? WH_DOOR_EVERYONE : WH_DOOR_OWN;
    listener->accepted = accepted;
    listener->data = data;
    if (!arm_one(listener, TRUE, error)) {
        g_rc_box_release_full(listener, clear);
        return NULL;
    }
    arm(listener);
    return listener;
}

WhListener *wh_listener_new_activated(WhListenerFunc accepted, gpointer data, GError **error)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                "The service manager handed over no socket");
    return NULL;
}

/* The name is free at once; what the system still holds of the instances goes with the main loop's
 * next turns. */
void wh_listener_free(WhListener *listener)
{
    if (listener == NULL)
        return;
    listener->ended = TRUE;
    source_stop(&listener->pause);
    for (GList *link = listener->instances.head; link != NULL; link = link->next) {
        Instance *instance = link->data;
        source_stop(&instance->timer);
        wh_pipe_close(instance->pipe);
    }
    g_rc_box_release_full(listener, clear);
}
