#include "service/control/connection.h"

#include "service/protocol/framing.h"
#include "service/protocol/message.h"
#include "service/protocol/wiping.h"

#define READ_SIZE 8192
#define MAX_UNSENT ((gsize)1024 * 1024)

/* busy: a message is being answered. gone: watches, while the last one is, for the other end's
 * going altogether; NULL: it need not. unsent counts the bytes of `queue`, whose head is sent up to
 * `sent`. */
struct WhConnection {
    GIOStream *stream;
    GCancellable *cancellable;
    GSource *gone;
    WhPeer peer;
    WhConnectionFuncs funcs;
    gpointer data;
    WhFraming *framing;
    GQueue queue;
    gsize unsent;
    gsize sent;
    gboolean busy;
    gboolean streaming;
    gboolean signed_in;
    gboolean reading;
    gboolean writing;
    gboolean working;
    gboolean ended;
    gboolean closed;
    char chunk[READ_SIZE];
};

static void go_on(WhConnection *connection);

static void clear(gpointer data)
{
    WhConnection *connection = data;
    g_queue_clear_full(&connection->queue, (GDestroyNotify)g_bytes_unref);
    wh_framing_free(connection->framing);
    g_object_unref(connection->cancellable);
    g_object_unref(connection->stream);
    wh_wiping_erase(connection->chunk, sizeof connection->chunk);
}

WhConnection *wh_connection_ref(WhConnection *connection)
{
    return g_rc_box_acquire(connection);
}

void wh_connection_unref(WhConnection *connection)
{
    if (connection != NULL)
        g_rc_box_release_full(connection, clear);
}

WhConnection *wh_connection_new(GIOStream *stream, const WhPeer *peer,
                                const WhConnectionFuncs *funcs, gpointer data)
{
    WhConnection *connection = g_rc_box_new0(WhConnection);
    connection->stream = g_object_ref(stream);
    connection->cancellable = g_cancellable_new();
    connection->peer = *peer;
    connection->funcs = *funcs;
    connection->data = data;
    connection->framing = wh_framing_new(WH_MESSAGE_MAX_BYTES);
    g_queue_init(&connection->queue);
    go_on(connection);
    return connection;
}

const WhPeer *wh_connection_peer(const WhConnection *connection)
{
    return &connection->peer;
}

void wh_connection_set_signed_in(WhConnection *connection)
{
    connection->signed_in = TRUE;
}

gboolean wh_connection_is_signed_in(const WhConnection *connection)
{
    return connection->signed_in;
}

void wh_connection_close(WhConnection *connection, const char *complaint)
{
    if (connection->closed)
        return;
    connection->closed = TRUE;
    if (connection->gone != NULL)
        g_source_destroy(connection->gone);
    g_clear_pointer(&connection->gone, g_source_unref);
    g_cancellable_cancel(connection->cancellable);
    g_io_stream_close(connection->stream, NULL, NULL);
    connection->funcs.closed(connection, complaint, connection->data);
    wh_connection_unref(connection);
}

void wh_connection_set_streaming(WhConnection *connection)
{
    connection->streaming = TRUE;
}

static gboolean is_idle(const WhConnection *connection)
{
    return !connection->busy && connection->queue.length == 0;
}

/* An answer that is not read keeps the next call waiting, so that nothing piles up. */
static void handle_messages(WhConnection *connection)
{
    connection->working = TRUE;
    while (!connection->closed && is_idle(connection)) {
        gsize length;
        const char *bytes = wh_framing_next(connection->framing, &length);
        if (bytes == NULL)
            break;
        connection->busy = TRUE;
        if (!connection->funcs.message(connection, bytes, length, connection->data))
            wh_connection_close(connection, "sent something that is no varlink call");
    }
    connection->working = FALSE;
}

static void went(gpointer data)
{
    wh_connection_close(data, NULL);
}

/* The other end sends no more; it may still read the answer, or be gone. Nobody may be asked for a
 * password for who is gone. */
static void watch_for_going(WhConnection *connection)
{
    if (connection->gone == NULL)
        connection->gone = wh_local_socket_watch_gone(connection->stream, went, connection);
}

static void end_when_answered(WhConnection *connection)
{
    if (!connection->ended)
        return;
    if (connection->streaming || is_idle(connection))
        wh_connection_close(connection, NULL);
    else if (connection->busy)
        watch_for_going(connection);
}

static void take(WhConnection *connection, gssize length)
{
    if (length == 0)
        connection->ended = TRUE;
    else if (!wh_framing_feed(connection->framing, connection->chunk, (gsize)length))
        wh_connection_close(connection, "sent too long a message");
    wh_wiping_erase(connection->chunk, (gsize)length);
}

static void was_read(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhConnection) connection = data;
    gssize length = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);
    connection->reading = FALSE;
    if (connection->closed) {
        wh_wiping_erase(connection->chunk, sizeof connection->chunk);
        return;
    }
    if (length < 0)
        wh_connection_close(connection, NULL);
    else
        take(connection, length);
    go_on(connection);
}

/* While a call is answered, reading goes on to notice the other end's going, but not without bound.
 */
static void read_more(WhConnection *connection)
{
    if (connection->reading || connection->ended)
        return;
    if (!is_idle(connection) && wh_framing_waiting(connection->framing) >= WH_MESSAGE_MAX_BYTES)
        return;
    connection->reading = TRUE;
    g_input_stream_read_async(g_io_stream_get_input_stream(connection->stream), connection->chunk,
                              READ_SIZE, G_PRIORITY_DEFAULT, connection->cancellable, was_read,
                              wh_connection_ref(connection));
}

static void go_on(WhConnection *connection)
{
    if (connection->working)
        return;
    wh_connection_ref(connection);
    handle_messages(connection);
    if (!connection->closed)
        end_when_answered(connection);
    if (!connection->closed)
        read_more(connection);
    wh_connection_unref(connection);
}

void wh_connection_done(WhConnection *connection)
{
    connection->busy = FALSE;
    if (!connection->closed)
        go_on(connection);
}

static void write_more(WhConnection *connection);

static void was_written(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhConnection) connection = data;
    gssize length = g_output_stream_write_finish(G_OUTPUT_STREAM(source), result, NULL);
    connection->writing = FALSE;
    if (connection->closed)
        return;
    if (length < 0) {
        wh_connection_close(connection, NULL);
        return;
    }
    connection->sent += (gsize)length;
    connection->unsent -= (gsize)length;
    GBytes *head = g_queue_peek_head(&connection->queue);
    if (connection->sent == g_bytes_get_size(head)) {
        g_bytes_unref(g_queue_pop_head(&connection->queue));
        connection->sent = 0;
    }
    write_more(connection);
    go_on(connection);
}

static void write_more(WhConnection *connection)
{
    GBytes *head = g_queue_peek_head(&connection->queue);
    if (head == NULL || connection->writing)
        return;
    gsize size;
    const char *bytes = g_bytes_get_data(head, &size);
    connection->writing = TRUE;
    g_output_stream_write_async(g_io_stream_get_output_stream(connection->stream),
                                bytes + connection->sent, size - connection->sent,
                                G_PRIORITY_DEFAULT, connection->cancellable, was_written,
                                wh_connection_ref(connection));
}

void wh_connection_send(WhConnection *connection, GBytes *bytes)
{
    if (connection->closed)
        return;
    if (connection->unsent > MAX_UNSENT) {
        wh_connection_close(connection, "does not read what it is sent");
        return;
    }
    g_queue_push_tail(&connection->queue, g_bytes_ref(bytes));
    connection->unsent += g_bytes_get_size(bytes);
    write_more(connection);
}
