#include "platform/single_instance.h"
#include "tests/contract/helper.h"
#include "tests/contract/single_instance_adapter.h"

#include <string.h>

typedef struct {
    WhSingleInstance *instance;
    GString *heard;
    int answer;
    guint quits;
    int status;
} Fixture;

static int asked(const char *request, gpointer data)
{
    Fixture *fixture = data;

    g_string_append_printf(fixture->heard, "%s;", request);
    return fixture->answer;
}

static void quit(gpointer data)
{
    Fixture *fixture = data;

    fixture->quits++;
}

static WhSingleInstance *instance_new(Fixture *fixture)
{
    static const WhSingleInstanceFuncs funcs = {asked, quit};

    return wh_single_instance_new(WH_ADAPTER_ID, "first", "--again", &funcs, fixture,
                                  &fixture->status);
}

static gboolean start(Fixture *fixture)
{
    *fixture = (Fixture){0};
    if (!wh_adapter_begin()) {
        g_test_skip("GApplication sees to it");
        return FALSE;
    }
    fixture->heard = g_string_new(NULL);
    fixture->instance = instance_new(fixture);
    g_assert_nonnull(fixture->instance);
    return TRUE;
}

static void stop(Fixture *fixture)
{
    g_clear_pointer(&fixture->instance, wh_single_instance_free);
    g_string_free(fixture->heard, TRUE);
    wh_adapter_end();
}

static gboolean has_ended(gpointer data)
{
    return wh_adapter_ended(&((Fixture *)data)->status);
}

static void until_ended(Fixture *fixture, int status)
{
    wh_helper_until(has_ended, fixture);
    g_assert_cmpint(fixture->status, ==, status);
}

static void test_others_are_heard(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    wh_adapter_start("show “me”");
    until_ended(&fixture, 0);
    g_assert_cmpstr(fixture.heard->str, ==, "show “me”;");
    fixture.answer = 3;
    wh_adapter_start("again");
    until_ended(&fixture, 3);
    g_assert_cmpstr(fixture.heard->str, ==, "show “me”;again;");
    stop(&fixture);
}

static void test_next_after_the_end(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    g_clear_pointer(&fixture.instance, wh_single_instance_free);
    wh_adapter_start("nobody is there");
    until_ended(&fixture, 99);
    g_assert_cmpstr(fixture.heard->str, ==, "");
    fixture.instance = instance_new(&fixture);
    g_assert_nonnull(fixture.instance);
    stop(&fixture);
}

static void test_quit(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    wh_adapter_start_quit();
    wh_helper_for_count(&fixture.quits, 1);
    stop(&fixture);
}

int main(int argc, char **argv)
{
    int status = 0;

    if (wh_adapter_is_other(argc, argv, &status))
        return status;
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/single-instance/others-are-heard", test_others_are_heard);
    g_test_add_func("/single-instance/next-after-the-end", test_next_after_the_end);
    g_test_add_func("/single-instance/quit", test_quit);
    wh_adapter_add_tests();
    return g_test_run();
}
