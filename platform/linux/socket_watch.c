#include "platform/socket_watch.h"

#include <gio/gio.h>

struct WhSocketWatch {
    WhSocketWatchFunc changed;
    gpointer data;
    GPtrArray *places;
};

/* monitor: of the folder that holds `next`, which is the socket or, when its folder does not exist,
 * the first folder on the way to it that does not. */
typedef struct {
    WhSocketWatch *watch;
    GFile *socket;
    GFile *next;
    GFileMonitor *monitor;
} Place;

static void look(Place *place);

static void stop(Place *place)
{
    if (place->monitor != NULL) {
        g_signal_handlers_disconnect_by_data(place->monitor, place);
        g_file_monitor_cancel(place->monitor);
    }
    g_clear_object(&place->monitor);
    g_clear_object(&place->next);
}

static void place_free(gpointer data)
{
    Place *place = data;
    stop(place);
    g_object_unref(place->socket);
    g_free(place);
}

static gboolean is_about(Place *place, GFile *file, GFile *other)
{
    return g_file_equal(file, place->next) || (other != NULL && g_file_equal(other, place->next));
}

static void happened(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                     gpointer data)
{
    Place *place = data;
    WhSocketWatch *watch = place->watch;
    /* The folder itself may have gone. */
    gboolean is_above = g_file_has_prefix(place->next, file);
    if (!is_above && !is_about(place, file, other))
        return;
    look(place);
    watch->changed(watch->data);
}

/* The existing folder nearest to the socket; *next: what is waited for in it. */
static GFile *nearest_folder(GFile *socket, GFile **next)
{
    GFile *missing = g_object_ref(socket);
    GFile *folder = g_file_get_parent(missing);
    while (folder != NULL && !g_file_query_exists(folder, NULL)) {
        g_object_unref(missing);
        missing = folder;
        folder = g_file_get_parent(missing);
    }
    *next = missing;
    return folder;
}

static void look(Place *place)
{
    stop(place);
    g_autoptr(GFile) folder = nearest_folder(place->socket, &place->next);
    if (folder == NULL)
        return;
    place->monitor = g_file_monitor_directory(folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
    if (place->monitor != NULL)
        g_signal_connect(place->monitor, "changed", G_CALLBACK(happened), place);
}

static void add(WhSocketWatch *watch, const char *address)
{
    Place *place = g_new0(Place, 1);
    place->watch = watch;
    place->socket = g_file_new_for_path(address);
    g_ptr_array_add(watch->places, place);
    look(place);
}

gboolean wh_socket_watch_sees(WhSocketWatch *watch)
{
    for (guint i = 0; i < watch->places->len; i++) {
        const Place *place = watch->places->pdata[i];
        if (place->monitor == NULL)
            return FALSE;
    }
    return watch->places->len > 0;
}

WhSocketWatch *wh_socket_watch_new(const char *const *addresses, WhSocketWatchFunc changed,
                                   gpointer data)
{
    WhSocketWatch *watch = g_new0(WhSocketWatch, 1);
    watch->changed = changed;
    watch->data = data;
    watch->places = g_ptr_array_new_with_free_func(place_free);
    for (guint i = 0; addresses[i] != NULL; i++)
        add(watch, addresses[i]);
    return watch;
}

void wh_socket_watch_free(WhSocketWatch *watch)
{
    if (watch == NULL)
        return;
    g_ptr_array_unref(watch->places);
    g_free(watch);
}
