#include "service/protocol/message.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

/* A DNS server on the loopback interface that takes a connection and keeps silent. */
typedef struct {
    GSocketListener *listener;
    guint16 port;
    GSocketConnection *taken;
} Silent;

static void taken(GObject *source, GAsyncResult *result, gpointer data)
{
    Silent *silent = data;
    silent->taken = g_socket_listener_accept_finish(G_SOCKET_LISTENER(source), result, NULL, NULL);
}

static void silent_start(Silent *silent)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new(loopback, 0);
    g_autoptr(GSocketAddress) got = NULL;
    g_autoptr(GError) error = NULL;
    silent->taken = NULL;
    silent->listener = g_socket_listener_new();
    g_socket_listener_add_address(silent->listener, wanted, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
    g_assert_no_error(error);
    silent->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(got));
    g_socket_listener_accept_async(silent->listener, NULL, taken, silent);
}

static gboolean too_late(gpointer data)
{
    g_error("The test never asks the server");
    return G_SOURCE_REMOVE;
}

static void silent_wait(Silent *silent, World *world)
{
    guint deadline = g_timeout_add_seconds(30, too_late, NULL);
    while (silent->taken == NULL) {
        wh_fake_clock_advance(world->clock, 0);
        g_main_context_iteration(NULL, TRUE);
    }
    g_source_remove(deadline);
}

static void silent_stop(Silent *silent)
{
    g_clear_object(&silent->taken);
    g_clear_object(&silent->listener);
}

/* Begins a test against the silent server; its answer is still to come. */
static void begin(World *world, GIOStream *stream, Silent *silent)
{
    world_set_address(world, "203.0.114.9");
    g_autofree char *call = g_strdup_printf(
        "{\"method\":\"org.wayhome.Control.Test\",\"parameters\":{\"provider\":\"rfc2136\","
        "\"fields\":{\"server\":\"127.0.0.1:%u\",\"zone\":\"example.org\",\"transport\":\"tcp\"},"
        "\"name\":\"a.example.org\"}}",
        silent->port);
    world_send(world, stream, call);
    silent_wait(silent, world);
}

static void test_answer_comes_later(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(GIOStream) other = world_connect(world);
    Silent silent;
    silent_start(&silent);
    begin(world, stream, &silent);
    world_send(world, stream, "{\"method\":\"org.varlink.service.GetInfo\"}");
    json_decref(world_call(world, other, "Status", "{}"));

    silent_stop(&silent);
    g_autoptr(json_t) reply = world_receive(world, stream);
    json_t *result = json_object_get(json_object_get(reply, "parameters"), "result");
    g_assert_cmpstr(json_string_value(json_object_get(result, "class")), ==, "NO_ANSWER");
    g_autoptr(json_t) info = world_receive(world, stream);
    g_assert_nonnull(json_object_get(json_object_get(info, "parameters"), "product"));
}

/* With an answer left unread, the end of the connection is a failure to read and not merely the end
 * of calls. */
static void caller_goes(gboolean leaves_unread)
{
    g_autoptr(World) world = world_new();
    GIOStream *stream = world_connect(world);
    g_autoptr(GIOStream) other = world_connect(world);
    Silent silent;
    silent_start(&silent);
    if (leaves_unread)
        world_send(world, stream, "{\"method\":\"org.varlink.service.GetInfo\"}");
    begin(world, stream, &silent);
    g_io_stream_close(stream, NULL, NULL);
    g_object_unref(stream);
    world_settle(world);
    silent_stop(&silent);
    world_settle(world);
    json_decref(world_call(world, other, "Status", "{}"));
}

static void test_caller_goes(void)
{
    caller_goes(FALSE);
    caller_goes(TRUE);
}

static void test_too_soon(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    Silent silent;
    silent_start(&silent);
    begin(world, stream, &silent);
    g_autoptr(GIOStream) other = world_connect(world);
    g_autoptr(json_t) refused = world_refused(world, other, "Test",
                                              "{\"provider\":\"rfc2136\",\"fields\":{\"server\":"
                                              "\"127.0.0.1:1\",\"zone\":\"example.org\"},"
                                              "\"name\":\"a.example.org\"}",
                                              "TooSoon");
    g_assert_nonnull(strstr(json_string_value(json_object_get(refused, "reason")), "Try again"));
    silent_stop(&silent);
    g_autoptr(json_t) reply = world_receive(world, stream);
    g_assert_nonnull(reply);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-test/answer-comes-later", test_answer_comes_later);
    g_test_add_func("/control-test/caller-goes", test_caller_goes);
    g_test_add_func("/control-test/too-soon", test_too_soon);
    return g_test_run();
}
