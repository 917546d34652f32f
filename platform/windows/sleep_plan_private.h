/* What the tests of the plan for sleep need besides. */
#pragma once

#include "platform/sleep_plan.h"

#include <windows.h>

G_BEGIN_DECLS

/* Of powrprof.dll; NULL where there is none. */
typedef struct {
    DWORD(WINAPI *scheme)(HKEY root, GUID **scheme);
    DWORD(WINAPI *value)
    (HKEY root, const GUID *scheme, const GUID *group, const GUID *setting, DWORD *value);
} WhSleepPlanCalls;

/* With another system. */
gboolean wh_sleep_plan_read_under(const WhSleepPlanCalls *calls, WhSleepPlan *plan, GError **error);
void wh_sleep_plan_read_by(const WhSleepPlanCalls *calls, GCancellable *cancellable,
                           GAsyncReadyCallback done, gpointer data);

G_END_DECLS
