#include "platform/local_socket.h"
#include "tests/contract/helper.h"
#include "tests/contract/local_socket_adapter.h"

#include <string.h>

typedef struct {
    char *folder;
    char *address;
    WhListener *listener;
    guint count;
    WhPeer peer;
    GIOStream *stream;
    gboolean free_inside;
} Fixture;

static void accepted(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    fixture->peer = *peer;
    g_set_object(&fixture->stream, stream);
    if (fixture->free_inside)
        g_clear_pointer(&fixture->listener, wh_listener_free);
}

static void listen_again(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    fixture->listener = wh_listener_new(fixture->address, TRUE, accepted, fixture, &error);
    g_assert_no_error(error);
}

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->folder = wh_helper_folder_new();
    fixture->address = wh_adapter_address(fixture->folder, "run");
    listen_again(fixture);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    g_clear_pointer(&fixture->listener, wh_listener_free);
    g_clear_object(&fixture->stream);
    g_free(fixture->address);
    wh_helper_folder_remove(fixture->folder);
}

static GIOStream *connect_to(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    GIOStream *stream = wh_local_socket_connect(fixture->address, &error);

    g_assert_no_error(error);
    return stream;
}

static void send_text(GIOStream *stream, const char *text)
{
    g_autoptr(GError) error = NULL;

    g_output_stream_write_all(g_io_stream_get_output_stream(stream), text, strlen(text), NULL, NULL,
                              &error);
    g_assert_no_error(error);
}

typedef struct {
    GBytes *bytes;
    guint done;
} Reading;

static void was_read(GObject *source, GAsyncResult *result, gpointer data)
{
    Reading *reading = data;
    g_autoptr(GError) error = NULL;

    reading->bytes = g_input_stream_read_bytes_finish(G_INPUT_STREAM(source), result, &error);
    g_assert_no_error(error);
    reading->done++;
}

static void expect_text(GIOStream *stream, const char *text)
{
    Reading reading = {0};

    g_input_stream_read_bytes_async(g_io_stream_get_input_stream(stream), 100, G_PRIORITY_DEFAULT,
                                    NULL, was_read, &reading);
    wh_helper_for_count(&reading.done, 1);
    wh_helper_assert_bytes(g_bytes_get_data(reading.bytes, NULL), g_bytes_get_size(reading.bytes),
                           text, strlen(text));
    g_bytes_unref(reading.bytes);
}

static void test_talk(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);

    wh_helper_for_count(&fixture->count, 1);
    send_text(client, "question");
    expect_text(fixture->stream, "question");
    send_text(fixture->stream, "answer");
    expect_text(client, "answer");
}

static void test_end_is_seen(Fixture *fixture, gconstpointer data)
{
    GIOStream *client = connect_to(fixture);

    wh_helper_for_count(&fixture->count, 1);
    g_object_unref(client);
    expect_text(fixture->stream, "");
}

static void test_peer_is_self(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);
    WhPeer self = {0};

    g_assert_nonnull(client);
    wh_adapter_self(&self);
    wh_helper_for_count(&fixture->count, 1);
    g_assert_true(fixture->peer.known);
    g_assert_true(fixture->peer.is_self);
    g_assert_cmpint(fixture->peer.is_root, ==, self.is_root);
    g_assert_cmpint(fixture->peer.pid, ==, self.pid);
    g_assert_cmpstr(fixture->peer.principal, ==, self.principal);
    g_assert_cmpint(fixture->peer.started > 0, ==, self.started > 0);
}

static void test_peer_is_another(Fixture *fixture, gconstpointer data)
{
    if (!wh_adapter_connect_as(fixture->address, 12345)) {
        g_test_skip("This test cannot become another user here");
        return;
    }
    wh_helper_for_count(&fixture->count, 1);
    g_assert_true(fixture->peer.known);
    g_assert_false(fixture->peer.is_self);
    g_assert_false(fixture->peer.is_root);
    g_assert_cmpstr(fixture->peer.principal, ==, "uid:12345");
}

static void test_peer_is_unknown(Fixture *fixture, gconstpointer data)
{
    if (!wh_adapter_connect_as(fixture->address, WH_ADAPTER_UNMAPPED)) {
        g_test_skip("This test cannot become another user here");
        return;
    }
    wh_helper_for_count(&fixture->count, 1);
    g_assert_false(fixture->peer.known);
    g_assert_false(fixture->peer.is_self);
    g_assert_false(fixture->peer.is_root);
    g_assert_cmpstr(fixture->peer.principal, !=, "");
}

static void test_many_at_once(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < 100; i++) {
        g_ptr_array_add(clients, connect_to(fixture));
        if (clients->len % WH_ADAPTER_AT_ONCE == 0)
            wh_helper_for_count(&fixture->count, clients->len);
    }
    wh_helper_for_count(&fixture->count, 100);
    wh_helper_settle();
    g_assert_cmpuint(fixture->count, ==, 100);
}

