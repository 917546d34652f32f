/* What was refused, in the log: once a minute at most for each user, so that nobody fills it. */
#pragma once

#include "platform/local_socket.h"
#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhDenials WhDenials;

/* `clock` must outlive it. */
WhDenials *wh_denials_new(WhClock *clock);
void wh_denials_free(WhDenials *denials);

/* `peer` was refused `method`: one that exists, never the caller's own words; NULL: one that does
 * not. */
void wh_denials_note(WhDenials *denials, const WhPeer *peer, const char *method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDenials, wh_denials_free)

G_END_DECLS
