#include "service/gateway/igd_search.h"

#include "service/gateway/endpoint.h"
#include "service/gateway/igd_ssdp.h"
#include "service/gateway/igd_url.h"
#include "service/net/datagrams.h"

#include <gio/gnetworking.h>

#include <string.h>

/* UPnP Device Architecture 1.1 section 1: how far a search may go. */
#define TTL 2

/* Datagrams of anybody that are read after a question. */
#define MAX_ANSWERS 512

/* Descriptions that a router may have. */
#define MAX_PLACES 4

G_STATIC_ASSERT(WH_DATAGRAM_MOST > WH_IGD_SSDP_MOST);

/* datagrams NULL: nobody listens. answers: how many came to the last question. */
struct WhIgdSearch {
    WhClock *clock;
    WhGatewayRoute route;
    WhAddress group;
    guint16 port;
    WhComplaints *complaints;
    WhIgdSearchFunc found;
    gpointer data;
    WhDatagrams *datagrams;
    guint timer;
    gboolean asked_again;
    guint answers;
    GPtrArray *places;
};

static void stop_listening(WhIgdSearch *search)
{
    g_clear_pointer(&search->datagrams, wh_datagrams_free);
}

/* A datagram that the system does not take is lost like one on the way. */
static void send_to(WhIgdSearch *search, const WhAddress *to)
{
    char host[WH_ADDRESS_STRLEN];
    g_autofree char *place = g_strdup_printf("%s:%u", wh_address_format(to, host), search->port);
    g_autoptr(GSocketAddress) endpoint = wh_endpoint_new(to, search->port);
    for (guint kind = 0; kind < WH_IGD_SSDP_KINDS; kind++) {
        g_autofree char *question = wh_igd_ssdp_question(kind, place);
        g_socket_send_to(wh_datagrams_socket(search->datagrams), endpoint, question,
                         strlen(question), NULL, NULL);
    }
}

static gboolean is_known(const WhIgdSearch *search, const char *place)
{
    return g_ptr_array_find_with_equal_func(search->places, place, g_str_equal, NULL);
}

/* The description that an answer leads to, if it is the router's and new; owned by the search. */
static const char *examine(WhIgdSearch *search, GSocketAddress *sender, const guint8 *bytes,
                           gsize length)
{
    WhAddress from;
    /* Other devices may answer a search, too. */
    if (!wh_endpoint_read(sender, &from) || !wh_address_equal(&from, &search->route.router))
        return NULL;
    g_autofree char *named = wh_igd_ssdp_read((const char *)bytes, length);
    if (named == NULL) {
        wh_complaints_add(search->complaints, &from, "a malformed answer to a search by UPnP");
        return NULL;
    }
    g_autofree char *place = wh_igd_url_resolve(NULL, named, &search->route.router);
    if (place == NULL) {
        wh_complaints_add(search->complaints, &from,
                          "a UPnP description that is not at the router itself");
        return NULL;
    }
    if (search->places->len >= MAX_PLACES || is_known(search, place))
        return NULL;
    g_ptr_array_add(search->places, g_steal_pointer(&place));
    return g_ptr_array_index(search->places, search->places->len - 1);
}

static gboolean on_datagram(GSocketAddress *sender, const guint8 *bytes, gsize length,
                            gpointer data)
{
    WhIgdSearch *search = data;
    if (++search->answers > MAX_ANSWERS) {
        stop_listening(search);
        return FALSE;
    }
    const char *place = examine(search, sender, bytes, length);
    if (place == NULL)
        return TRUE;
    /* The search may be gone afterwards; what else came is read in the next turn. */
    search->found(place, search->data);
    return FALSE;
}

static void be_over(gpointer data)
{
    WhIgdSearch *search = data;
    search->timer = 0;
    stop_listening(search);
    search->found(NULL, search->data);
}

/* By the interface that has the route's own address. */
static gboolean aim(GSocket *socket, const WhGatewayRoute *route)
{
    gint32 self;
    memcpy(&self, route->self.bytes, sizeof self);
    g_socket_set_multicast_ttl(socket, TTL);
    g_socket_set_multicast_loopback(socket, FALSE);
    return g_socket_set_option(socket, IPPROTO_IP, IP_MULTICAST_IF, self, NULL);
}

static GSocket *open_socket(const WhGatewayRoute *route)
{
    g_autoptr(GSocketAddress) self = wh_endpoint_new(&route->self, 0);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    if (socket == NULL || !g_socket_bind(socket, self, FALSE, NULL) || !aim(socket, route))
        return NULL;
    g_socket_set_blocking(socket, FALSE);
    return g_steal_pointer(&socket);
}

/* On a port of its own, so that whatever comes for the question before is in nobody's way. FALSE:
 * there is no way to the network now. */
static gboolean listen_anew(WhIgdSearch *search)
{
    static const WhDatagramEvents arrivals = {.datagram = on_datagram};
    stop_listening(search);
    GSocket *socket = open_socket(&search->route);
    if (socket == NULL)
        return FALSE;
    search->answers = 0;
    search->datagrams = wh_datagrams_new(socket, &arrivals, search);
    return TRUE;
}

static void ask(gpointer data)
{
    WhIgdSearch *search = data;
    gboolean again = search->asked_again;
    search->asked_again = TRUE;
    if (!listen_anew(search)) {
        search->timer = wh_clock_add_timer(search->clock, 0, be_over, search);
        return;
    }
    /* Asked directly, it hears even where the network keeps multicast to itself. */
    send_to(search, &search->group);
    if (!wh_address_equal(&search->group, &search->route.router))
        send_to(search, &search->route.router);
    search->timer = wh_clock_add_timer(search->clock, WH_IGD_SEARCH_PATIENCE / 2,
                                       again ? be_over : ask, search);
}

WhIgdSearch *wh_igd_search_new(WhClock *clock, const WhGatewayRoute *route, const WhAddress *group,
                               guint16 port, WhComplaints *complaints, WhIgdSearchFunc found,
                               gpointer data)
{
    WhIgdSearch *search = g_new0(WhIgdSearch, 1);
    search->clock = clock;
    search->route = *route;
    search->group = *group;
    search->port = port;
    search->complaints = complaints;
    search->found = found;
    search->data = data;
    search->places = g_ptr_array_new_with_free_func(g_free);
    ask(search);
    return search;
}

void wh_igd_search_free(WhIgdSearch *search)
{
    if (search == NULL)
        return;
    wh_clock_remove_timer(search->clock, &search->timer);
    stop_listening(search);
    g_ptr_array_unref(search->places);
    g_free(search);
}
