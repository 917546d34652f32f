#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

/* The next message is this error, with this one parameter (NULL: none). */
static void expect_error(World *world, GIOStream *stream, const char *name, const char *member,
                         const char *value)
{
    g_autoptr(json_t) reply = world_receive(world, stream);
    g_assert_cmpstr(json_string_value(json_object_get(reply, "error")), ==, name);
    json_t *parameters = json_object_get(reply, "parameters");
    if (member == NULL)
        g_assert_cmpuint(json_object_size(parameters), ==, 0);
    else
        g_assert_cmpstr(json_string_value(json_object_get(parameters, member)), ==, value);
}

static void expect_alive(World *world, GIOStream *stream)
{
    world_send(world, stream, "{\"method\":\"org.varlink.service.GetInfo\"}");
    g_autoptr(json_t) reply = world_receive(world, stream);
    g_assert_true(json_is_object(json_object_get(reply, "parameters")));
}

static void test_service_interface(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, "{\"method\":\"org.varlink.service.GetInfo\"}");
    g_autoptr(json_t) info = world_receive(world, stream);
    json_t *interfaces = json_object_get(json_object_get(info, "parameters"), "interfaces");
    g_assert_cmpuint(json_array_size(interfaces), ==, 2);
    world_send(world, stream,
               "{\"method\":\"org.varlink.service.GetInterfaceDescription\","
               "\"parameters\":{\"interface\":\"org.wayhome.Control\"}}");
    g_autoptr(json_t) reply = world_receive(world, stream);
    json_t *text = json_object_get(json_object_get(reply, "parameters"), "description");
    g_assert_nonnull(strstr(json_string_value(text), "interface org.wayhome.Control"));
    world_send(world, stream,
               "{\"method\":\"org.varlink.service.GetInterfaceDescription\","
               "\"parameters\":{\"interface\":\"org.example.none\"}}");
    expect_error(world, stream, WH_VARLINK_ERROR("InterfaceNotFound"), "interface",
                 "org.example.none");
}

static void test_wrong_calls(void)
{
    static const struct {
        const char *call, *error, *member, *value;
    } cases[] = {
        {"{\"method\":\"org.wayhome.Control.Explode\"}", "MethodNotFound", "method",
         "org.wayhome.Control.Explode"},
        {"{\"method\":\"org.example.other.Status\"}", "InterfaceNotFound", "interface",
         "org.example.other"},
        {"{\"method\":\"org.wayhome.Control.Watch\"}", "ExpectedMore", NULL, NULL},
        {"{\"method\":\"org.wayhome.Control.Status\",\"upgrade\":true}", "InvalidParameter",
         "parameter", "upgrade"},
        {"{\"method\":\"org.wayhome.Control.AddHost\",\"parameters\":{\"account\":\"a\"}}",
         "InvalidParameter", "parameter", "name"},
        {"{\"method\":\"org.wayhome.Control.UpdateNow\",\"parameters\":{\"host\":7}}",
         "InvalidParameter", "parameter", "host"},
        {"{\"method\":7}", "InvalidParameter", "parameter", "method"},
        {"{\"parameters\":{}}", "InvalidParameter", "parameter", "method"},
        {"{\"method\":\"a.b\",\"more\":\"x\"}", "InvalidParameter", "parameter", "more"},
    };
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strconcat("org.varlink.service.", cases[i].error, NULL);
        world_send(world, stream, cases[i].call);
        expect_error(world, stream, name, cases[i].member, cases[i].value);
    }
    expect_alive(world, stream);
}

static void test_permission(void)
{
    const WhPeer other = {.known = TRUE, .principal = "uid:2000"};
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect_as(world, &other);
    static const char *const calls[] = {"{\"method\":\"org.wayhome.Control.Status\"}",
                                        "{\"method\":\"org.wayhome.Control.Explode\"}",
                                        "{\"method\":\"org.example.other.Status\"}",
                                        "{\"method\":\"org.wayhome.Control.Pause\"}"};
    for (guint i = 0; i < G_N_ELEMENTS(calls); i++) {
        world_send(world, stream, calls[i]);
        expect_error(world, stream, WH_VARLINK_ERROR("PermissionDenied"), NULL, NULL);
    }
    expect_alive(world, stream);
}

static void expect_closed(const char *text)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, text);
    g_assert_null(world_receive(world, stream));
}

static void test_malformed(void)
{
    expect_closed("{");
    expect_closed("");
    expect_closed("[]");
    expect_closed("{\"method\":\"\xff.x\"}");
    expect_closed("{\"a\":1,\"a\":1}");
    g_autofree char *brackets = g_strnfill(100, '[');
    expect_closed(brackets);
}

static void test_too_long(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *spaces = g_strnfill(WH_MESSAGE_MAX_BYTES + 1, ' ');
    world_send_bytes(world, stream, spaces, WH_MESSAGE_MAX_BYTES + 1);
    g_assert_null(world_receive(world, stream));
}

static GLogWriterOutput count_complaints(GLogLevelFlags level, const GLogField *fields,
                                         gsize n_fields, gpointer data)
{
    guint *count = data;
    if (level == G_LOG_LEVEL_MESSAGE)
        (*count)++;
    return G_LOG_WRITER_HANDLED;
}

/* Run in a process of its own: a log writer is set once. */
static void test_complaints_are_rare(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    guint count = 0;
    g_log_set_writer_func(count_complaints, &count, NULL);
    g_autoptr(World) world = world_new();
    for (guint i = 0; i < 5; i++) {
        g_autoptr(GIOStream) stream = world_connect(world);
        world_send(world, stream, "garbage");
        g_assert_null(world_receive(world, stream));
    }
    g_assert_cmpuint(count, ==, 1);
    wh_fake_clock_advance(world->clock, WH_MINUTE);
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, "garbage");
    g_assert_null(world_receive(world, stream));
    g_assert_cmpuint(count, ==, 2);
}

static void test_order(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    static const char calls[] = "{\"method\":\"a.b.One\"}\0{\"method\":\"a.c.Two\"}\0"
                                "{\"method\":\"org.wayhome.Control.UpdateNow\",\"oneway\":true}\0"
                                "{\"method\":\"a.d.Three\"}";
    world_send_bytes(world, stream, calls, sizeof calls);
    expect_error(world, stream, WH_VARLINK_ERROR("InterfaceNotFound"), "interface", "a.b");
    expect_error(world, stream, WH_VARLINK_ERROR("InterfaceNotFound"), "interface", "a.c");
    expect_error(world, stream, WH_VARLINK_ERROR("InterfaceNotFound"), "interface", "a.d");
    g_assert_cmpuint(world->looks, ==, 1);
}

/* A call, then the end of the sending side: the answer still comes, then the end. */
static void test_half_closed(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, "{\"method\":\"org.varlink.service.GetInfo\"}");
    GSocket *socket = g_socket_connection_get_socket(G_SOCKET_CONNECTION(stream));
    g_assert_true(g_socket_shutdown(socket, FALSE, TRUE, NULL));
    g_autoptr(json_t) reply = world_receive(world, stream);
    g_assert_nonnull(reply);
    g_assert_null(world_receive(world, stream));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control/service-interface", test_service_interface);
    g_test_add_func("/control/wrong-calls", test_wrong_calls);
    g_test_add_func("/control/permission", test_permission);
    g_test_add_func("/control/malformed", test_malformed);
    g_test_add_func("/control/too-long", test_too_long);
    g_test_add_func("/control/complaints-are-rare", test_complaints_are_rare);
    g_test_add_func("/control/order", test_order);
    g_test_add_func("/control/half-closed", test_half_closed);
    return g_test_run();
}
