#include "tests/unit/test_cli_world.h"

#include <string.h>

#define VPN                                                                                        \
    "{\"code\":\"vpn\",\"weight\":\"warning\",\"values\":{\"vpn\":\"Office VPN\"},"                \
    "\"sentence\":\"s\",\"step\":\"t\"}"
#define NOTE                                                                                       \
    "{\"code\":\"router_silent\",\"weight\":\"note\",\"values\":{},\"sentence\":\"s\",\"step\":"   \
    "\"t\"}"

#define ELSEWHERE                                                                                  \
    "{\"code\":\"elsewhere\",\"weight\":\"note\",\"values\":{\"name\":\"a.example.org\"},"         \
    "\"sentence\":\"s\",\"step\":\"t\"}"

/* caller: what whoever asks may do; findings: those of the state. */
static void serve(Fixture *fixture, const char *caller, const char *findings)
{
    g_autofree char *state = g_strdup_printf(
        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"paused\":"
        "false,\"instant\":true,\"notices\":[],\"notice_details\":[],\"owner\":\"ada\","
        "\"caller\":\"%s\"},\"verdicts\":[],\"accounts\":[],\"hosts\":[]%s}}",
        caller, findings);
    stub_service_answer(fixture->stub, "Status", state);
}

static void test_asks(Fixture *fixture, gconstpointer data)
{
    serve(fixture, "owner", "");
    stub_service_answer(fixture->stub, "Diagnose", "{\"findings\":[]}");
    expect(fixture, "doctor", 0, "Nothing is wrong.\n", NULL);
    expect(fixture, "doctor --check", 0, "Nothing is wrong.\n", NULL);
    stub_service_answer(fixture->stub, "Diagnose", "{\"findings\":[" VPN "," NOTE "]}");
    expect(fixture, "doctor", 0, "! The VPN Office VPN is on", NULL);
    expect(fixture, "doctor", 0, "  -> Choose what your names hold", NULL);
    expect(fixture, "doctor", 0, "     wayhomectl vpn 'Office VPN' line (or: vpn)\n", NULL);
    expect(fixture, "doctor", 0, "\n\n- The router does not tell its address", NULL);
    expect(fixture, "doctor --json", 0, "{\"findings\":[{", NULL);
    stub_service_answer(fixture->stub, "Diagnose", "{\"findings\":[" ELSEWHERE "]}");
    expect(fixture, "doctor", 0, "     wayhomectl edit-host a.example.org --only-here\n", NULL);
}

static void test_checks(Fixture *fixture, gconstpointer data)
{
    serve(fixture, "owner", "");
    stub_service_answer(fixture->stub, "Diagnose", "{\"findings\":[" NOTE "]}");
    expect(fixture, "doctor --check", 0, "- The router", NULL);
    stub_service_answer(fixture->stub, "Diagnose", "{\"findings\":[" VPN "]}");
    expect(fixture, "doctor --check", 5, "! The VPN", NULL);
    expect(fixture, "doctor --check --json", 5, "\"vpn\"", NULL);
    expect(fixture, "doctor now", 2, NULL, NULL);
}

/* Who may only look is shown what is known, and asked for no password. */
static void test_observes(Fixture *fixture, gconstpointer data)
{
    serve(fixture, "observe", ",\"findings\":[" NOTE "]");
    expect(fixture, "doctor", 0, "- The router", NULL);
    serve(fixture, "observe", "");
    expect(fixture, "doctor", 0, "Nothing is wrong.\n", NULL);
}

/* What stands in the way is said on top, and what is only good to know is not. */
static void test_status(Fixture *fixture, gconstpointer data)
{
    serve(fixture, "owner", ",\"findings\":[" VPN "," NOTE "]");
    expect(fixture, "status", 0,
           "     wayhomectl vpn 'Office VPN' line (or: vpn)\nPublic address\n", NULL);
    serve(fixture, "owner", ",\"findings\":[" NOTE "]");
    expect(fixture, "status", 0, "You manage Wayhome on this computer.\nPublic address\n", NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/cli/doctor/asks", Fixture, NULL, set_up, test_asks, tear_down);
    g_test_add("/cli/doctor/checks", Fixture, NULL, set_up, test_checks, tear_down);
    g_test_add("/cli/doctor/observes", Fixture, NULL, set_up, test_observes, tear_down);
    g_test_add("/cli/doctor/status", Fixture, NULL, set_up, test_status, tear_down);
    return g_test_run();
}