typedef struct {
    guint done;
    gssize length;
    int code; /* of G_IO_ERROR; -1: none */
} Outcome;

static void read_over(GObject *source, GAsyncResult *result, gpointer data)
{
    Outcome *outcome = data;
    g_autoptr(GError) error = NULL;

    outcome->length = g_input_stream_read_finish(G_INPUT_STREAM(source), result, &error);
    outcome->code = error != NULL ? error->code : -1;
    outcome->done++;
}

static void write_over(GObject *source, GAsyncResult *result, gpointer data)
{
    Outcome *outcome = data;
    g_autoptr(GError) error = NULL;

    outcome->length = g_output_stream_write_finish(G_OUTPUT_STREAM(source), result, &error);
    outcome->code = error != NULL ? error->code : -1;
    outcome->done++;
}

static void begin_read(GIOStream *stream, char *room, gsize size, GCancellable *cancellable,
                       Outcome *outcome)
{
    g_input_stream_read_async(g_io_stream_get_input_stream(stream), room, size, G_PRIORITY_DEFAULT,
                              cancellable, read_over, outcome);
}

/* What comes after a read was given up is for the next one, and nothing of it is lost. */
static void test_cancel_read(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    Outcome outcome = {0};
    char room[16];

    wh_helper_for_count(&fixture->count, 1);
    begin_read(fixture->stream, room, sizeof room, cancellable, &outcome);
    wh_helper_settle();
    g_assert_cmpuint(outcome.done, ==, 0);
    send_text(client, "late");
    g_cancellable_cancel(cancellable);
    wh_helper_for_count(&outcome.done, 1);
    g_assert_cmpint(outcome.code, ==, G_IO_ERROR_CANCELLED);
    expect_text(fixture->stream, "late");
}

static gpointer cancel_elsewhere(gpointer data)
{
    g_usleep(1000);
    g_cancellable_cancel(data);
    return NULL;
}

static void test_cancel_in_another_thread(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);

    g_assert_nonnull(client);
    wh_helper_for_count(&fixture->count, 1);
    for (guint i = 0; i < 50; i++) {
        g_autoptr(GCancellable) cancellable = g_cancellable_new();
        GThread *thread = g_thread_new("cancel", cancel_elsewhere, cancellable);
        Outcome outcome = {0};
        char room[16];

        begin_read(fixture->stream, room, sizeof room, cancellable, &outcome);
        wh_helper_for_count(&outcome.done, 1);
        g_assert_cmpint(outcome.code, ==, G_IO_ERROR_CANCELLED);
        g_thread_join(thread);
    }
}

static void test_close_while_reading(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);
    Outcome here = {0};
    Outcome there = {0};
    char room[2][16];

    wh_helper_for_count(&fixture->count, 1);
    begin_read(client, room[0], sizeof room[0], NULL, &there);
    begin_read(fixture->stream, room[1], sizeof room[1], NULL, &here);
    wh_helper_settle();
    g_assert_true(g_io_stream_close(fixture->stream, NULL, NULL));
    g_clear_object(&fixture->stream);
    wh_helper_for_count(&there.done, 1);
    g_assert_cmpint(there.length, ==, 0);
    wh_helper_for_count(&here.done, 1);
    g_assert_cmpint(here.length, <=, 0);
}

/* Who writes more than is read waits without keeping anybody else waiting, and hears when the other
 * end goes. */
static void test_slow_reader(Fixture *fixture, gconstpointer data)
{
    GIOStream *client = connect_to(fixture);
    g_autofree char *much = g_strnfill(1024 * 1024, 'x');
    Outcome outcome = {0};

    wh_helper_for_count(&fixture->count, 1);
    do {
        outcome.done = 0;
        g_output_stream_write_async(g_io_stream_get_output_stream(fixture->stream), much,
                                    strlen(much), G_PRIORITY_DEFAULT, NULL, write_over, &outcome);
        for (guint i = 0; i < 100 && outcome.done == 0; i++) {
            wh_helper_settle();
            g_usleep(1000);
        }
    } while (outcome.done == 1 && outcome.code == -1);
    g_assert_cmpuint(outcome.done, ==, 0);
    g_object_unref(client);
    wh_helper_for_count(&outcome.done, 1);
    g_assert_cmpint(outcome.code, !=, -1);
}

/* What was written before hanging up arrives. */
static void test_last_words(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);

    wh_helper_for_count(&fixture->count, 1);
    send_text(fixture->stream, "last words");
    g_clear_object(&fixture->stream);
    expect_text(client, "last words");
    expect_text(client, "");
}

