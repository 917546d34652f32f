#include "tests/contract/sleep_plan_adapter.h"

#include "platform/fake/fake.h"
#include "platform/fake/sleep_plan_fake.h"

gboolean wh_adapter_begin(guint seconds)
{
    const WhSleepPlan plan = {(seconds + 59) / 60, seconds > 0 ? WH_SLEEP_PLAN_BY_SYSTEM : NULL};

    wh_fake_sleep_plan_set(&plan);
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

void wh_adapter_nobody(void)
{
    wh_fake_sleep_plan_set(NULL);
}

void wh_adapter_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    wh_sleep_plan_read(cancellable, done, data);
}

static void test_session(void)
{
    const WhSleepPlan set = {15, WH_SLEEP_PLAN_BY_DESKTOP};
    WhSleepPlan plan = {0};
    g_autoptr(GError) error = NULL;

    g_assert_false(wh_sleep_plan_read_session(&plan, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    wh_fake_sleep_plan_set_session(&set);
    g_assert_true(wh_sleep_plan_read_session(&plan, NULL));
    g_assert_cmpuint(plan.minutes, ==, 15);
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/sleep-plan/fake/session", test_session);
}
