/* What the files of this room share of the control. */
#pragma once

#include "service/control/control.h"
#include "service/control/denials.h"
#include "service/control/dialogs.h"
#include "service/control/waiting.h"
#include "service/control/watch.h"

G_BEGIN_DECLS

/* connections: WhConnection, owned by themselves. invocations: WhInvocation, not answered yet.
 * complained_at: monotonic, when the log last heard of a misbehaving program; 0: never. */
struct WhControl {
    WhControlRooms rooms;
    GPtrArray *connections;
    GPtrArray *invocations;
    WhWatch *watch;
    WhWaiting *waiting;
    WhDenials *denials;
    WhDialogs *dialogs;
    gint64 complained_at;
};

G_END_DECLS
