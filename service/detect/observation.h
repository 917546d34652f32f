/* What one source said about one family at one moment. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

typedef enum {
    WH_SOURCE_INTERFACE, /* an address on the interface of the default route */
    WH_SOURCE_GATEWAY,   /* the home's router, about its own address on the internet's side */
    WH_SOURCE_OUTSIDE,   /* an operator on the internet who sees where we come from */
} WhSourceKind;

/* Source and organisation of what the home's router says: there is one. */
#define WH_SOURCE_GATEWAY_NAME "gateway"
#define WH_SOURCE_GATEWAY_ORGANISATION "your router"

/* ok TRUE: `address` is what the source said. FALSE: `failure` says, in a few words without a full
 * stop, why it said nothing usable. `organisation` tells independent sources apart: two of the same
 * one count once. at is monotonic microseconds.
 *
 * witness_by_dns: heard over DNS, which whoever is in between may answer in the operator's place:
 * all such voices together count as one. outvoted: of a router that the outside has shown to be
 * wrong or behind the times; its word is kept for people and does not count. */
typedef struct {
    char *source;       /* "interface", "ipify" */
    char *organisation; /* "this computer", "Cloudflare" */
    WhSourceKind kind;
    WhFamily family;
    gboolean ok;
    WhAddress address;
    char *failure;
    gint64 at;
    gboolean witness_by_dns;
    gboolean outvoted;
} WhObservation;

WhObservation *wh_observation_new(const char *source, const char *organisation, WhSourceKind kind,
                                  const WhAddress *address, gint64 at);
WhObservation *wh_observation_new_failed(const char *source, const char *organisation,
                                         WhSourceKind kind, WhFamily family, const char *failure,
                                         gint64 at);
WhObservation *wh_observation_copy(const WhObservation *observation);
void wh_observation_free(WhObservation *observation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhObservation, wh_observation_free)

G_END_DECLS
