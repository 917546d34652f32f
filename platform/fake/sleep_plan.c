#include "platform/fake/sleep_plan_fake.h"

#include "platform/fake/state.h"

static gboolean refuse(GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "Nobody knows here when the computer goes to sleep");
    return FALSE;
}

void wh_sleep_plan_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    const WhFakeState *state = wh_fake_state();
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, done, data);
    g_autoptr(GError) error = NULL;

    if (state->has_sleep_plan)
        g_task_return_pointer(task, g_memdup2(&state->sleep_plan, sizeof state->sleep_plan),
                              g_free);
    else if (!refuse(&error))
        g_task_return_error(task, g_steal_pointer(&error));
}

gboolean wh_sleep_plan_read_finish(GAsyncResult *result, WhSleepPlan *plan, GError **error)
{
    g_autofree WhSleepPlan *read = g_task_propagate_pointer(G_TASK(result), error);

    if (read == NULL)
        return FALSE;
    *plan = *read;
    return TRUE;
}

gboolean wh_sleep_plan_read_session(WhSleepPlan *plan, GError **error)
{
    const WhFakeState *state = wh_fake_state();

    if (!state->has_session_sleep_plan)
        return refuse(error);
    *plan = state->session_sleep_plan;
    return TRUE;
}

void wh_fake_sleep_plan_set(const WhSleepPlan *plan)
{
    WhFakeState *state = wh_fake_state();

    state->has_sleep_plan = plan != NULL;
    state->sleep_plan = plan != NULL ? *plan : (WhSleepPlan){0};
}

void wh_fake_sleep_plan_set_session(const WhSleepPlan *plan)
{
    WhFakeState *state = wh_fake_state();

    state->has_session_sleep_plan = plan != NULL;
    state->session_sleep_plan = plan != NULL ? *plan : (WhSleepPlan){0};
}
