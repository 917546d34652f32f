#include "app/client/client.h"

#include "platform/local_socket.h"
#include "platform/paths.h"
#include "service/protocol/framing.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>

#define READ_SIZE 16384

typedef struct {
    GBytes *bytes;
    gboolean more;
    WhClientReply reply;
    gpointer data;
} Call;

/* unsent: calls whose bytes have not left, the first one up to `sent`. unanswered: in the order of
 * the calls. lost: why the connection is over, or NULL. */
struct WhClient {
    GIOStream *stream;
    char *address;
    GCancellable *cancellable;
    WhFraming *framing;
    GQueue unsent;
    GQueue unanswered;
    gsize sent;
    gboolean writing;
    gboolean freed;
    GError *lost;
    guint telling;
    char chunk[READ_SIZE];
};

static void read_more(WhClient *client);

static void call_free(Call *call)
{
    g_bytes_unref(call->bytes);
    g_free(call);
}

static void clear(gpointer data)
{
    WhClient *client = data;
    g_queue_clear_full(&client->unanswered, (GDestroyNotify)call_free);
    g_queue_clear_full(&client->unsent, (GDestroyNotify)g_bytes_unref);
    wh_framing_free(client->framing);
    g_object_unref(client->cancellable);
    g_object_unref(client->stream);
    g_clear_error(&client->lost);
    g_free(client->address);
}

static void drop(WhClient *client)
{
    g_rc_box_release_full(client, clear);
}

static GIOStream *connect_to(const char *address, GError **error)
{
    g_autoptr(GError) why = NULL;
    GIOStream *stream = wh_local_socket_connect(address, &why);
    if (stream != NULL)
        return stream;
    if (g_error_matches(why, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        g_set_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_UNSAFE,
                    _("The service at %s cannot be used: %s"), address, why->message);
    else
        g_set_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY,
                    _("No service answers at %s. Try again when it runs."), address);
    return NULL;
}

/* The system's service, then the user's own. A refusal says more than an absence. */
static GIOStream *connect_to_any(char **address, GError **error)
{
    g_autoptr(GError) refused = NULL;
    for (int scope = WH_PATHS_SYSTEM; scope <= WH_PATHS_USER; scope++) {
        g_autofree char *candidate = wh_paths_control_address((WhPathsScope)scope);
        g_autoptr(GError) why = NULL;
        GIOStream *stream = candidate != NULL ? connect_to(candidate, &why) : NULL;
        if (stream != NULL) {
            *address = g_steal_pointer(&candidate);
            return stream;
        }
        if (refused == NULL && g_error_matches(why, WH_CLIENT_ERROR, WH_CLIENT_ERROR_UNSAFE))
            refused = g_steal_pointer(&why);
    }
    if (refused != NULL)
        g_propagate_error(error, g_steal_pointer(&refused));
    else
        g_set_error_literal(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY,
                            _("The Wayhome service does not run on this computer."));
    return NULL;
}

/* Takes both over. */
static WhClient *new_on(GIOStream *stream, char *address)
{
    WhClient *client = g_rc_box_new0(WhClient);
    client->stream = stream;
    client->address = address;
    client->cancellable = g_cancellable_new();
    client->framing = wh_framing_new(WH_MESSAGE_MAX_REPLY_BYTES);
    g_queue_init(&client->unsent);
    g_queue_init(&client->unanswered);
    read_more(client);
    return client;
}

WhClient *wh_client_new(const char *address, GError **error)
{
    g_autofree char *found = g_strdup(address);
    GIOStream *stream =
        address != NULL ? connect_to(address, error) : connect_to_any(&found, error);
    return stream != NULL ? new_on(stream, g_steal_pointer(&found)) : NULL;
}

WhClient *wh_client_new_instead(WhClient *refused)
{
    g_autofree char *of_computer = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *own = wh_paths_control_address(WH_PATHS_USER);
    if (own == NULL || g_strcmp0(refused->address, of_computer) != 0)
        return NULL;
    GIOStream *stream = connect_to(own, NULL);
    return stream != NULL ? new_on(stream, g_steal_pointer(&own)) : NULL;
}

void wh_client_free(WhClient *client)
{
    if (client == NULL)
        return;
    client->freed = TRUE;
    g_clear_handle_id(&client->telling, g_source_remove);
    g_cancellable_cancel(client->cancellable);
    g_io_stream_close(client->stream, NULL, NULL);
    drop(client);
}

const char *wh_client_address(WhClient *client)
{
    return client->address;
}

/* Tells everybody who waits that nothing more will come. */
static void tell_lost(WhClient *client)
{
    g_rc_box_acquire(client);
    Call *call;
    while (!client->freed && (call = g_queue_pop_head(&client->unanswered)) != NULL) {
        call->reply(NULL, FALSE, NULL, client->lost, call->data);
        call_free(call);
    }
    drop(client);
}

static void lose(WhClient *client, WhClientErrorCode code, const char *message)
{
    if (client->lost == NULL)
        client->lost = g_error_new_literal(WH_CLIENT_ERROR, (int)code, message);
    g_cancellable_cancel(client->cancellable);
    tell_lost(client);
}

static void lose_connection(WhClient *client)
{
    lose(client, WH_CLIENT_ERROR_LOST,
         _("The service ended the connection. Wait until it is there "
           "again, then try once more."));
}

