/* Asks the router for its external address by NAT-PMP, one question at a time. Private to this
 * room. */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/gateway_route.h"

G_BEGIN_DECLS

#define WH_NATPMP_PORT 5351

typedef enum {
    WH_NATPMP_ADDRESS,    /* it names one */
    WH_NATPMP_NO_ADDRESS, /* it answers, and names none */
    WH_NATPMP_PCP_ONLY,   /* it speaks PCP and no NAT-PMP */
    WH_NATPMP_SILENT,
} WhNatpmpOutcome;

/* restarted: the router has lost its state since it last answered. */
typedef struct {
    WhNatpmpOutcome outcome;
    WhAddress address;
    gboolean restarted;
} WhNatpmpWord;

/* The end of a question, never before wh_natpmp_client_ask() returned. It may ask again, or free
 * the client. */
typedef void (*WhNatpmpFunc)(const WhNatpmpWord *word, gpointer data);

typedef struct WhNatpmpClient WhNatpmpClient;

/* `port`: WH_NATPMP_PORT, but for tests. Holds no socket while nothing is asked. */
WhNatpmpClient *wh_natpmp_client_new(WhClock *clock, const WhGatewayRoute *route, guint16 port,
                                     WhComplaints *complaints, WhNatpmpFunc heard, gpointer data);
void wh_natpmp_client_free(WhNatpmpClient *client);

/* A question under way goes on, and no longer waits for a router that may have been away: there is
 * one answer to both. */
void wh_natpmp_client_ask(WhNatpmpClient *client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhNatpmpClient, wh_natpmp_client_free)

G_END_DECLS
