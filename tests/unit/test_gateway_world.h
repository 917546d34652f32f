/* A gateway whose ways to the router are played by the test. */
#pragma once

#include "service/gateway/gateway_pace.h"
#include "service/gateway/gateway_parts.h"
#include "tests/support/fake_clock.h"

G_BEGIN_DECLS

/* A way to the router. open: a question that was not answered yet. asked: how many there were;
 * hurried: how many came while one was open. */
typedef struct {
    gboolean there;
    gboolean open;
    guint asked;
    guint hurried;
    guint counted;
    guint told_of_restart;
} WayDouble;

typedef struct {
    WhGatewayParts parts;
    WhFakeClock *fake;
    WhClock *clock;
    WhGateway *gateway;
    WayDouble natpmp;
    WayDouble upnp;
    gboolean listening;
    gboolean no_listener;
    WhNatpmpFunc natpmp_heard;
    WhIgdFunc upnp_heard;
    WhAnnouncementsFunc announced;
    gpointer data;
    gboolean free_when_told;
    guint changes;
    WhGatewayReport told;
} GatewayWorld;

void gateway_world_init(GatewayWorld *world);
void gateway_world_clear(GatewayWorld *world);

/* The same as init, with a route and wanted; both ways are asked then. */
void gateway_world_start(GatewayWorld *world);

WhGatewayRoute gateway_world_route(void);

/* The answer to the open question; address NULL: none. */
void natpmp_says(GatewayWorld *world, const char *address);
void natpmp_is(GatewayWorld *world, WhNatpmpOutcome outcome);
void natpmp_restarted(GatewayWorld *world, const char *address);
void upnp_says(GatewayWorld *world, const char *address);
void upnp_is_silent(GatewayWorld *world);

void upnp_event(GatewayWorld *world);
void announce(GatewayWorld *world, WhAnnouncementKind kind);

/* Lets the hands go on; nobody answers meanwhile. */
void pass(GatewayWorld *world, gint64 time);

/* Both ways were asked so often since the last time; both counts begin anew. */
void assert_asked(GatewayWorld *world, guint natpmp, guint upnp);

/* What was told last: state and address ("-": none), and by which method. */
void assert_told(GatewayWorld *world, WhGatewayState state, const char *address,
                 const char *method);

G_END_DECLS
