#include "platform/windows/desktop/registry_watch.h"

#include <windows.h>

/* The source's memory is the watch. */
struct WhRegistryWatch {
    GSource source;
    GPollFD poll; /* on an event */
    HKEY key;
    WhRegistryWatchFunc changed;
    gpointer data;
};

static HANDLE event_of(WhRegistryWatch *watch)
{
    return (HANDLE)(gintptr)watch->poll.fd;
}

/* For one change: RegNotifyChangeKeyValue(), remarks. */
static gboolean arm(WhRegistryWatch *watch)
{
    return RegNotifyChangeKeyValue(watch->key, FALSE,
                                   REG_NOTIFY_CHANGE_LAST_SET | REG_NOTIFY_THREAD_AGNOSTIC,
                                   event_of(watch), TRUE) == ERROR_SUCCESS;
}

static gboolean is_signalled(GSource *source)
{
    return (((WhRegistryWatch *)source)->poll.revents & G_IO_IN) != 0;
}

/* The last thing here is the callback, which may free the watch. */
static gboolean dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhRegistryWatch *watch = (WhRegistryWatch *)source;
    gboolean armed;

    ResetEvent(event_of(watch));
    armed = arm(watch);
    watch->changed(watch->data);
    return armed ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void finalize(GSource *source)
{
    WhRegistryWatch *watch = (WhRegistryWatch *)source;

    RegCloseKey(watch->key);
    CloseHandle(event_of(watch));
}

WhRegistryWatch *wh_registry_watch_new(const wchar_t *path, WhRegistryWatchFunc changed,
                                       gpointer data)
{
    static GSourceFuncs funcs = {.check = is_signalled, .dispatch = dispatch, .finalize = finalize};
    WhRegistryWatch *watch;
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, path, 0, NULL, 0, KEY_NOTIFY, NULL, &key, NULL) !=
        ERROR_SUCCESS)
        return NULL;
    watch = (WhRegistryWatch *)g_source_new(&funcs, sizeof *watch);
    watch->key = key;
    watch->changed = changed;
    watch->data = data;
    watch->poll.fd = (gintptr)CreateEventW(NULL, TRUE, FALSE, NULL);
    watch->poll.events = G_IO_IN;
    g_source_add_poll(&watch->source, &watch->poll);
    g_source_attach(&watch->source, g_main_context_get_thread_default());
    if (arm(watch))
        return watch;
    wh_registry_watch_free(watch);
    return NULL;
}

void wh_registry_watch_free(WhRegistryWatch *watch)
{
    if (watch == NULL)
        return;
    g_source_destroy(&watch->source);
    g_source_unref(&watch->source);
}
