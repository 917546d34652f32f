/* The system's word is played here, and comes in a thread of its own: these functions stand in for
 * those of platform/windows/power_notice.c. */
#include "platform/sleep_monitor.h"

#include "platform/windows/power_notice.h"
#include "tests/contract/helper.h"
#include "tests/contract/sleep_monitor_adapter.h"

#include <windows.h>

struct WhPowerNotice {
    WhPowerNoticeFunc told;
    gpointer data;
};

typedef struct {
    WhPowerNotice *notice;
    gboolean nobody;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

WhPowerNotice *wh_power_notice_new(WhPowerNoticeFunc told, gpointer data, GError **error)
{
    if (world()->nobody) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "nobody");
        return NULL;
    }
    WhPowerNotice *notice = g_new(WhPowerNotice, 1);
    *notice = (WhPowerNotice){told, data};
    world()->notice = notice;
    return notice;
}

void wh_power_notice_free(WhPowerNotice *notice)
{
    world()->notice = NULL;
    g_free(notice);
}

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    g_assert_null(world()->notice);
    world()->nobody = FALSE;
}

void wh_adapter_until_listening(WhSleepMonitor *monitor, guint *counter)
{
    g_assert_nonnull(world()->notice);
}

static gpointer tell_run(gpointer data)
{
    world()->notice->told(GPOINTER_TO_UINT(data), world()->notice->data);
    return NULL;
}

static void tell(guint32 event)
{
    g_thread_join(g_thread_new("system", tell_run, GUINT_TO_POINTER(event)));
}

void wh_adapter_resume(void)
{
    tell(PBT_APMSUSPEND);
    tell(PBT_APMRESUMEAUTOMATIC);
    tell(PBT_APMRESUMESUSPEND);
}

void wh_adapter_nobody(void)
{
    world()->nobody = TRUE;
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

typedef struct {
    guint32 event;
    guint expected; /* calls until now */
} Step;

static void steps_check(const Step *steps, gsize n_steps)
{
    guint counter = 0;
    WhSleepMonitor *monitor = wh_sleep_monitor_new(count, &counter, NULL);

    g_assert_nonnull(monitor);
    for (gsize i = 0; i < n_steps; i++) {
        tell(steps[i].event);
        wh_helper_settle();
        g_assert_cmpuint(counter, ==, steps[i].expected);
    }
    wh_sleep_monitor_free(monitor);
    wh_adapter_end();
}

static void test_person_comes_later(void)
{
    const Step steps[] = {{PBT_APMSUSPEND, 0},
                          {PBT_APMRESUMEAUTOMATIC, 1},
                          {PBT_APMRESUMESUSPEND, 1},
                          {PBT_APMSUSPEND, 1},
                          {PBT_APMRESUMEAUTOMATIC, 2}};

    steps_check(steps, G_N_ELEMENTS(steps));
}

static void test_only_the_person(void)
{
    const Step steps[] = {
        {PBT_APMSUSPEND, 0}, {PBT_APMRESUMESUSPEND, 1}, {PBT_APMRESUMESUSPEND, 1}};

    steps_check(steps, G_N_ELEMENTS(steps));
}

/* A battery that was empty leaves no time for a word before. */
static void test_sleep_without_a_word(void)
{
    const Step steps[] = {{PBT_APMRESUMEAUTOMATIC, 1}, {PBT_APMRESUMESUSPEND, 1}};

    steps_check(steps, G_N_ELEMENTS(steps));
}

static void test_other_words(void)
{
    const Step steps[] = {{PBT_APMPOWERSTATUSCHANGE, 0}, {PBT_POWERSETTINGCHANGE, 0}};

    steps_check(steps, G_N_ELEMENTS(steps));
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/sleep-monitor/windows/person-comes-later", test_person_comes_later);
    g_test_add_func("/sleep-monitor/windows/only-the-person", test_only_the_person);
    g_test_add_func("/sleep-monitor/windows/sleep-without-a-word", test_sleep_without_a_word);
    g_test_add_func("/sleep-monitor/windows/other-words", test_other_words);
}
