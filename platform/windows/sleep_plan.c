#include "platform/windows/sleep_plan_private.h"

#include "platform/windows/text.h"

#define NEVER 0

/* Seconds, or NEVER; the compiler's headers name these without giving them. */
static const GUID sleep_group = {
    0x238c9fa8, 0x0aad, 0x41ed, {0x83, 0xf4, 0x97, 0xbe, 0x24, 0x2c, 0x8f, 0x20}};
static const GUID standby_idle = {
    0x29f6c1db, 0x86da, 0x48c5, {0x9f, 0xdb, 0xf2, 0xb6, 0x7b, 0x1f, 0x44, 0xda}};
static const GUID hibernate_idle = {
    0x9d7815a6, 0x7ee4, 0x497e, {0x88, 0x88, 0x51, 0x5a, 0x05, 0xf0, 0x23, 0x64}};

static gboolean refuse(GError **error, DWORD code)
{
    g_autofree char *reason = wh_windows_error_text(code);

    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                "Nobody knows here when the computer goes to sleep: %s", reason);
    return FALSE;
}

static DWORD seconds_read(const WhSleepPlanCalls *calls, const GUID *scheme, const GUID *setting)
{
    DWORD seconds = NEVER;

    return calls->value(NULL, scheme, &sleep_group, setting, &seconds) == ERROR_SUCCESS ? seconds
                                                                                        : NEVER;
}

gboolean wh_sleep_plan_read_under(const WhSleepPlanCalls *calls, WhSleepPlan *plan, GError **error)
{
    GUID *scheme = NULL;
    DWORD code = ERROR_CALL_NOT_IMPLEMENTED;
    DWORD standby;
    DWORD hibernate;
    DWORD first;

    if (calls->scheme != NULL && calls->value != NULL)
        code = calls->scheme(NULL, &scheme);
    if (code != ERROR_SUCCESS)
        return refuse(error, code);
    standby = seconds_read(calls, scheme, &standby_idle);
    hibernate = seconds_read(calls, scheme, &hibernate_idle);
    LocalFree(scheme);
    first =
        standby == NEVER || hibernate == NEVER ? MAX(standby, hibernate) : MIN(standby, hibernate);
    *plan = (WhSleepPlan){0};
    if (first != NEVER)
        *plan = (WhSleepPlan){first / 60 + (first % 60 != 0 ? 1 : 0), WH_SLEEP_PLAN_BY_SYSTEM};
    return TRUE;
}

static gpointer symbol_find(HMODULE library, const char *name)
{
    return library != NULL ? (gpointer)(gintptr)GetProcAddress(library, name) : NULL;
}

static WhSleepPlanCalls calls_find(void)
{
    HMODULE library = LoadLibraryExW(L"powrprof.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);

    return (WhSleepPlanCalls){
        symbol_find(library, "PowerGetActiveScheme"),
        symbol_find(library, "PowerReadACValueIndex"),
    };
}

gboolean wh_sleep_plan_read_session(WhSleepPlan *plan, GError **error)
{
    const WhSleepPlanCalls calls = calls_find();

    return wh_sleep_plan_read_under(&calls, plan, error);
}

void wh_sleep_plan_read_by(const WhSleepPlanCalls *calls, GCancellable *cancellable,
                           GAsyncReadyCallback done, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, done, data);
    WhSleepPlan plan;
    GError *error = NULL;

    if (wh_sleep_plan_read_under(calls, &plan, &error))
        g_task_return_pointer(task, g_memdup2(&plan, sizeof plan), g_free);
    else
        g_task_return_error(task, error);
}

void wh_sleep_plan_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    const WhSleepPlanCalls calls = calls_find();

    wh_sleep_plan_read_by(&calls, cancellable, done, data);
}

gboolean wh_sleep_plan_read_finish(GAsyncResult *result, WhSleepPlan *plan, GError **error)
{
    g_autofree WhSleepPlan *read = g_task_propagate_pointer(G_TASK(result), error);

    if (read == NULL)
        return FALSE;
    *plan = *read;
    return TRUE;
}
