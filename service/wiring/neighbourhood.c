#include "service/wiring/neighbourhood.h"

#include "platform/neighbours.h"
#include "service/wiring/service_private.h"

/* A machine that is missed is searched for again after pauses that double from the one to the
 * other: it may be switched on at any time. */
#define FIRST_PAUSE (WH_SECOND / 2)
#define LONGEST_PAUSE (10 * WH_MINUTE)

/* The system keeps an address of a machine that it has no use for until somebody asks, so those
 * that names lead to are asked for now and then: one that was given up is found out. */
#define CHECK_PAUSE (10 * WH_MINUTE)

/* watch: NULL while no host needs it, and where the system tells nobody; then the pauses have to
 * do. check_timer: runs while some host needs it.
 */
struct WhNeighbourhood {
    WhService *service;
    WhNeighbourWatch *watch;
    guint check_timer;
    gboolean needed;
    gboolean searching;
    gint64 pause;
    guint timer;
};

static gboolean read_table(WhNeighbourhood *neighbourhood)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) found = wh_neighbours_read(&error);

    if (found == NULL) {
        g_info("The machines beside this computer cannot be read: %s", error->message);
        return FALSE;
    }
    return wh_targets_take_neighbours(neighbourhood->service->targets, found);
}

static guint line_interface(const WhService *service)
{
    return service->monitor == NULL
               ? 0
               : wh_address_monitor_snapshot(service->monitor)->line[WH_FAMILY_IPV6].interface;
}

static void search_interface(guint interface, const GArray *missed)
{
    g_autoptr(GError) error = NULL;

    if (!wh_neighbours_call(interface, &error))
        g_info("Machines beside this computer cannot be called: %s", error->message);
    for (guint i = 0; i < missed->len; i++) {
        const WhAddress *address = &g_array_index(missed, WhAddress, i);

        wh_neighbours_probe(interface, 6, address->bytes, NULL);
    }
}

static void on_timer(gpointer data);

static void stop_searching(WhNeighbourhood *neighbourhood)
{
    neighbourhood->searching = FALSE;
    neighbourhood->pause = FIRST_PAUSE;
    wh_clock_remove_timer(neighbourhood->service->clock, &neighbourhood->timer);
}

static void search(WhNeighbourhood *neighbourhood, const GArray *missed)
{
    WhService *service = neighbourhood->service;
    guint interface = line_interface(service);

    if (interface != 0)
        search_interface(interface, missed);
    neighbourhood->searching = TRUE;
    neighbourhood->timer =
        wh_clock_add_timer(service->clock, neighbourhood->pause, on_timer, neighbourhood);
    neighbourhood->pause = MIN(2 * neighbourhood->pause, LONGEST_PAUSE);
}

/* Has the keeper look, which finds out who is missed still. */
static void look_anew(WhNeighbourhood *neighbourhood)
{
    read_table(neighbourhood);
    wh_keeper_look(neighbourhood->service->keeper);
    wh_neighbourhood_settle(neighbourhood);
}

static void on_timer(gpointer data)
{
    WhNeighbourhood *neighbourhood = data;

    neighbourhood->timer = 0;
    neighbourhood->searching = FALSE;
    look_anew(neighbourhood);
}

static void on_changed(gpointer data)
{
    WhNeighbourhood *neighbourhood = data;

    if (!read_table(neighbourhood))
        return;
    wh_keeper_look(neighbourhood->service->keeper);
    wh_events_settle_soon(neighbourhood->service);
}

static gboolean needs_neighbours(const WhHost *host)
{
    return host->device == WH_DEVICE_MAC && host->wants[WH_FAMILY_IPV6] && !host->paused;
}

static gboolean is_needed(WhService *service)
{
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);

    for (guint i = 0; i < hosts->len; i++) {
        if (needs_neighbours(g_ptr_array_index(hosts, i)))
            return TRUE;
    }
    return FALSE;
}

static void check_hosts(WhService *service, guint interface)
{
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);

    for (guint i = 0; interface != 0 && i < hosts->len; i++) {
        const WhHost *host = g_ptr_array_index(hosts, i);
        WhRecordView view;

        if (needs_neighbours(host) &&
            wh_keeper_view(service->keeper, host->id, WH_FAMILY_IPV6, &view) &&
            view.desired != NULL)
            wh_neighbours_probe(interface, 6, view.desired->bytes, NULL);
    }
}

/* Where the system tells nobody, what it found out by the last check is seen at the next one. */
static void on_check(gpointer data)
{
    WhNeighbourhood *neighbourhood = data;
    WhService *service = neighbourhood->service;

    neighbourhood->check_timer =
        wh_clock_add_timer(service->clock, CHECK_PAUSE, on_check, neighbourhood);
    if (neighbourhood->watch == NULL)
        look_anew(neighbourhood);
    check_hosts(service, line_interface(service));
}

static void begin(WhNeighbourhood *neighbourhood)
{
    g_autoptr(GError) error = NULL;

    neighbourhood->watch = wh_neighbour_watch_new(on_changed, neighbourhood, &error);
    if (neighbourhood->watch == NULL)
        g_info("Nobody tells which machines come and go: %s", error->message);
    neighbourhood->check_timer =
        wh_clock_add_timer(neighbourhood->service->clock, CHECK_PAUSE, on_check, neighbourhood);
    if (read_table(neighbourhood))
        wh_keeper_look(neighbourhood->service->keeper);
}

static void end(WhNeighbourhood *neighbourhood)
{
    g_clear_pointer(&neighbourhood->watch, wh_neighbour_watch_free);
    wh_clock_remove_timer(neighbourhood->service->clock, &neighbourhood->check_timer);
    stop_searching(neighbourhood);
}

void wh_neighbourhood_settle(WhNeighbourhood *neighbourhood)
{
    if (neighbourhood == NULL)
        return;
    gboolean needed = is_needed(neighbourhood->service);
    if (needed != neighbourhood->needed) {
        neighbourhood->needed = needed;
        (needed ? begin : end)(neighbourhood);
    }
    g_autoptr(GArray) missed = wh_targets_take_missed(neighbourhood->service->targets);
    if (!needed || neighbourhood->searching)
        return;
    if (missed != NULL)
        search(neighbourhood, missed);
    else
        stop_searching(neighbourhood);
}

gboolean wh_neighbourhood_look(WhNeighbourhood *neighbourhood)
{
    if (neighbourhood == NULL || !neighbourhood->needed)
        return FALSE;
    neighbourhood->pause = FIRST_PAUSE;
    if (neighbourhood->searching) {
        wh_clock_remove_timer(neighbourhood->service->clock, &neighbourhood->timer);
        neighbourhood->timer =
            wh_clock_add_timer(neighbourhood->service->clock, FIRST_PAUSE, on_timer, neighbourhood);
    }
    check_hosts(neighbourhood->service, line_interface(neighbourhood->service));
    return read_table(neighbourhood);
}

WhNeighbourhood *wh_neighbourhood_new(WhService *service)
{
    WhNeighbourhood *neighbourhood = g_new0(WhNeighbourhood, 1);

    neighbourhood->service = service;
    neighbourhood->pause = FIRST_PAUSE;
    return neighbourhood;
}

void wh_neighbourhood_free(WhNeighbourhood *neighbourhood)
{
    end(neighbourhood);
    g_free(neighbourhood);
}
