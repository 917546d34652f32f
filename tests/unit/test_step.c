#include "app/cli/elevated.h"
#include "app/cli/step.h"
#include "platform/fake/fake.h"
#include "service/protocol/names.h"

#include <string.h>

#define ELEVATED "in a terminal that you open with “Run as administrator”"

static void expect(const char *method, const char *error_name, const char *words)
{
    g_autofree char *step = wh_step_error(method, error_name, NULL);
    g_assert_cmpstr(step, ==, words);
}

static void test_sudo(void)
{
    expect("SetOwner", WH_VARLINK_ERROR("PermissionDenied"),
           "Only an administrator decides that. Run it with sudo.");
    expect("Pause", WH_VARLINK_ERROR("PermissionDenied"),
           "Run it as the one who manages Wayhome here, or with sudo.");
    expect("Claim", WH_CONTROL_ERROR("Owned"),
           "To let somebody else manage it: sudo wayhomectl owner USER");
}

static void test_no_sudo(void)
{
    wh_fake_advice_set_sudo(FALSE);
    expect("SetOwner", WH_VARLINK_ERROR("PermissionDenied"),
           "Only an administrator decides that. Run it " ELEVATED ".");
    expect("Pause", WH_VARLINK_ERROR("PermissionDenied"),
           "Run it as the one who manages Wayhome here, or " ELEVATED ".");
    expect("Claim", WH_VARLINK_ERROR("PermissionDenied"),
           "Do it in a terminal at the computer itself, or name the one who is to manage it: "
           "wayhomectl owner USER (" ELEVATED ")");
    wh_fake_advice_set_sudo(TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/step/sudo", test_sudo);
    g_test_add_func("/step/no-sudo", test_no_sudo);
    return g_test_run();
}
