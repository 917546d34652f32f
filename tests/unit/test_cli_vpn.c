#include "tests/unit/test_cli_world.h"

#include <string.h>

static void serve(Fixture *fixture, const char *vpns)
{
    g_autofree char *state = g_strdup_printf(
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"paused\":"
        "false,\"instant\":true,\"notices\":[],\"notice_details\":[]},\"verdicts\":["
        "{\"family\":\"ipv4\",\"reason\":\"vpn\",\"vpn\":\"wg0\",\"sources\":[]}],"
        "\"accounts\":[],\"hosts\":[]%s}}",
        vpns);
    stub_service_answer(fixture->stub, "Status", state);
}

static void test_shows(Fixture *fixture, gconstpointer data)
{
    serve(fixture, ",\"vpns\":[]");
    expect(fixture, "vpn", 0, "No VPN is in the way", NULL);
    serve(fixture, ",\"vpns\":[{\"vpn\":\"tun0\",\"publish\":\"line\",\"active\":false},"
                   "{\"vpn\":\"wg0\",\"publish\":\"nothing\",\"active\":true}]");
    expect(fixture, "vpn", 0,
           "tun0 is off; while it is on, names point to your home's own line\n"
           "wg0 is on; names keep the address that they have\n",
           NULL);
    expect(fixture, "vpn --json", 0, "\"vpns\"", NULL);
    expect(fixture, "status", 0, "everything goes through the VPN wg0", NULL);
    /* A service that does not know of it. */
    serve(fixture, "");
    expect(fixture, "vpn", 0, "No VPN is in the way", NULL);
}

static void test_decides(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "SetVpn", "{}");
    expect(fixture, "vpn wg0 line", 0, "While wg0 is on, names point to your home's own line.\n",
           NULL);
    expect_called(fixture, "SetVpn", "{\"vpn\":\"wg0\",\"publish\":\"line\"}");
    expect(fixture, "vpn 'Office VPN' vpn", 0, "its other end", NULL);
    expect_called(fixture, "SetVpn", "{\"vpn\":\"Office VPN\",\"publish\":\"vpn\"}");
    expect(fixture, "vpn wg0 nothing", 0, "names keep the address", NULL);
    expect_called(fixture, "SetVpn", "{\"vpn\":\"wg0\",\"publish\":\"nothing\"}");
}

static void test_misused(Fixture *fixture, gconstpointer data)
{
    expect(fixture, "vpn wg0", 2, NULL, "line, vpn or nothing");
    expect(fixture, "vpn wg0 home", 2, NULL, "line, vpn or nothing");
    expect(fixture, "vpn wg0 line vpn", 2, NULL, NULL);
    expect(fixture, "help vpn", 0, "wayhomectl vpn wg0 line", NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/cli/vpn/shows", Fixture, NULL, set_up, test_shows, tear_down);
    g_test_add("/cli/vpn/decides", Fixture, NULL, set_up, test_decides, tear_down);
    g_test_add("/cli/vpn/misused", Fixture, NULL, set_up, test_misused, tear_down);
    return g_test_run();
}
