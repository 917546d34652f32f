/* Hears the router announce that something changed: NAT-PMP (RFC 6886 section 3.2.1) and PCP (RFC
 * 6887 section 14.1.2), both to 224.0.0.1. Private to this room.
 *
 * What an announcement says is not believed, for anybody on the network at home can send one in the
 * router's name: it means "ask the router". */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/gateway_route.h"

G_BEGIN_DECLS

#define WH_ANNOUNCEMENTS_PORT 5350

/* Where routers announced before RFC 6886. */
#define WH_ANNOUNCEMENTS_OLD_PORT 5351

typedef enum {
    WH_ANNOUNCEMENT_NATPMP,
    WH_ANNOUNCEMENT_PCP,
} WhAnnouncementKind;

/* A well-formed one from the route's router. May free the listener. */
typedef void (*WhAnnouncementsFunc)(WhAnnouncementKind kind, gpointer data);

/* FALSE, with `kind` untouched: these bytes are neither. */
gboolean wh_announcement_read(const guint8 *bytes, gsize length, WhAnnouncementKind *kind);

typedef struct WhAnnouncements WhAnnouncements;

/* Listens to the group, on the route's interface. `port`, `old_port`: the two above, but for tests.
 * Where a port cannot be had it goes on without, and _trouble() says so. */
WhAnnouncements *wh_announcements_new(const WhGatewayRoute *route, guint16 port, guint16 old_port,
                                      WhComplaints *complaints, WhAnnouncementsFunc heard,
                                      gpointer data);
void wh_announcements_free(WhAnnouncements *announcements);

/* Why none can be heard; NULL: they can. Owned by the listener. */
const char *wh_announcements_trouble(const WhAnnouncements *announcements);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAnnouncements, wh_announcements_free)

G_END_DECLS
