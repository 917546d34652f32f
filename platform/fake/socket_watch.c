#include "platform/socket_watch.h"

#include "platform/fake/bell.h"
#include "platform/fake/socket_watches.h"
#include "platform/fake/state.h"

struct WhSocketWatch {
    char **addresses;
    WhSocketWatchFunc changed;
    gpointer data;
    GSource *bell;
};

static void bell_rang(gpointer data)
{
    WhSocketWatch *watch = data;

    watch->changed(watch->data);
}

WhSocketWatch *wh_socket_watch_new(const char *const *addresses, WhSocketWatchFunc changed,
                                   gpointer data)
{
    WhSocketWatch *watch = g_new0(WhSocketWatch, 1);

    watch->addresses = g_strdupv((char **)addresses);
    watch->changed = changed;
    watch->data = data;
    watch->bell = wh_fake_bell_new(bell_rang, watch);
    g_ptr_array_add(wh_fake_state()->socket_watches, watch);
    return watch;
}

gboolean wh_socket_watch_sees(WhSocketWatch *watch)
{
    return TRUE;
}

void wh_socket_watch_free(WhSocketWatch *watch)
{
    if (watch == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->socket_watches, watch);
    wh_fake_bell_free(watch->bell);
    g_strfreev(watch->addresses);
    g_free(watch);
}

void wh_fake_socket_watches_ring(const char *address)
{
    GPtrArray *watches = wh_fake_state()->socket_watches;

    for (guint i = 0; i < watches->len; i++) {
        WhSocketWatch *watch = g_ptr_array_index(watches, i);

        if (g_strv_contains((const char *const *)watch->addresses, address))
            wh_fake_bell_ring(watch->bell);
    }
}
