/* Where the router's events knock: the one place at which this program lets anybody in from the
 * network. Private to this room.
 *
 * It listens at this computer's address at home, at no other, on a port of the system's choice, and
 * is there only while a subscription is. Who is not the router is turned away before a byte is
 * read; the router has to know a path of 128 random bits. Of what it sends only the head is read,
 * of a few kB and within seconds; the rest is thrown away. Few connections are open at a time, and
 * few are taken in a second. */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/gateway_route.h"

G_BEGIN_DECLS

#define WH_GENA_DOOR_CONNECTIONS 4

/* A connection ends after this, whatever it is about. */
#define WH_GENA_DOOR_PATIENCE (5 * WH_SECOND)

/* So many connections are taken at once, and one more in each of these intervals. */
#define WH_GENA_DOOR_BURST 32
#define WH_GENA_DOOR_REFILL (125 * WH_MILLISECOND)

/* An event for the subscription `sid`. FALSE: it is not ours. The door must not be freed in it. */
typedef gboolean (*WhGenaDoorFunc)(const char *sid, gpointer data);

typedef struct WhGenaDoor WhGenaDoor;

/* NULL: this address cannot be listened at. */
WhGenaDoor *wh_gena_door_new(WhClock *clock, const WhGatewayRoute *route, WhComplaints *complaints,
                             WhGenaDoorFunc knocked, gpointer data, GError **error);
void wh_gena_door_free(WhGenaDoor *door);

/* The address that the router is told: "http://192.168.1.2:43210/5f0c...". Owned by the door. */
const char *wh_gena_door_url(const WhGenaDoor *door);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhGenaDoor, wh_gena_door_free)

G_END_DECLS
