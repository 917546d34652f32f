#include "platform/single_instance.h"

#include "platform/fake/single_instance_fake.h"
#include "tests/contract/single_instance_adapter.h"

static int *the_status(void)
{
    static int status;

    return &status;
}

gboolean wh_adapter_begin(void)
{
    wh_fake_single_instance_reset();
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_single_instance_reset();
}

void wh_adapter_start(const char *request)
{
    int answer = wh_fake_single_instance_ask(request);

    *the_status() = answer < 0 ? 99 : answer;
}

gboolean wh_adapter_ended(int *status)
{
    *status = *the_status();
    return TRUE;
}

void wh_adapter_start_quit(void)
{
    *the_status() = wh_single_instance_quit(WH_ADAPTER_ID, NULL) ? 0 : 1;
}

gboolean wh_adapter_is_other(int argc, char **argv, int *status)
{
    return FALSE;
}

static void test_other(void)
{
    static const WhSingleInstanceFuncs funcs = {NULL, NULL};
    int answer = 0;

    wh_adapter_begin();
    wh_fake_single_instance_set_other(7);
    g_assert_null(wh_single_instance_new("id", "show", "--again", &funcs, NULL, &answer));
    g_assert_cmpint(answer, ==, 7);
    g_assert_cmpstr(wh_fake_single_instance_asked(), ==, "show");
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/single-instance/fake/other", test_other);
}
