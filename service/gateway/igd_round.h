/* One question to the router for its external address: GetExternalIPAddress and GetStatusInfo of
 * WANIPConnection:1 sections 2.4.1 and 2.4.18 (the same in version 2 and in WANPPPConnection).
 * Private to this room. */
#pragma once

#include "service/gateway/complaints.h"
#include "service/gateway/igd_call.h"

G_BEGIN_DECLS

/* answered: the router did. has_address: it names one, and says that it is connected. service: the
 * one that named it; the first one when none did. */
typedef struct {
    gboolean answered;
    gboolean has_address;
    WhAddress address;
    guint service;
} WhIgdRoundResult;

typedef void (*WhIgdRoundFunc)(const WhIgdRoundResult *result, gpointer data);

typedef struct WhIgdRound WhIgdRound;

/* Asks the service `first`, and the other one, if there is one, when that has no address.
 * `description` must outlive it. `done` is called once, never before this returned; the round may
 * be freed in it. */
WhIgdRound *wh_igd_round_new(WhHttp *http, const WhIgdDescription *description, guint first,
                             const WhAddress *router, WhComplaints *complaints, WhIgdRoundFunc done,
                             gpointer data);
void wh_igd_round_free(WhIgdRound *round);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgdRound, wh_igd_round_free)

G_END_DECLS
