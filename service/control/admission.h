/* Lets calls in: at once where authorize.c decides, otherwise after asking the system. */
#pragma once

#include "service/control/authorize.h"
#include "service/control/invocation.h"

G_BEGIN_DECLS

/* Calls `admitted` now or later; or answers the invocation, with PermissionDenied or
 * InteractionNeeded. While the system is asked, the invocation waits and its connection with it. */
void wh_admission_decide(WhInvocation *invocation, void (*admitted)(WhInvocation *invocation));

/* Frees an invocation of `connection` that waits; FALSE: it does not wait here. */
gboolean wh_admission_give_up(WhInvocation *invocation, WhConnection *connection);

/* What the peer of this connection is by right now. */
WhStanding wh_admission_standing(const WhControlRooms *rooms, const WhPeer *peer);

G_END_DECLS
