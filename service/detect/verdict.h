/* From evidence to one answer a family: an address, or "unknown because ...". Pure. */
#pragma once

#include "service/detect/observation.h"

G_BEGIN_DECLS

typedef enum {
    WH_VERDICT_DIRECT,      /* known: a global address on the interface of the default route */
    WH_VERDICT_AGREED,      /* known: two independent sources agree: the router and one outside, or
                               two outside */
    WH_VERDICT_NO_ROUTE,    /* unknown: this computer has no default route for the family */
    WH_VERDICT_NO_ADDRESS,  /* unknown: a default route, but no usable address (IPv6: none that is
                               global,  stable and past duplicate address detection) */
    WH_VERDICT_ASKING,      /* unknown: behind a router and answers are still awaited */
    WH_VERDICT_SILENT,      /* unknown: no outside source could be reached */
    WH_VERDICT_ONE_WITNESS, /* unknown: only one independent source answered */
    WH_VERDICT_DISAGREED,   /* unknown: sources contradict each other */
    WH_VERDICT_SPECIAL,     /* unknown: the outside sources agree on a special-purpose address */
    WH_VERDICT_VPN,         /* unknown: the way to the internet leads through a VPN, and nobody has
                               said what is to be published then; nothing is asked outside */
} WhVerdictReason;

#define WH_N_VERDICT_REASONS (WH_VERDICT_VPN + 1)

/* Why there is no usable address on the interface, in the order of what comes closest. */
typedef enum {
    WH_HINT_NONE,           /* there is one, or nothing at all */
    WH_HINT_TENTATIVE,      /* the system still tries whether somebody else has it: wait a moment */
    WH_HINT_ONLY_TEMPORARY, /* only addresses that are given up again within days (RFC 8981) */
    WH_HINT_ONLY_DEPRECATED, /* only addresses that are being phased out */
    WH_HINT_DUPLICATE,       /* somebody else on the link has it */
    WH_HINT_ONLY_PRIVATE,    /* only addresses for inside the home (IPv6: unique local) */
    WH_HINT_ONLY_LINK_LOCAL, /* only addresses that the computer gave itself for the link */
} WhVerdictHint;

#define WH_N_VERDICT_HINTS (WH_HINT_ONLY_LINK_LOCAL + 1)

/* What is to be published while the way to the internet leads through a certain VPN. */
typedef enum {
    WH_VPN_NOTHING, /* not decided: what is published stays */
    WH_VPN_LINE,    /* the address of the home's own line, asked for past the VPN */
    WH_VPN_VPN,     /* the address at the VPN's other end, as of any other connection */
} WhVpnChoice;

#define WH_N_VPN_CHOICES (WH_VPN_VPN + 1)

/* "nothing", "line", "vpn": the words of the control interface and of the settings. */
const char *wh_vpn_choice_name(WhVpnChoice choice);

/* FALSE, with *choice untouched: no such word. */
gboolean wh_vpn_choice_parse(const char *name, WhVpnChoice *choice);

/* The name of an interface, with its NUL. */
#define WH_TUNNEL_NAME_SIZE 64

/* "direct", "agreed", "no_route", ...: the words of the control interface. */
const char *wh_verdict_reason_name(WhVerdictReason reason);

/* known: `address` may be published. observations: the evidence (WhObservation, owned), newest of
 * each source. at: when this verdict was first reached, monotonic. hint: of NO_ADDRESS. vpn: the
 * tunnel that the way to the internet leads through ("": none); vpn_choice: what holds for it. */
typedef struct {
    WhFamily family;
    gboolean known;
    WhAddress address;
    WhVerdictReason reason;
    GPtrArray *observations;
    gint64 at;
    WhVerdictHint hint;
    char vpn[WH_TUNNEL_NAME_SIZE];
    WhVpnChoice vpn_choice;
} WhVerdict;

/* What is known of the interface of the default route when the verdict is reached. */
typedef struct {
    gboolean has_route;
    gboolean has_address; /* any usable address of the family, private ones included */
    gboolean asking;      /* outside requests are under way */
    WhVerdictHint hint;
    char vpn[WH_TUNNEL_NAME_SIZE];
    WhVpnChoice vpn_choice;
} WhVerdictContext;

/* The verdict on `observations` (WhObservation, the newest of each source, stale ones already taken
 * out) for `family`. A publishable interface address wins at once; otherwise two independent
 * sources must say the same ordinary address and nobody whose voice counts another one (tally.h).
 * Free with wh_verdict_free(). */
WhVerdict *wh_verdict_reach(WhFamily family, const WhVerdictContext *context,
                            const GPtrArray *observations, gint64 now);
/* The address that an interface of this computer has on a line whose provider shares one among many
 * homes, without a router in between; NULL: it is on no such line, as far as the evidence says. */
const WhAddress *wh_verdict_shared_line(const WhVerdict *verdict);

WhVerdict *wh_verdict_copy(const WhVerdict *verdict);
void wh_verdict_free(WhVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhVerdict, wh_verdict_free)

G_END_DECLS
