/* Gathers observations and announces verdicts. Knows nothing of hosts or providers.
 *
 * Interface addresses are read through WhInterfaceReader, outside operators are asked through
 * WhOutsideAsker: small interfaces that this room owns and the service's wiring fills. */
#pragma once

#include "service/base/clock.h"
#include "service/detect/outside.h"
#include "service/detect/verdict.h"

G_BEGIN_DECLS

/* One address of the interface that holds the family's default route; special ones included.
 * Temporary, deprecated, tentative and duplicate addresses are left out by the reader. preferred:
 * the system would send from it (route's preferred source, or in the gateway's subnet). */
typedef struct {
    WhAddress address;
    gboolean preferred;
} WhRouteAddress;

typedef struct WhInterfaceReader WhInterfaceReader;
struct WhInterfaceReader {
    /* FALSE: no default route for the family. Otherwise appends WhRouteAddress to `addresses`. */
    gboolean (*read)(WhInterfaceReader *reader, WhFamily family, GArray *addresses);
};

/* Asks one operator over one family. `done` is called exactly once, also after cancel (with a
 * failure). */
typedef void (*WhOutsideDone)(gboolean ok, const WhAddress *address, const char *failure,
                              gpointer data);
typedef struct WhOutsideAsker WhOutsideAsker;
struct WhOutsideAsker {
    /* Returns a handle for cancel(), never 0; does not call `done` before it returned. */
    guint64 (*ask)(WhOutsideAsker *asker, const WhOutsideOperator *operator_, WhFamily family,
                   WhOutsideDone done, gpointer data);
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

/* The families that some host wants, none at first; a family nobody wants is never asked about
 * outside, and what was agreed on about it before is unknown again after a quarter of an hour. */
void wh_detector_set_wanted(WhDetector *detector, gboolean ipv4, gboolean ipv6);

/* No outside requests while paused; the interface is still read. */
void wh_detector_set_paused(WhDetector *detector, gboolean paused);

/* The standing verdict, owned by the detector; never NULL. */
const WhVerdict *wh_detector_verdict(WhDetector *detector, WhFamily family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDetector, wh_detector_free)

G_END_DECLS
