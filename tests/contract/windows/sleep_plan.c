#include "tests/contract/sleep_plan_adapter.h"

#include "platform/windows/sleep_plan_private.h"

/* The active scheme of a system of our own; seconds. */
typedef struct {
    DWORD standby;
    DWORD hibernate;
    gboolean absent;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static DWORD WINAPI fake_scheme(HKEY root, GUID **scheme)
{
    if (world()->absent)
        return ERROR_NOT_SUPPORTED;
    *scheme = LocalAlloc(LPTR, sizeof **scheme);
    (*scheme)->Data1 = 42;
    return ERROR_SUCCESS;
}

/* Told apart by the documented numbers of the settings ("Sleep idle timeout", "Hibernate idle
 * timeout"). */
static DWORD WINAPI fake_value(HKEY root, const GUID *scheme, const GUID *group,
                               const GUID *setting, DWORD *value)
{
    g_assert_cmpuint(scheme->Data1, ==, 42);
    g_assert_cmpuint(group->Data1, ==, 0x238c9fa8);
    *value = setting->Data1 == 0x29f6c1db ? world()->standby : world()->hibernate;
    return setting->Data1 == 0x29f6c1db || setting->Data1 == 0x9d7815a6 ? ERROR_SUCCESS
                                                                        : ERROR_FILE_NOT_FOUND;
}

static const WhSleepPlanCalls fake_calls = {fake_scheme, fake_value};

gboolean wh_adapter_begin(guint seconds)
{
    world()->standby = seconds;
    return TRUE;
}

void wh_adapter_end(void)
{
    *world() = (World){0};
}

void wh_adapter_nobody(void)
{
    world()->absent = TRUE;
}

void wh_adapter_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    wh_sleep_plan_read_by(&fake_calls, cancellable, done, data);
}

static void check(DWORD standby, DWORD hibernate, guint minutes)
{
    WhSleepPlan plan = {0};

    *world() = (World){.standby = standby, .hibernate = hibernate};
    g_assert_true(wh_sleep_plan_read_under(&fake_calls, &plan, NULL));
    g_assert_cmpuint(plan.minutes, ==, minutes);
    wh_adapter_end();
}

static void test_whatever_comes_first(void)
{
    check(1800, 10800, 30);
    check(10800, 1800, 30);
    check(0, 10800, 180);
    check(G_MAXUINT32, 0, 71582789);
}

static void test_no_library(void)
{
    const WhSleepPlanCalls none = {NULL, NULL};
    WhSleepPlan plan;
    g_autoptr(GError) error = NULL;

    g_assert_false(wh_sleep_plan_read_under(&none, &plan, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/sleep-plan/windows/whatever-comes-first", test_whatever_comes_first);
    g_test_add_func("/sleep-plan/windows/no-library", test_no_library);
}
