/* What is to be done later: many entries, one timer. */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhAgenda WhAgenda;

/* Lives inside its owner, who fills in `due` and `data` once and calls wh_agenda_remove() before
 * the memory goes. at: monotonic. place: NULL while it is not on the agenda. */
typedef struct {
    WhTimerFunc due;
    gpointer data;
    gint64 at;
    GSequenceIter *place;
} WhAgendaEntry;

WhAgenda *wh_agenda_new(WhClock *clock);

/* Entries that are still on it are forgotten, not called. */
void wh_agenda_free(WhAgenda *agenda);

/* Calls entry->due once, `delay` microseconds from now (0: with the next turn of the loop).
 * Replaces an earlier time of the same entry. */
void wh_agenda_set(WhAgenda *agenda, WhAgendaEntry *entry, gint64 delay);

/* The same, but never later than it is on the agenda already. */
void wh_agenda_set_sooner(WhAgenda *agenda, WhAgendaEntry *entry, gint64 delay);

/* Accepts an entry that is not on it. */
void wh_agenda_remove(WhAgenda *agenda, WhAgendaEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAgenda, wh_agenda_free)

G_END_DECLS
