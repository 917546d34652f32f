/* What happens, as lines of the log: the events of the history, and the beginning and end. */
#pragma once

#include "service/accounts/accounts.h"
#include "service/base/log.h"

G_BEGIN_DECLS

typedef struct WhChronicle WhChronicle;

/* `clock` must outlive it. Free with wh_chronicle_free(), which writes what still waits. */
WhChronicle *wh_chronicle_new(WhClock *clock);
void wh_chronicle_free(WhChronicle *chronicle);

/* Where it looks up what events do not say. Until then, and again with NULL, it does without. */
void wh_chronicle_set_rooms(WhChronicle *chronicle, WhAccounts *accounts, WhKeeper *keeper);

/* Copies the event. Lines are written a moment later, together, and not while updates leave: may be
 * called by the record keeper. */
void wh_chronicle_add_event(WhChronicle *chronicle, const WhEvent *event);

/* The service runs, with so many names. user: of one person, not of the whole computer. */
void wh_chronicle_add_start(WhChronicle *chronicle, gboolean user, guint names);

/* Any other line, which it takes over. Nothing that repeats fills the log. */
void wh_chronicle_add(WhChronicle *chronicle, WhLine *line);

/* Writes at once what still waits. */
void wh_chronicle_flush(WhChronicle *chronicle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhChronicle, wh_chronicle_free)

G_END_DECLS
