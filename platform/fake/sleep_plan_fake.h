/* The strings by which tests pull at the fake plans for sleep. At the beginning (also after
 * wh_fake_reset()) nobody knows of any. */
#pragma once

#include "platform/sleep_plan.h"

G_BEGIN_DECLS

/* What holds from now on; NULL: nobody knows. */
void wh_fake_sleep_plan_set(const WhSleepPlan *plan);
void wh_fake_sleep_plan_set_session(const WhSleepPlan *plan);

G_END_DECLS
