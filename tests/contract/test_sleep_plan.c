#include "platform/sleep_plan.h"
#include "tests/contract/helper.h"
#include "tests/contract/sleep_plan_adapter.h"

typedef struct {
    guint done;
    gboolean read;
    WhSleepPlan plan;
    GError *error;
} Answer;

static void done(GObject *source, GAsyncResult *result, gpointer data)
{
    Answer *answer = data;

    answer->read = wh_sleep_plan_read_finish(result, &answer->plan, &answer->error);
    answer->done++;
}

static Answer ask(void)
{
    Answer answer = {0};

    wh_adapter_read(NULL, done, &answer);
    g_assert_cmpuint(answer.done, ==, 0);
    wh_helper_for_count(&answer.done, 1);
    wh_helper_settle();
    g_assert_cmpuint(answer.done, ==, 1);
    return answer;
}

static void check(guint seconds, guint minutes)
{
    Answer answer;

    if (!wh_adapter_begin(seconds))
        return;
    answer = ask();
    g_assert_no_error(answer.error);
    g_assert_true(answer.read);
    g_assert_cmpuint(answer.plan.minutes, ==, minutes);
    g_assert_cmpstr(answer.plan.by, ==, minutes > 0 ? WH_SLEEP_PLAN_BY_SYSTEM : NULL);
    wh_adapter_end();
}

static void test_never(void)
{
    check(0, 0);
}

static void test_whole_minutes(void)
{
    check(20 * 60, 20);
}

static void test_rounded_up(void)
{
    check(61, 2);
}

static void test_nobody_knows(void)
{
    Answer answer;

    if (!wh_adapter_begin(60))
        return;
    wh_adapter_nobody();
    answer = ask();
    g_assert_false(answer.read);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    g_clear_error(&answer.error);
    wh_adapter_end();
}

static void test_cancelled(void)
{
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    Answer answer = {0};

    if (!wh_adapter_begin(60))
        return;
    wh_adapter_read(cancellable, done, &answer);
    g_cancellable_cancel(cancellable);
    wh_helper_for_count(&answer.done, 1);
    g_assert_false(answer.read);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&answer.error);
    wh_helper_settle();
    wh_adapter_end();
}

#define ADD(path, func) g_test_add_func("/sleep-plan/" path, func)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("never", test_never);
    ADD("whole-minutes", test_whole_minutes);
    ADD("rounded-up", test_rounded_up);
    ADD("nobody-knows", test_nobody_knows);
    ADD("cancelled", test_cancelled);
    wh_adapter_add_tests();
    return g_test_run();
}
