/* Says in the log what the network sent that was ignored, and not too often. Private to this room.
 */
#pragma once

#include "service/base/address.h"
#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhComplaints WhComplaints;

WhComplaints *wh_complaints_new(WhClock *clock);
void wh_complaints_free(WhComplaints *complaints);

/* `what` completes "... was ignored": "an announcement of port mapping from a stranger". from NULL:
 * nobody knows. */
void wh_complaints_add(WhComplaints *complaints, const WhAddress *from, const char *what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhComplaints, wh_complaints_free)

G_END_DECLS
