#include "platform/socket_watch.h"

#include "platform/paths.h"
#include "platform/windows/service_watch.h"

/* others: there are addresses that nothing tells about. service: NULL where nobody wants, or can,
 * hear of it. */
struct WhSocketWatch {
    WhSocketWatchFunc changed;
    gpointer data;
    WhServiceWatch *service;
    gboolean others;
};

static void service_starts(gpointer data)
{
    WhSocketWatch *watch = data;
    watch->changed(watch->data);
}

WhSocketWatch *wh_socket_watch_new(const char *const *addresses, WhSocketWatchFunc changed,
                                   gpointer data)
{
    g_autofree char *of_computer = wh_paths_control_address(WH_PATHS_SYSTEM);
    WhSocketWatch *watch = g_new0(WhSocketWatch, 1);

    watch->changed = changed;
    watch->data = data;
    for (guint i = 0; addresses[i] != NULL; i++) {
        if (g_ascii_strcasecmp(addresses[i], of_computer) != 0)
            watch->others = TRUE;
        else if (watch->service == NULL)
            watch->service = wh_service_watch_new(service_starts, watch);
    }
    return watch;
}

gboolean wh_socket_watch_sees(WhSocketWatch *watch)
{
    return watch->service != NULL && !wh_service_watch_is_over(watch->service) && !watch->others;
}

void wh_socket_watch_free(WhSocketWatch *watch)
{
    if (watch == NULL)
        return;
    wh_service_watch_free(watch->service);
    g_free(watch);
}
