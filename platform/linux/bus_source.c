#include "platform/linux/bus_source.h"

#include <poll.h>

typedef struct {
    GSource source;
    sd_bus *bus;
    GPollFD poll;
    WhBusSourceLostFunc lost;
    gpointer data;
} BusSource;

/* Milliseconds until sd-bus wants to run by itself, -1 for never; rounded up, lest the loop turns
 * through the last millisecond. */
static gint timeout_left(sd_bus *bus)
{
    guint64 deadline = G_MAXUINT64;
    guint64 now = (guint64)g_get_monotonic_time();

    if (sd_bus_get_timeout(bus, &deadline) < 0 || deadline == G_MAXUINT64)
        return -1;
    return deadline <= now ? 0 : (gint)MIN((deadline - now + 999) / 1000, G_MAXINT);
}

/* A poll record that is changed in place: g_source_modify_unix_fd() would wake the loop each time.
 */
static gboolean bus_prepare(GSource *source, gint *timeout)
{
    BusSource *bus = (BusSource *)source;
    int events = sd_bus_get_events(bus->bus);

    bus->poll.events = (gushort)(events > 0 ? events : 0);
    *timeout = events < 0 ? 0 : timeout_left(bus->bus);
    return *timeout == 0;
}

static gboolean bus_check(GSource *source)
{
    BusSource *bus = (BusSource *)source;

    return bus->poll.revents != 0 || timeout_left(bus->bus) == 0;
}

static gboolean bus_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    BusSource *bus = (BusSource *)source;
    int processed;

    do
        processed = sd_bus_process(bus->bus, NULL);
    while (processed > 0 && !g_source_is_destroyed(source));
    if (processed < 0 && !g_source_is_destroyed(source))
        bus->lost(-processed, bus->data);
    return G_SOURCE_CONTINUE;
}

static void bus_finalize(GSource *source)
{
    BusSource *bus = (BusSource *)source;

    sd_bus_close_unref(bus->bus);
}

GSource *wh_bus_source_new(sd_bus *bus, WhBusSourceLostFunc lost, gpointer data)
{
    static GSourceFuncs funcs = {
        .prepare = bus_prepare,
        .check = bus_check,
        .dispatch = bus_dispatch,
        .finalize = bus_finalize,
    };
    BusSource *source = (BusSource *)g_source_new(&funcs, sizeof *source);

    source->bus = sd_bus_ref(bus);
    source->lost = lost;
    source->data = data;
    source->poll.fd = sd_bus_get_fd(bus);
    g_source_add_poll(&source->source, &source->poll);
    g_source_set_static_name(&source->source, "wh-bus");
    return &source->source;
}
