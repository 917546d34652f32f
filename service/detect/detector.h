/* Gathers observations and announces verdicts. Knows nothing of hosts or providers.
 *
 * Interface addresses are read through WhInterfaceReader, outside operators are asked through
 * WhOutsideAsker: small interfaces that this room owns and the service's wiring fills. */
#pragma once

#include "service/base/clock.h"
#include "service/detect/gateway_report.h"
#include "service/detect/outside.h"
#include "service/detect/verdict.h"

G_BEGIN_DECLS

/* One address of the interface of the way out; special ones included. Temporary, deprecated,
 * tentative and duplicate addresses are left out by the reader. preferred: the system would send
 * from it (route's preferred source, or in the gateway's subnet). preferred_until: monotonic,
 * G_MAXINT64 for ever. since: when it came, on a clock that only compares addresses; 0: not
 * known. */
typedef struct {
    WhAddress address;
    gboolean preferred;
    gint64 preferred_until;
    gint64 since;
} WhRouteAddress;

/* The way out that counts: over which interface, to which router (has_router FALSE: none, as on a
 * dialled line). */
typedef struct {
    guint interface;
    gboolean has_router;
    WhAddress router;
} WhWayOut;

/* What this computer shows of one family.
 *
 * has_route: there is a way to the internet. way: which one; what the outside said over another one
 * is no evidence. vpn: the tunnel that it leads through, "": none.
 * choice: what the person wants then. uplink: over which interface the outside is asked, 0 being
 * the system's own way (choice LINE: that of the home's own line). addresses: WhRouteAddress, of
 * the interface that `choice` makes the one that counts. hint: why none of them is usable. */
typedef struct {
    gboolean has_route;
    WhWayOut way;
    char vpn[WH_TUNNEL_NAME_SIZE];
    WhVpnChoice choice;
    guint uplink;
    GArray *addresses;
    WhVerdictHint hint;
} WhInside;

typedef struct WhInterfaceReader WhInterfaceReader;
struct WhInterfaceReader {
    /* Fills `inside`, which is empty but for the array. */
    void (*read)(WhInterfaceReader *reader, WhFamily family, WhInside *inside);
};

/* Asks one operator over one family. `uplink`: the interface that the question must leave by; 0:
 * the system's own way. `done` is called exactly once, also after cancel (with a failure). */
typedef void (*WhOutsideDone)(gboolean ok, const WhAddress *address, const char *failure,
                              gpointer data);
typedef struct WhOutsideAsker WhOutsideAsker;
struct WhOutsideAsker {
    /* Returns a handle for cancel(), never 0; does not call `done` before it returned. */
    guint64 (*ask)(WhOutsideAsker *asker, const WhOutsideOperator *operator_, WhFamily family,
                   guint uplink, WhOutsideDone done, gpointer data);
    void (*cancel)(WhOutsideAsker *asker, guint64 handle);
};

typedef struct WhDetector WhDetector;

/* `changed` is called when the address, or the reason, of a family's verdict became another. */
typedef void (*WhDetectorFunc)(const WhVerdict *verdict, gpointer data);

/* `operators` (WhOutsideOperator) is taken over. Nothing is read before wh_detector_look(). */
WhDetector *wh_detector_new(WhClock *clock, WhInterfaceReader *reader, WhOutsideAsker *asker,
                            GPtrArray *operators, WhDetectorFunc changed, gpointer data);
void wh_detector_free(WhDetector *detector);

/* "Look again": an event of the platform. Reads the interface at once and, behind a router only,
 * asks the outside. Bursts of events share the requests under way. */
void wh_detector_look(WhDetector *detector);

/* This computer is on another network, though its way out may look the same: what was heard before
 * is no evidence. To be followed by wh_detector_look(). */
void wh_detector_forget(WhDetector *detector);

/* What the home's router says now; copied. Before the first call nothing is known of any router.
 * Another word than before has the outside asked at once, unless it is what stands already. */
void wh_detector_set_gateway(WhDetector *detector, const WhGatewayReport *report);

/* The families that some host wants, none at first; a family nobody wants is never asked about
 * outside, and what was agreed on about it before is unknown again after a quarter of an hour. */
void wh_detector_set_wanted(WhDetector *detector, gboolean ipv4, gboolean ipv6);

/* No outside requests while paused; the interface is still read. */
void wh_detector_set_paused(WhDetector *detector, gboolean paused);

/* The standing verdict, owned by the detector; never NULL. */
const WhVerdict *wh_detector_verdict(WhDetector *detector, WhFamily family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDetector, wh_detector_free)

G_END_DECLS
