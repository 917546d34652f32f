/* From evidence to one answer a family: an address, or "unknown because ...". Pure. */
#pragma once

#include "service/detect/observation.h"

G_BEGIN_DECLS

typedef enum {
    WH_VERDICT_DIRECT,      /* known: a global address on the interface of the default route */
    WH_VERDICT_AGREED,      /* known: two independent outside sources agree */
    WH_VERDICT_NO_ROUTE,    /* unknown: this computer has no default route for the family */
    WH_VERDICT_NO_ADDRESS,  /* unknown: a default route, but no usable address (IPv6: none that is
                               global,  stable and past duplicate address detection) */
    WH_VERDICT_ASKING,      /* unknown: behind a router and answers are still awaited */
    WH_VERDICT_SILENT,      /* unknown: no outside source could be reached */
    WH_VERDICT_ONE_WITNESS, /* unknown: only one independent source answered */
    WH_VERDICT_DISAGREED,   /* unknown: sources contradict each other */
    WH_VERDICT_SPECIAL,     /* unknown: the outside sources agree on a special-purpose address */
} WhVerdictReason;

#define WH_N_VERDICT_REASONS (WH_VERDICT_SPECIAL + 1)

/* "direct", "agreed", "no_route", ...: the words of the control interface. */
const char *wh_verdict_reason_name(WhVerdictReason reason);

/* known: `address` may be published. observations: the evidence (WhObservation, owned), newest of
 * each source. at: when this verdict was first reached, monotonic. */
typedef struct {
    WhFamily family;
    gboolean known;
    WhAddress address;
    WhVerdictReason reason;
    GPtrArray *observations;
    gint64 at;
} WhVerdict;

/* What is known of the interface of the default route when the verdict is reached. */
typedef struct {
    gboolean has_route;
    gboolean has_address; /* any usable address of the family, private ones included */
    gboolean asking;      /* outside requests are under way */
} WhVerdictContext;

/* The verdict on `observations` (WhObservation, the newest of each source, stale ones already taken
 * out) for `family`. A publishable interface address wins at once; otherwise two outside sources of
 * different organisations must say the same ordinary address and none of a third organisation
 * another one. Free with wh_verdict_free(). */
WhVerdict *wh_verdict_reach(WhFamily family, const WhVerdictContext *context,
                            const GPtrArray *observations, gint64 now);
WhVerdict *wh_verdict_copy(const WhVerdict *verdict);
void wh_verdict_free(WhVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhVerdict, wh_verdict_free)

G_END_DECLS
