#include "service/gateway/gena_door.h"

#include "service/base/bucket.h"
#include "service/gateway/endpoint.h"
#include "service/gateway/gena_request.h"
#include "service/gateway/gena_visit.h"

#include <gio/gio.h>

#define PATH_WORDS 4

/* left: how many connections may be taken now. rest: runs while none may. */
struct WhGenaDoor {
    WhClock *clock;
    WhAddress router;
    WhComplaints *complaints;
    WhGenaDoorFunc knocked;
    gpointer data;
    GSocket *socket;
    GSource *source;
    char *path;
    char *url;
    GPtrArray *visits;
    WhBucket left;
    guint rest;
};

static void watch(WhGenaDoor *door);

static void stop_watching(WhGenaDoor *door)
{
    if (door->source != NULL)
        g_source_destroy(door->source);
    g_clear_pointer(&door->source, g_source_unref);
}

static guint read_head(const char *head, gsize length, gpointer data)
{
    WhGenaDoor *door = data;
    g_autofree char *sid = NULL;
    guint status = wh_gena_request_read(head, length, door->path, &sid);
    if (status == 200 && !door->knocked(sid, door->data))
        status = 412;
    if (status != 200)
        wh_complaints_add(door->complaints, &door->router, "an event that is none of ours");
    return status;
}

static void end_visit(WhGenaVisit *visit, const char *wrong, gpointer data)
{
    WhGenaDoor *door = data;
    if (wrong != NULL)
        wh_complaints_add(door->complaints, &door->router, wrong);
    g_ptr_array_remove_fast(door->visits, visit);
}

/* A handshake that is complete, so the address is not a forged one: the peer's own system answers
 * at it. */
static gboolean is_router(WhGenaDoor *door, GSocket *peer)
{
    WhAddress from;
    g_autoptr(GSocketAddress) remote = g_socket_get_remote_address(peer, NULL);
    if (remote == NULL || !wh_endpoint_read(remote, &from))
        return FALSE;
    if (wh_address_equal(&from, &door->router))
        return TRUE;
    wh_complaints_add(door->complaints, &from, "a connection that is not the router's");
    return FALSE;
}

static void let_in(WhGenaDoor *door, GSocket *peer)
{
    static const WhGenaVisitEvents events = {.head = read_head, .over = end_visit};
    if (!is_router(door, peer))
        return;
    if (door->visits->len >= WH_GENA_DOOR_CONNECTIONS) {
        wh_complaints_add(door->complaints, &door->router, "more events at a time than are taken");
        return;
    }
    g_ptr_array_add(door->visits,
                    wh_gena_visit_new(door->clock, peer, WH_GENA_DOOR_PATIENCE, &events, door));
}

static void end_rest(gpointer data)
{
    WhGenaDoor *door = data;
    door->rest = 0;
    watch(door);
}

static gboolean on_knock(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhGenaDoor *door = data;
    /* The others wait in the system's queue; what is too much for that is turned away there. */
    if (!wh_bucket_take(&door->left, wh_clock_monotonic(door->clock))) {
        stop_watching(door);
        door->rest = wh_clock_add_timer(door->clock, WH_GENA_DOOR_REFILL, end_rest, door);
        return G_SOURCE_REMOVE;
    }
    g_autoptr(GSocket) peer = g_socket_accept(socket, NULL, NULL);
    if (peer != NULL)
        let_in(door, peer);
    return G_SOURCE_CONTINUE;
}

static void watch(WhGenaDoor *door)
{
    door->source = g_socket_create_source(door->socket, G_IO_IN, NULL);
    g_source_set_callback(door->source, G_SOURCE_FUNC(on_knock), door, NULL);
    g_source_attach(door->source, NULL);
}

/* A generator of its own for each path, so that all that decides it are 128 bits of the system's
 * and no path tells of another. */
static char *make_path(void)
{
    GRand *random = g_rand_new();
    GString *path = g_string_new("/");
    for (guint i = 0; i < PATH_WORDS; i++)
        g_string_append_printf(path, "%08x", g_rand_int(random));
    g_rand_free(random);
    return g_string_free(path, FALSE);
}

static GSocket *listen_at(const WhAddress *address, guint16 *port, GError **error)
{
    g_autoptr(GSocketAddress) wanted = wh_endpoint_new(address, 0);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
    if (socket == NULL || !g_socket_bind(socket, wanted, FALSE, error))
        return NULL;
    g_socket_set_listen_backlog(socket, WH_GENA_DOOR_CONNECTIONS);
    g_socket_set_blocking(socket, FALSE);
    if (!g_socket_listen(socket, error))
        return NULL;
    g_autoptr(GSocketAddress) local = g_socket_get_local_address(socket, error);
    if (local == NULL)
        return NULL;
    *port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(local));
    return g_steal_pointer(&socket);
}

WhGenaDoor *wh_gena_door_new(WhClock *clock, const WhGatewayRoute *route, WhComplaints *complaints,
                             WhGenaDoorFunc knocked, gpointer data, GError **error)
{
    guint16 port;
    char self[WH_ADDRESS_STRLEN];
    g_autoptr(GSocket) socket = listen_at(&route->self, &port, error);
    if (socket == NULL)
        return NULL;
    WhGenaDoor *door = g_new0(WhGenaDoor, 1);
    door->clock = clock;
    door->router = route->router;
    door->complaints = complaints;
    door->knocked = knocked;
    door->data = data;
    door->socket = g_steal_pointer(&socket);
    door->path = make_path();
    door->url =
        g_strdup_printf("http://%s:%u%s", wh_address_format(&route->self, self), port, door->path);
    door->visits = g_ptr_array_new_with_free_func((GDestroyNotify)wh_gena_visit_free);
    door->left = wh_bucket_new(WH_GENA_DOOR_BURST, WH_GENA_DOOR_REFILL, wh_clock_monotonic(clock));
    watch(door);
    return door;
}

void wh_gena_door_free(WhGenaDoor *door)
{
    if (door == NULL)
        return;
    wh_clock_remove_timer(door->clock, &door->rest);
    stop_watching(door);
    g_ptr_array_unref(door->visits);
    g_object_unref(door->socket);
    g_free(door->path);
    g_free(door->url);
    g_free(door);
}

const char *wh_gena_door_url(const WhGenaDoor *door)
{
    return door->url;
}
