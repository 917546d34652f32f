/* What the tests of the service host need besides. */
#pragma once

#include "platform/service_host.h"

#include "platform/windows/service_control.h"

G_BEGIN_DECLS

/* With another service control manager, and asked every so often whether the main loop still turns;
 * `stuck` is called instead of ending the process when it does not. NULL: ends it. */
WhServiceHost *wh_service_host_new_under(const WhServiceCalls *calls, guint watch_ms,
                                         void (*stuck)(gpointer data), WhServiceHostFunc stop,
                                         WhServiceHostFunc reload, gpointer data);

G_END_DECLS
