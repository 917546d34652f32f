#include "service/wiring/whereabouts.h"

#include "platform/network_identity.h"
#include "service/wiring/service_private.h"

/* After an event that no host waits for, updates leave first. */
#define NO_HURRY (50 * WH_MILLISECOND)

/* The system has to ask the router for its hardware address first, which may be slow to answer
 * after a link came up: the pause doubles, and after so many tries the next event is waited for. */
#define FIRST_PAUSE (20 * WH_MILLISECOND)
#define MOST_TRIES 12

/* last: the network that was known last, or NULL. */
struct WhWhereabouts {
    WhService *service;
    guint tries;
    guint timer;
    char *last;
};

/* The line by which a network is recognised: that of IPv4, or of IPv6 where there is no other. */
static const WhDefaultRoute *find_line(const WhAddressSnapshot *snapshot, WhFamily *family)
{
    *family = snapshot->line[WH_FAMILY_IPV4].interface != 0 ? WH_FAMILY_IPV4 : WH_FAMILY_IPV6;
    const WhDefaultRoute *line = &snapshot->line[*family];
    return line->interface != 0 && line->has_gateway ? line : NULL;
}

/* NULL: not known, or not yet; `pending`: worth another look in a moment. */
static char *identify(WhService *service, gboolean *pending)
{
    g_auto(WhNetworkIdentity) identity = {0};
    g_autoptr(GError) error = NULL;
    WhFamily family;

    *pending = FALSE;
    if (service->monitor == NULL)
        return NULL;
    const WhDefaultRoute *line = find_line(wh_address_monitor_snapshot(service->monitor), &family);
    if (line == NULL)
        return NULL;
    if (!wh_network_identity_read(line->interface, family == WH_FAMILY_IPV4 ? 4 : 6, line->gateway,
                                  &identity, &error)) {
        g_info("This network cannot be recognised: %s", error->message);
        return NULL;
    }
    *pending = !identity.has_gateway_mac;
    return wh_network_identity_id(&identity);
}

static void on_timer(gpointer data);

static void look_later(WhWhereabouts *whereabouts, gint64 delay)
{
    wh_clock_remove_timer(whereabouts->service->clock, &whereabouts->timer);
    whereabouts->timer =
        wh_clock_add_timer(whereabouts->service->clock, delay, on_timer, whereabouts);
}

/* Another network than the last one that was known, though the way out may look the same: the
 * router has the address that the other one had. */
static gboolean has_moved(WhWhereabouts *whereabouts, const char *id)
{
    if (id == NULL || g_strcmp0(id, whereabouts->last) == 0)
        return FALSE;
    gboolean moved = whereabouts->last != NULL;
    g_free(whereabouts->last);
    whereabouts->last = g_strdup(id);
    return moved;
}

static void forget(WhService *service)
{
    wh_home_router_forget(service->home_router);
    wh_detector_forget(service->detector);
}

/* moved: what was known of the other network is forgotten, and everybody has to look again. */
static gboolean read_now(WhWhereabouts *whereabouts, gboolean *moved)
{
    WhService *service = whereabouts->service;
    gboolean pending;
    g_autofree char *id = identify(service, &pending);

    *moved = has_moved(whereabouts, id);
    if (*moved)
        forget(service);
    gboolean changed = wh_surroundings_set_network(wh_targets_surroundings(service->targets), id);

    if (pending && whereabouts->tries < MOST_TRIES)
        look_later(whereabouts, FIRST_PAUSE << whereabouts->tries++);
    if (changed && service->control != NULL)
        wh_control_service_changed(service->control);
    return changed;
}

static void on_timer(gpointer data)
{
    WhWhereabouts *whereabouts = data;

    gboolean moved;

    whereabouts->timer = 0;
    gboolean changed = read_now(whereabouts, &moved);
    if (moved)
        wh_events_look(whereabouts->service);
    if (changed)
        wh_keeper_look(whereabouts->service->keeper);
}

static gboolean is_awaited(WhService *service)
{
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);

    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = g_ptr_array_index(hosts, i);

        if (host->networks != NULL)
            return TRUE;
    }
    return FALSE;
}

gboolean wh_whereabouts_look(WhWhereabouts *whereabouts)
{
    if (whereabouts == NULL)
        return FALSE;
    gboolean moved;

    whereabouts->tries = 0;
    wh_clock_remove_timer(whereabouts->service->clock, &whereabouts->timer);
    if (is_awaited(whereabouts->service))
        return read_now(whereabouts, &moved);
    look_later(whereabouts, NO_HURRY);
    return FALSE;
}

WhWhereabouts *wh_whereabouts_new(WhService *service)
{
    WhWhereabouts *whereabouts = g_new0(WhWhereabouts, 1);

    whereabouts->service = service;
    return whereabouts;
}

void wh_whereabouts_free(WhWhereabouts *whereabouts)
{
    wh_clock_remove_timer(whereabouts->service->clock, &whereabouts->timer);
    g_free(whereabouts->last);
    g_free(whereabouts);
}
