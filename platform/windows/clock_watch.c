#include "platform/clock_watch.h"

#include "platform/windows/clock_notice.h"
#include "platform/windows/clock_window.h"
#include "platform/windows/service_process.h"

#include <gio/gio.h>

struct WhClockWatch {
    WhClockWatchFunc jumped;
    gpointer data;
    WhHop *hop;
    WhClockWindow *window; /* NULL: the service control manager tells */
};

static void rung(gpointer data)
{
    WhClockWatch *watch = data;

    watch->jumped(watch->data);
}

WhClockWatch *wh_clock_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error)
{
    gboolean is_service = wh_service_process_is_this();
    WhClockWindow *window = is_service ? NULL : wh_clock_window_new();
    WhClockWatch *watch;

    if (!is_service && window == NULL) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                            "Nobody tells here when the clock is set");
        return NULL;
    }
    watch = g_new0(WhClockWatch, 1);
    *watch = (WhClockWatch){.jumped = jumped, .data = data, .window = window};
    watch->hop = wh_hop_new(rung, watch);
    wh_clock_notice_add(watch->hop);
    return watch;
}

void wh_clock_watch_free(WhClockWatch *watch)
{
    if (watch == NULL)
        return;
    wh_clock_notice_remove(watch->hop);
    wh_clock_window_free(watch->window);
    wh_hop_free(watch->hop);
    g_free(watch);
}
