#include "platform/windows/power_notice_private.h"

#include "platform/windows/text.h"

/* DEVICE_NOTIFY_CALLBACK. */
#define NOTIFY_CALLBACK 2

/* What the system has in its hands. Nothing promises that it calls nobody any more when the end of
 * a registration is confirmed: this stays for as long as the program runs, and says after the end
 * that nobody is there. told: NULL from then on. */
typedef struct {
    GMutex lock;
    WhPowerNoticeFunc told;
    gpointer data;
    WhPowerParameters parameters;
} Ear;

struct WhPowerNotice {
    WhPowerCalls calls;
    Ear *ear;
    HANDLE registration;
};

static ULONG CALLBACK notified(void *context, ULONG type, void *setting)
{
    Ear *ear = context;

    g_mutex_lock(&ear->lock);
    if (ear->told != NULL)
        ear->told(type, ear->data);
    g_mutex_unlock(&ear->lock);
    return ERROR_SUCCESS;
}

static Ear *ear_new(WhPowerNoticeFunc told, gpointer data)
{
    Ear *ear = g_new0(Ear, 1);

    g_mutex_init(&ear->lock);
    ear->told = told;
    ear->data = data;
    ear->parameters = (WhPowerParameters){notified, ear};
    return ear;
}

/* Waits for a call in flight. */
static void ear_close(Ear *ear)
{
    g_mutex_lock(&ear->lock);
    ear->told = NULL;
    g_mutex_unlock(&ear->lock);
}

/* Of one that the system never had. */
static void ear_free(Ear *ear)
{
    g_mutex_clear(&ear->lock);
    g_free(ear);
}

WhPowerNotice *wh_power_notice_new_under(const WhPowerCalls *calls, WhPowerNoticeFunc told,
                                         gpointer data, GError **error)
{
    Ear *ear = ear_new(told, data);
    HANDLE registration = NULL;
    DWORD code = ERROR_CALL_NOT_IMPLEMENTED;

    if (calls->begin != NULL && calls->end != NULL)
        code = calls->begin(NOTIFY_CALLBACK, &ear->parameters, &registration);
    if (code != ERROR_SUCCESS) {
        g_autofree char *reason = wh_windows_error_text(code);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "Nobody tells here when the computer wakes up: %s", reason);
        ear_free(ear);
        return NULL;
    }
    WhPowerNotice *notice = g_new(WhPowerNotice, 1);
    *notice = (WhPowerNotice){*calls, ear, registration};
    return notice;
}

static gpointer symbol_find(HMODULE library, const char *name)
{
    return library != NULL ? (gpointer)(gintptr)GetProcAddress(library, name) : NULL;
}

/* The library stays: a call goes back through it. */
WhPowerNotice *wh_power_notice_new(WhPowerNoticeFunc told, gpointer data, GError **error)
{
    HMODULE library = LoadLibraryExW(L"powrprof.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    const WhPowerCalls calls = {
        symbol_find(library, "PowerRegisterSuspendResumeNotification"),
        symbol_find(library, "PowerUnregisterSuspendResumeNotification"),
    };

    return wh_power_notice_new_under(&calls, told, data, error);
}

void wh_power_notice_free(WhPowerNotice *notice)
{
    if (notice == NULL)
        return;
    ear_close(notice->ear);
    notice->calls.end(notice->registration);
    g_free(notice);
}
