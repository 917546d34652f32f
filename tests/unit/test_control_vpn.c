/* What is decided for a VPN, and seen of it. */
#include "service/protocol/message.h"
#include "tests/unit/test_control_world.h"

static json_t *state_of(World *world, GIOStream *stream)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    return json_incref(json_object_get(answer, "state"));
}

/* "wg0 line active, tun0 nothing". */
static void check_vpns(World *world, GIOStream *stream, const char *expected)
{
    g_autoptr(json_t) state = state_of(world, stream);
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i;
    json_t *vpn;
    json_array_foreach(json_object_get(state, "vpns"), i, vpn)
    {
        g_string_append_printf(text, "%s%s %s%s", i > 0 ? ", " : "",
                               json_string_value(json_object_get(vpn, "vpn")),
                               json_string_value(json_object_get(vpn, "publish")),
                               json_is_true(json_object_get(vpn, "active")) ? " active" : "");
    }
    g_assert_cmpstr(text->str, ==, expected);
}

static void check_verdict(World *world, GIOStream *stream, const char *reason, const char *vpn)
{
    g_autoptr(json_t) state = state_of(world, stream);
    json_t *verdict = json_array_get(json_object_get(state, "verdicts"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(verdict, "reason")), ==, reason);
    g_assert_cmpstr(json_string_value(json_object_get(verdict, "vpn")), ==, vpn);
}

static void turn_on(World *world, const char *vpn)
{
    g_strlcpy(world->vpn, vpn, sizeof world->vpn);
    world_set_address(world, "11.22.33.44");
}

static void test_decides(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    check_vpns(world, stream, "");
    turn_on(world, "wg0");
    check_vpns(world, stream, "wg0 nothing active");
    check_verdict(world, stream, "vpn", "wg0");
    json_decref(world_call(world, stream, "SetVpn", "{\"vpn\":\"wg0\",\"publish\":\"line\"}"));
    check_vpns(world, stream, "wg0 line active");
    check_verdict(world, stream, "direct", "wg0");
    json_decref(world_call(world, stream, "SetVpn", "{\"vpn\":\"tun0\",\"publish\":\"vpn\"}"));
    turn_on(world, "");
    check_vpns(world, stream, "wg0 line, tun0 vpn");
    check_verdict(world, stream, "direct", NULL);
    json_decref(world_call(world, stream, "SetVpn", "{\"vpn\":\"wg0\",\"publish\":\"nothing\"}"));
    check_vpns(world, stream, "tun0 vpn");
}

static void test_refuses(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    json_decref(
        world_refused(world, stream, "SetVpn", "{\"vpn\":\"\",\"publish\":\"line\"}", "Invalid"));
    json_decref(world_refused(world, stream, "SetVpn",
                              "{\"vpn\":\"a\\nline b\",\"publish\":\"line\"}", "Invalid"));
    world->can_save = FALSE;
    json_decref(world_refused(world, stream, "SetVpn", "{\"vpn\":\"wg0\",\"publish\":\"line\"}",
                              "NotSaved"));
    check_vpns(world, stream, "");
}

int main(int argc, char **argv)
{
    wh_message_use_wiping_allocator();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control/vpn/decides", test_decides);
    g_test_add_func("/control/vpn/refuses", test_refuses);
    return g_test_run();
}
