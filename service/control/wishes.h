/* Whose address a host holds and where it is kept, as a call says it. Private to this room. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

/* What wh_wishes_read() took; `draft` borrows from it. Clear with wh_wishes_clear(). */
typedef struct {
    GStrv networks;
} WhWishes;

/* Reads suffix, mac, lan, withhold_unreachable, networks and only_here into `draft`; `now` is the
 * host that is edited, or NULL. FALSE: Invalid or NotPossible was answered. */
gboolean wh_wishes_read(WhInvocation *invocation, const WhHost *now, WhWishes *wishes,
                        WhHostDraft *draft);
void wh_wishes_clear(WhWishes *wishes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhWishes, wh_wishes_clear)

G_END_DECLS
