/* What the router says by UPnP: Internet Gateway Device versions 1 and 2, over WANIPConnection or
 * WANPPPConnection. Private to this room.
 *
 * Everything is asked without waiting, and of the router alone: a device that sends us elsewhere is
 * not followed. Nothing is changed in the router but for a subscription to its events. */
#pragma once

#include "service/base/clock.h"
#include "service/gateway/gateway_route.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* Where nothing was found, the network is searched at most so often. */
#define WH_IGD_SEARCH_PAUSE (30 * WH_SECOND)

/* Port mappings are counted after an answer, at most so often. */
#define WH_IGD_COUNT_PAUSE (30 * WH_MINUTE)

typedef enum {
    WH_IGD_ANSWERED, /* it answers, whether it has an address or not */
    WH_IGD_SILENT,   /* there is no UPnP, or not now */
    WH_IGD_EVENT,    /* it sent an event: ask it */
} WhIgdKind;

/* has_address, address: only of WH_IGD_ANSWERED; the address may be a special one. subscribed: the
 * router has promised events. model: what it calls itself, or NULL; valid during the call.
 * mappings_here: how many of its port mappings lead to this computer; -1: not known. */
typedef struct {
    WhIgdKind kind;
    gboolean has_address;
    WhAddress address;
    gboolean subscribed;
    const char *model;
    gint mappings_here;
} WhIgdWord;

/* Never called from within a call of this header. The WhIgd may be asked or freed in it. */
typedef void (*WhIgdFunc)(const WhIgdWord *word, gpointer data);

typedef struct WhIgd WhIgd;

/* Does nothing before it is asked. `clock` and `http` must outlive it. Free with wh_igd_free(),
 * which waits for nothing; no call comes afterwards. */
WhIgd *wh_igd_new(WhClock *clock, WhHttp *http, const WhGatewayRoute *route, WhIgdFunc heard,
                  gpointer data);
void wh_igd_free(WhIgd *igd);

/* An answer or silence follows. Where the router was not found yet it is searched for first; where
 * it is being asked already, it is asked once more afterwards, with a word each. An answer comes
 * again without being asked for when the count of port mappings becomes another. */
void wh_igd_ask(WhIgd *igd);

/* Counts the port mappings now if the router was found, whenever that was done last. */
void wh_igd_count(WhIgd *igd);

/* The router has lost its state, as far as another method tells: subscribes again. */
void wh_igd_router_restarted(WhIgd *igd);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgd, wh_igd_free)

G_END_DECLS
