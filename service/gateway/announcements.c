#include "service/gateway/announcements.h"

#include "service/gateway/endpoint.h"
#include "service/gateway/natpmp.h"
#include "service/gateway/pcp.h"
#include "service/net/datagrams.h"

/* All machines of the network. */
#define GROUP "224.0.0.1"

#define DOORS 2

/* doors: NULL where a port could not be had. */
struct WhAnnouncements {
    WhAddress router;
    WhComplaints *complaints;
    WhAnnouncementsFunc heard;
    gpointer data;
    WhDatagrams *doors[DOORS];
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
static gboolean examine(WhAnnouncements *announcements, GSocketAddress *sender, const guint8 *bytes,
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
    if (!wh_announcement_read(bytes, length, kind)) {
        wh_complaints_add(announcements->complaints, &from, "a malformed announcement");
        return FALSE;
    }
    return TRUE;
}

static gboolean on_datagram(GSocketAddress *sender, const guint8 *bytes, gsize length,
                            gpointer data)
{
    WhAnnouncements *announcements = data;
    WhAnnouncementKind kind;
    if (!examine(announcements, sender, bytes, length, &kind))
        return TRUE;
    announcements->heard(kind, announcements->data);
    return FALSE;
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

static WhDatagrams *open_door(WhAnnouncements *announcements, const WhGatewayRoute *route,
                              guint16 port, GError **error)
{
    static const WhDatagramEvents arrivals = {.datagram = on_datagram};
    GSocket *socket = open_socket(route, port, error);
    return socket == NULL ? NULL : wh_datagrams_new(socket, &arrivals, announcements);
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
    announcements->doors[0] = open_door(announcements, route, port, &error);
    if (announcements->doors[0] == NULL)
        announcements->trouble = g_strdup(error->message);
    /* Routers that announce there do so at the newer port as well. */
    announcements->doors[1] = open_door(announcements, route, old_port, NULL);
    return announcements;
}

void wh_announcements_free(WhAnnouncements *announcements)
{
    if (announcements == NULL)
        return;
    for (guint i = 0; i < DOORS; i++)
        wh_datagrams_free(announcements->doors[i]);
    g_free(announcements->trouble);
    g_free(announcements);
}

const char *wh_announcements_trouble(const WhAnnouncements *announcements)
{
    return announcements->trouble;
}