static void test_much(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = connect_to(fixture);
    g_autoptr(GString) got = g_string_new(NULL);
    g_autofree char *much = g_strnfill(1000 * 1000, 'm');
    Outcome written = {0};
    gsize sent = 0;
    char room[3000];

    wh_helper_for_count(&fixture->count, 1);
    written.done = 1;
    while (got->len < strlen(much)) {
        Outcome was_got = {0};

        if (written.done == 1 && (sent += (gsize)written.length) < strlen(much)) {
            written.done = 0;
            g_output_stream_write_async(g_io_stream_get_output_stream(client), much + sent,
                                        strlen(much) - sent, G_PRIORITY_DEFAULT, NULL, write_over,
                                        &written);
        }
        begin_read(fixture->stream, room, sizeof room, NULL, &was_got);
        wh_helper_for_count(&was_got.done, 1);
        g_assert_cmpint(was_got.length, >, 0);
        g_string_append_len(got, room, was_got.length);
    }
    wh_helper_for_count(&written.done, 1);
    g_assert_cmpstr(got->str, ==, much);
}

static void gone(gpointer data)
{
    ++*(guint *)data;
}

static void test_gone(Fixture *fixture, gconstpointer data)
{
    GIOStream *client = connect_to(fixture);
    GSource *source;
    guint count = 0;

    wh_helper_for_count(&fixture->count, 1);
    g_object_unref(client);
    expect_text(fixture->stream, "");
    source = wh_local_socket_watch_gone(fixture->stream, gone, &count);
    g_assert_nonnull(source);
    g_assert_cmpuint(count, ==, 0);
    wh_helper_for_count(&count, 1);
    wh_helper_settle();
    g_assert_cmpuint(count, ==, 1);
    g_source_destroy(source);
    g_source_unref(source);
    source = wh_local_socket_watch_gone(fixture->stream, gone, &count);
    g_source_destroy(source);
    g_source_unref(source);
    wh_helper_settle();
    g_assert_cmpuint(count, ==, 1);
}

static void test_nobody_there(Fixture *fixture, gconstpointer data)
{
    g_autofree char *elsewhere = g_strconcat(fixture->address, "-2", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_null(wh_local_socket_connect(elsewhere, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void test_in_use(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GIOStream) client = NULL;

    g_assert_null(wh_listener_new(fixture->address, TRUE, accepted, fixture, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
    fixture->count = 0;
    client = connect_to(fixture);
    wh_helper_for_count(&fixture->count, 1);
}

static void test_free_again_after_free(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) client = NULL;

    g_clear_pointer(&fixture->listener, wh_listener_free);
    g_assert_null(wh_local_socket_connect(fixture->address, NULL));
    listen_again(fixture);
    client = connect_to(fixture);
    wh_helper_for_count(&fixture->count, 1);
}

static void test_free_inside_callback(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) first = connect_to(fixture);
    g_autoptr(GIOStream) second = connect_to(fixture);

    g_assert_true(first != NULL && second != NULL);
    fixture->free_inside = TRUE;
    wh_helper_for_count(&fixture->count, 1);
    wh_helper_settle();
    g_assert_cmpuint(fixture->count, ==, 1);
}

static void test_untrusted_server(Fixture *fixture, gconstpointer data)
{
    g_autofree char *address = wh_adapter_address(fixture->folder, "trap");
    g_autoptr(GError) error = NULL;
    g_autoptr(GIOStream) stream = NULL;

    if (!wh_adapter_connect_to_untrusted(address, &stream, &error)) {
        g_test_skip("This test cannot become another user here");
        return;
    }
    g_assert_null(stream);
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_not_activated(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wh_listener_new_activated(accepted, fixture, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add("/local-socket/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("talk", test_talk);
    ADD("end-is-seen", test_end_is_seen);
    ADD("peer-is-self", test_peer_is_self);
    ADD("peer-is-another", test_peer_is_another);
    ADD("peer-is-unknown", test_peer_is_unknown);
    ADD("many-at-once", test_many_at_once);
    ADD("cancel-read", test_cancel_read);
    ADD("cancel-in-another-thread", test_cancel_in_another_thread);
    ADD("close-while-reading", test_close_while_reading);
    ADD("slow-reader", test_slow_reader);
    ADD("last-words", test_last_words);
    ADD("much", test_much);
    ADD("gone", test_gone);
    ADD("nobody-there", test_nobody_there);
    ADD("in-use", test_in_use);
    ADD("free-again-after-free", test_free_again_after_free);
    ADD("free-inside-callback", test_free_inside_callback);
    ADD("untrusted-server", test_untrusted_server);
    ADD("not-activated", test_not_activated);
    wh_adapter_add_tests();
    return g_test_run();
}
