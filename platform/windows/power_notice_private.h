/* What the tests of the power notice need besides. */
#pragma once

#include "platform/windows/power_notice.h"

#include <windows.h>

G_BEGIN_DECLS

/* powrprof.h and winuser.h of the compiler do not know these yet. */
typedef ULONG CALLBACK WhPowerCallback(void *context, ULONG type, void *setting);
typedef struct {
    WhPowerCallback *callback;
    void *context;
} WhPowerParameters;

/* PowerRegisterSuspendResumeNotification(), whose recipient are the parameters, and
 * PowerUnregisterSuspendResumeNotification(); NULL where there is none. */
typedef struct {
    DWORD(WINAPI *begin)(DWORD flags, HANDLE recipient, HANDLE *registration);
    DWORD(WINAPI *end)(HANDLE registration);
} WhPowerCalls;

/* With another system. */
WhPowerNotice *wh_power_notice_new_under(const WhPowerCalls *calls, WhPowerNoticeFunc told,
                                         gpointer data, GError **error);

G_END_DECLS