static void refuse(Call *call, const WhReply *reply)
{
    g_autoptr(GError) error =
        g_error_new(WH_CLIENT_ERROR, WH_CLIENT_ERROR_REFUSED, "%s", reply->error_name);
    call->reply(reply->parameters, FALSE, reply->error_name, error, call->data);
}

static void hand_out(WhClient *client, const WhReply *reply)
{
    Call *call = g_queue_peek_head(&client->unanswered);
    if (call == NULL || (reply->continues && !call->more)) {
        lose(client, WH_CLIENT_ERROR_PROTOCOL, _("The service answered what was not asked."));
        return;
    }
    if (reply->continues && reply->error_name == NULL) {
        call->reply(reply->parameters, TRUE, NULL, NULL, call->data);
        return;
    }
    g_queue_pop_head(&client->unanswered);
    if (reply->error_name != NULL)
        refuse(call, reply);
    else
        call->reply(reply->parameters, FALSE, NULL, NULL, call->data);
    call_free(call);
}

static void take_replies(WhClient *client)
{
    const char *bytes;
    gsize length;
    while (!client->freed && client->lost == NULL &&
           (bytes = wh_framing_next(client->framing, &length)) != NULL) {
        g_autoptr(WhReply) reply = wh_reply_parse(bytes, length, NULL);
        if (reply == NULL)
            lose(client, WH_CLIENT_ERROR_PROTOCOL, _("The service's answer cannot be read."));
        else
            hand_out(client, reply);
    }
}

static void was_read(GObject *source, GAsyncResult *result, gpointer data)
{
    WhClient *client = data;
    gssize length = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);
    if (!client->freed && client->lost == NULL) {
        if (length <= 0)
            lose_connection(client);
        else if (!wh_framing_feed(client->framing, client->chunk, (gsize)length))
            lose(client, WH_CLIENT_ERROR_PROTOCOL, _("The service's answer is too long."));
        else
            take_replies(client);
    }
    if (!client->freed && client->lost == NULL)
        read_more(client);
    drop(client);
}

static void read_more(WhClient *client)
{
    g_input_stream_read_async(g_io_stream_get_input_stream(client->stream), client->chunk,
                              READ_SIZE, G_PRIORITY_DEFAULT, client->cancellable, was_read,
                              g_rc_box_acquire(client));
}

static void write_more(WhClient *client);

static void was_written(GObject *source, GAsyncResult *result, gpointer data)
{
    WhClient *client = data;
    gssize length = g_output_stream_write_finish(G_OUTPUT_STREAM(source), result, NULL);
    client->writing = FALSE;
    /* A failure to write is noticed by reading, after what the service still had to say. */
    if (!client->freed && client->lost == NULL && length > 0) {
        client->sent += (gsize)length;
        if (client->sent == g_bytes_get_size(g_queue_peek_head(&client->unsent))) {
            g_bytes_unref(g_queue_pop_head(&client->unsent));
            client->sent = 0;
        }
        write_more(client);
    }
    drop(client);
}

static void write_more(WhClient *client)
{
    GBytes *head = g_queue_peek_head(&client->unsent);
    if (head == NULL || client->writing)
        return;
    gsize size;
    const char *bytes = g_bytes_get_data(head, &size);
    client->writing = TRUE;
    g_output_stream_write_async(g_io_stream_get_output_stream(client->stream), bytes + client->sent,
                                size - client->sent, G_PRIORITY_DEFAULT, client->cancellable,
                                was_written, g_rc_box_acquire(client));
}

static gboolean tell_later(gpointer data)
{
    WhClient *client = data;
    client->telling = 0;
    tell_lost(client);
    return G_SOURCE_REMOVE;
}

void wh_client_call(WhClient *client, const char *method, json_t *parameters, gboolean more,
                    WhClientReply reply, gpointer data)
{
    g_autofree char *qualified = g_strconcat(WH_CONTROL_INTERFACE, ".", method, NULL);
    Call *call = g_new0(Call, 1);
    call->bytes = wh_call_build(qualified, parameters, more, FALSE);
    call->more = more;
    call->reply = reply;
    call->data = data;
    g_queue_push_tail(&client->unanswered, call);
    if (client->lost != NULL) {
        if (client->telling == 0)
            client->telling = g_idle_add(tell_later, client);
        return;
    }
    g_queue_push_tail(&client->unsent, g_bytes_ref(call->bytes));
    write_more(client);
}

typedef struct {
    gboolean done;
    json_t *parameters;
    char *error_name;
    GError *error;
} Answer;

static void keep_answer(json_t *parameters, gboolean continues, const char *error_name,
                        const GError *error, gpointer data)
{
    Answer *answer = data;
    answer->done = TRUE;
    answer->parameters = json_incref(parameters);
    answer->error_name = g_strdup(error_name);
    answer->error = error != NULL ? g_error_copy(error) : NULL;
}

json_t *wh_client_call_sync(WhClient *client, const char *method, json_t *parameters,
                            char **error_name, json_t **error_parameters, GError **error)
{
    Answer answer = {0};
    wh_client_call(client, method, parameters, FALSE, keep_answer, &answer);
    while (!answer.done)
        g_main_context_iteration(g_main_context_get_thread_default(), TRUE);
    if (answer.error == NULL)
        return answer.parameters;
    if (error_name != NULL)
        *error_name = g_strdup(answer.error_name);
    if (error_parameters != NULL)
        *error_parameters = json_incref(answer.parameters);
    g_free(answer.error_name);
    json_decref(answer.parameters);
    g_propagate_error(error, answer.error);
    return NULL;
}
