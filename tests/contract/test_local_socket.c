#include "platform/local_socket.h"
#include "tests/contract/helper.h"
#include "tests/contract/local_socket_adapter.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    g_assert_cmpint(chmod(fixture->folder, 0755), ==, 0);
    fixture->address = g_build_filename(fixture->folder, "run", "control", NULL);
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
    g_autofree char *principal = g_strdup_printf("uid:%u", geteuid());

    g_assert_nonnull(client);
    wh_helper_for_count(&fixture->count, 1);
    g_assert_true(fixture->peer.known);
    g_assert_true(fixture->peer.is_self);
    g_assert_cmpint(fixture->peer.is_root, ==, geteuid() == 0);
    g_assert_cmpint(fixture->peer.pid, ==, getpid());
    g_assert_cmpstr(fixture->peer.principal, ==, principal);
}

static void test_peer_is_another(Fixture *fixture, gconstpointer data)
{
    if (!wh_adapter_connect_as(fixture->address, 12345)) {
        g_test_skip("Only root can become another user");
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
        g_test_skip("Only root can become another user");
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

    for (guint i = 0; i < 100; i++)
        g_ptr_array_add(clients, connect_to(fixture));
    wh_helper_for_count(&fixture->count, 100);
    wh_helper_settle();
    g_assert_cmpuint(fixture->count, ==, 100);
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
    g_autofree char *address = g_build_filename(fixture->folder, "trap", "control", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GIOStream) stream = NULL;

    if (!wh_adapter_connect_to_untrusted(address, &stream, &error)) {
        g_test_skip("Only root can become another user");
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
    ADD("nobody-there", test_nobody_there);
    ADD("in-use", test_in_use);
    ADD("free-again-after-free", test_free_again_after_free);
    ADD("free-inside-callback", test_free_inside_callback);
    ADD("untrusted-server", test_untrusted_server);
    ADD("not-activated", test_not_activated);
    wh_adapter_add_tests();
    return g_test_run();
}
