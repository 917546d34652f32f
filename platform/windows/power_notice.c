#include "platform/windows/power_notice.h"

#include "platform/windows/text.h"

/* powrprof.h and winuser.h of the compiler do not know these yet. */
#define NOTIFY_CALLBACK 2
typedef ULONG CALLBACK NotifyCallback(void *context, ULONG type, void *setting);
typedef struct {
    NotifyCallback *callback;
    void *context;
} SubscribeParameters;
typedef DWORD WINAPI Register(DWORD flags, HANDLE recipient, HANDLE *registration);
typedef DWORD WINAPI Unregister(HANDLE registration);

struct WhPowerNotice {
    WhPowerNoticeFunc told;
    gpointer data;
    HMODULE library;
    Unregister *unregister;
    SubscribeParameters parameters;
    HANDLE registration;
};

static ULONG CALLBACK notified(void *context, ULONG type, void *setting)
{
    WhPowerNotice *notice = context;

    notice->told(type, notice->data);
    return ERROR_SUCCESS;
}

static gpointer symbol_find(HMODULE library, const char *name)
{
    return library != NULL ? (gpointer)(gintptr)GetProcAddress(library, name) : NULL;
}

WhPowerNotice *wh_power_notice_new(WhPowerNoticeFunc told, gpointer data, GError **error)
{
    g_autoptr(WhPowerNotice) notice = g_new0(WhPowerNotice, 1);
    DWORD code = ERROR_CALL_NOT_IMPLEMENTED;

    notice->told = told;
    notice->data = data;
    notice->parameters = (SubscribeParameters){notified, notice};
    notice->library = LoadLibraryExW(L"powrprof.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    Register *begin = symbol_find(notice->library, "PowerRegisterSuspendResumeNotification");
    notice->unregister = symbol_find(notice->library, "PowerUnregisterSuspendResumeNotification");
    if (begin != NULL && notice->unregister != NULL)
        code = begin(NOTIFY_CALLBACK, &notice->parameters, &notice->registration);
    if (code == ERROR_SUCCESS)
        return g_steal_pointer(&notice);
    g_autofree char *reason = wh_windows_error_text(code);
    notice->registration = NULL;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                "Nobody tells here when the computer wakes up: %s", reason);
    return NULL;
}

void wh_power_notice_free(WhPowerNotice *notice)
{
    if (notice == NULL)
        return;
    if (notice->registration != NULL)
        notice->unregister(notice->registration);
    if (notice->library != NULL)
        FreeLibrary(notice->library);
    g_free(notice);
}
