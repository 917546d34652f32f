#include "platform/fake/clock_watch_fake.h"

#include "platform/fake/bell.h"
#include "platform/fake/state.h"

struct WhClockWatch {
    GSource *bell;
};

WhClockWatch *wh_clock_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error)
{
    WhClockWatch *watch;

    if (wh_fake_state()->no_clock) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                            "Nobody tells here when the clock is set");
        return NULL;
    }
    watch = g_new0(WhClockWatch, 1);
    watch->bell = wh_fake_bell_new(jumped, data);
    g_ptr_array_add(wh_fake_state()->clock_watches, watch);
    return watch;
}

void wh_clock_watch_free(WhClockWatch *watch)
{
    if (watch == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->clock_watches, watch);
    wh_fake_bell_free(watch->bell);
    g_free(watch);
}

void wh_fake_clock_watch_fire(void)
{
    GPtrArray *watches = wh_fake_state()->clock_watches;

    for (guint i = 0; i < watches->len; i++)
        wh_fake_bell_ring(((WhClockWatch *)g_ptr_array_index(watches, i))->bell);
}

void wh_fake_clock_watch_set_supported(gboolean supported)
{
    wh_fake_state()->no_clock = !supported;
}
