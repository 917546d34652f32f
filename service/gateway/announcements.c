#include "service/gateway/announcements.h"

#include "service/gateway/endpoint.h"
#include "service/gateway/natpmp.h"
#include "service/gateway/pcp.h"

/* All machines of the network. */
#define GROUP "224.0.0.1"

/* More than any announcement has, so that a longer one is seen to be too long. */
#define MAX_DATAGRAM 1200

/* Datagrams read in one turn of the main loop, so that a flood holds nobody else up. */
#define MAX_IN_ONE_TURN 16

#define DOORS 2

typedef struct {
    GSocket *socket;
    GSource *source;
} Door;

struct WhAnnouncements {
    WhAddress router;
    WhComplaints *complaints;
    WhAnnouncementsFunc heard;
    gpointer data;
    Door doors[DOORS];
    char *trouble;
};

gboolean wh_announcement_read(const guint8 *bytes, gsize length, WhAnnouncementKind *kind)
{
    WhNatpmpAnswer natpmp;
    WhPcpAnswer pcp;
    if (wh_natpmp_read(bytes, length, &natpmp)) {
        if (natpmp.result == WH_NATPMP_UNSUPPORTED_VERSION)
            return FALSE;
        *kind = WH_ANNOUNCEMENT_NATPMP;
        return TRUE;
    }
    if (!wh_pcp_read_announce(bytes, length, &pcp) || pcp.result != WH_PCP_SUCCESS)
        return FALSE;
    *kind = WH_ANNOUNCEMENT_PCP;
    return TRUE;
}

/* Whether the bytes are an announcement of the router. */
static gboolean examine(WhAnnouncements *announcements, GSocketAddress *sender, const char *bytes,
                        gsize length, WhAnnouncementKind *kind)
{
    WhAddress from;
    if (!wh_endpoint_read(sender, &from)) {
        wh_complaints_add(announcements->complaints, NULL, "an announcement");
        return FALSE;
    }
    if (!wh_address_equal(&from, &announcements->router)) {
        wh_complaints_add(announcements->complaints, &from,
                          "an announcement that does not come from the router");
        return FALSE;
    }
    if (!wh_announcement_read((const guint8 *)bytes, length, kind)) {
        wh_complaints_add(announcements->complaints, &from, "a malformed announcement");
        return FALSE;
    }
    return TRUE;
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    WhAnnouncements *announcements = data;
    for (guint i = 0; i < MAX_IN_ONE_TURN; i++) {
        char bytes[MAX_DATAGRAM];
        WhAnnouncementKind kind;
        g_autoptr(GSocketAddress) sender = NULL;
        gssize length = g_socket_receive_from(socket, &sender, bytes, sizeof bytes, NULL, NULL);
        /* What is wrong with one datagram is not wrong with the next. */
        if (length < 0)
            return G_SOURCE_CONTINUE;
        if (!examine(announcements, sender, bytes, (gsize)length, &kind))
            continue;
        announcements->heard(kind, announcements->data);
        return G_SOURCE_CONTINUE;
    }
    return G_SOURCE_CONTINUE;
}

/* Bound to every address: a socket that is bound to the group hears nothing on Windows. */
static GSocket *open_socket(const WhGatewayRoute *route, guint16 port, GError **error)
{
    g_autoptr(GInetAddress) any = g_inet_address_new_any(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(any, port);
    g_autoptr(GInetAddress) group = g_inet_address_new_from_string(GROUP);
    const char *name = route->name[0] != '\0' ? route->name : NULL;
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
    if (socket == NULL || !g_socket_bind(socket, address, TRUE, error))
        return NULL;
    /* Every machine belongs to this group anyway (RFC 1112 section 4), and some systems refuse to
     * join it once more. */
    g_socket_join_multicast_group(socket, group, FALSE, name, NULL);
    g_socket_set_blocking(socket, FALSE);
    return g_steal_pointer(&socket);
}

static gboolean open_door(WhAnnouncements *announcements, Door *door, const WhGatewayRoute *route,
                          guint16 port, GError **error)
{
    door->socket = open_socket(route, port, error);
    if (door->socket == NULL)
        return FALSE;
    door->source = g_socket_create_source(door->socket, G_IO_IN, NULL);
    g_source_set_callback(door->source, G_SOURCE_FUNC(on_readable), announcements, NULL);
    g_source_attach(door->source, NULL);
    return TRUE;
}

static void close_door(Door *door)
{
    if (door->socket == NULL)
        return;
    g_source_destroy(door->source);
    g_source_unref(door->source);
    g_object_unref(door->socket);
}

WhAnnouncements *wh_announcements_new(const WhGatewayRoute *route, guint16 port, guint16 old_port,
                                      WhComplaints *complaints, WhAnnouncementsFunc heard,
                                      gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhAnnouncements *announcements = g_new0(WhAnnouncements, 1);
    announcements->router = route->router;
    announcements->complaints = complaints;
    announcements->heard = heard;
    announcements->data = data;
    if (!open_door(announcements, &announcements->doors[0], route, port, &error))
        announcements->trouble = g_strdup(error->message);
    /* Routers that announce there do so at the newer port as well. */
    open_door(announcements, &announcements->doors[1], route, old_port, NULL);
    return announcements;
}

void wh_announcements_free(WhAnnouncements *announcements)
{
    if (announcements == NULL)
        return;
    for (guint i = 0; i < DOORS; i++)
        close_door(&announcements->doors[i]);
    g_free(announcements->trouble);
    g_free(announcements);
}

const char *wh_announcements_trouble(const WhAnnouncements *announcements)
{
    return announcements->trouble;
}
