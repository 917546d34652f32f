/* How often a password may be asked for on somebody's behalf: a program that calls again and again
 * covers no screen with dialogs, neither its own user's nor that of the person next to whom it
 * runs. */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhDialogs WhDialogs;

/* `clock` must outlive it. */
WhDialogs *wh_dialogs_new(WhClock *clock);
void wh_dialogs_free(WhDialogs *dialogs);

/* Whether there may be one now for `principal`: one at a time, and after three that let nothing in
 * none for a minute. TRUE: it has begun, and wh_dialogs_end() is due. */
gboolean wh_dialogs_begin(WhDialogs *dialogs, const char *principal);

/* let_in: it had the answer that was hoped for, and those before are forgotten. */
void wh_dialogs_end(WhDialogs *dialogs, const char *principal, gboolean let_in);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDialogs, wh_dialogs_free)

G_END_DECLS
