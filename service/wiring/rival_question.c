#include "service/wiring/rival_question.h"

#include "service/protocol/framing.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

/* A call of so many of the longest names stays far below what the door takes. */
#define NAMES_A_CALL 100

/* answered NULL: nobody waits any more. asked: how many of the names. */
struct WhRivalQuestion {
    GIOStream *stream;
    GCancellable *cancellable;
    WhRivalAnswered answered;
    gpointer data;
    WhFraming *framing;
    char **names;
    guint asked;
    GHashTable *kept;
    GBytes *call;
    char chunk[4096];
};

static void send_call(WhRivalQuestion *question);
static void read_more(WhRivalQuestion *question);

WhRivalQuestion *wh_rival_question_new(GIOStream *stream, WhRivalAnswered answered, gpointer data)
{
    WhRivalQuestion *question = g_rc_box_new0(WhRivalQuestion);

    question->stream = stream;
    question->cancellable = g_cancellable_new();
    question->answered = answered;
    question->data = data;
    question->framing = wh_framing_new(WH_MESSAGE_MAX_BYTES);
    question->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return question;
}

static void clear(gpointer data)
{
    WhRivalQuestion *question = data;

    g_object_unref(question->stream);
    g_object_unref(question->cancellable);
    wh_framing_free(question->framing);
    g_strfreev(question->names);
    g_hash_table_unref(question->kept);
    g_clear_pointer(&question->call, g_bytes_unref);
}

/* Taken back when what was begun with it has ended. */
static void end(WhRivalQuestion *question)
{
    g_rc_box_release_full(question, clear);
}

static void answer(WhRivalQuestion *question, GHashTable *kept)
{
    WhRivalAnswered answered = question->answered;

    question->answered = NULL;
    if (answered != NULL)
        answered(kept, question->data);
}

static gboolean take_kept(WhRivalQuestion *question, const WhReply *reply)
{
    json_t *kept = reply->error_name == NULL ? json_object_get(reply->parameters, "kept") : NULL;
    json_t *name;
    size_t i;

    if (!json_is_array(kept))
        return FALSE;
    json_array_foreach(kept, i, name)
    {
        if (json_is_string(name))
            g_hash_table_add(question->kept, g_strdup(json_string_value(name)));
    }
    return TRUE;
}

static void take_message(WhRivalQuestion *question, const char *bytes, gsize length)
{
    g_autoptr(WhReply) reply = wh_reply_parse(bytes, length, NULL);

    if (reply == NULL || !take_kept(question, reply))
        answer(question, NULL);
    else if (question->names[question->asked] == NULL)
        answer(question, question->kept);
    else
        send_call(question);
}

static void on_read(GObject *source, GAsyncResult *result, gpointer data)
{
    WhRivalQuestion *question = data;
    gssize count = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);
    const char *message;
    gsize length;

    if (question->answered == NULL) {
        end(question);
        return;
    }
    if (count <= 0 || !wh_framing_feed(question->framing, question->chunk, (gsize)count)) {
        answer(question, NULL);
    } else {
        message = wh_framing_next(question->framing, &length);
        if (message != NULL)
            take_message(question, message, length);
        else
            read_more(question);
    }
    end(question);
}

static void read_more(WhRivalQuestion *question)
{
    g_input_stream_read_async(g_io_stream_get_input_stream(question->stream), question->chunk,
                              sizeof question->chunk, G_PRIORITY_DEFAULT, question->cancellable,
                              on_read, g_rc_box_acquire(question));
}

static void on_sent(GObject *source, GAsyncResult *result, gpointer data)
{
    WhRivalQuestion *question = data;
    gboolean sent = g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL);

    if (question->answered != NULL && sent)
        read_more(question);
    else
        answer(question, NULL);
    end(question);
}

static void send_call(WhRivalQuestion *question)
{
    g_autoptr(json_t) parameters = json_object();
    json_t *names = json_array();
    gsize size;
    const char *bytes;

    for (guint i = 0; i < NAMES_A_CALL && question->names[question->asked] != NULL; i++)
        json_array_append_new(names, json_string(question->names[question->asked++]));
    json_object_set_new(parameters, "names", names);
    g_clear_pointer(&question->call, g_bytes_unref);
    question->call = wh_call_build(WH_CONTROL_METHOD("Keeps"), parameters, FALSE, FALSE);
    bytes = g_bytes_get_data(question->call, &size);
    g_output_stream_write_all_async(g_io_stream_get_output_stream(question->stream), bytes, size,
                                    G_PRIORITY_DEFAULT, question->cancellable, on_sent,
                                    g_rc_box_acquire(question));
}

void wh_rival_question_ask(WhRivalQuestion *question, char **names)
{
    question->names = names;
    send_call(question);
}

char **wh_rival_question_names(const WhRivalQuestion *question)
{
    return question->names;
}

void wh_rival_question_drop(WhRivalQuestion *question)
{
    question->answered = NULL;
    g_cancellable_cancel(question->cancellable);
    g_io_stream_close(question->stream, NULL, NULL);
    end(question);
}
