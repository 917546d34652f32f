/* Finds out what is wrong with the way out: whether a page that always answers the same does, and
 * whether the name server of this computer answers what others answer.
 *
 * Asks nobody while all is well. While something is wrong it asks now and then, ever more rarely,
 * because no event tells that a person has signed in somewhere. */
#pragma once

#include "service/base/clock.h"
#include "service/doctor/facts.h"
#include "service/doctor/probes.h"

G_BEGIN_DECLS

/* What came of a page. answered FALSE: nobody did, and the rest is 0. date: the server's clock, 0
 * when it did not say; at: that of this computer then. Both wall. */
typedef struct {
    gboolean answered;
    guint status;
    const char *body;
    gsize length;
    gint64 date;
    gint64 at;
} WhCheckupPage;
typedef void (*WhCheckupPageDone)(const WhCheckupPage *page, gpointer data);

/* Whether a name server gave a proper answer. server: which one was asked, as text, or NULL. */
typedef void (*WhCheckupNameDone)(gboolean answered, const char *server, gpointer data);

/* Asks; filled in by the service's wiring. `done` is called exactly once, not before the function
 * returned; not at all after cancel(). Handles are never 0. */
typedef struct WhCheckupAsker WhCheckupAsker;
struct WhCheckupAsker {
    guint64 (*page)(WhCheckupAsker *asker, const WhProbePage *page, WhCheckupPageDone done,
                    gpointer data);
    /* server NULL: those that this computer was told to use. */
    guint64 (*name)(WhCheckupAsker *asker, const WhAddress *server, const char *name,
                    WhCheckupNameDone done, gpointer data);
    void (*cancel)(WhCheckupAsker *asker, guint64 handle);
};

typedef struct WhCheckup WhCheckup;

/* done: a round is over. dated: a page that answered as it always does, by its id, said what time
 * it is (as in WhCheckupPage). Both are called from the main loop. */
typedef struct {
    void (*done)(gpointer data);
    void (*dated)(const char *page, gint64 date, gint64 at, gpointer data);
} WhCheckupListener;

/* `probes` is taken over. */
WhCheckup *wh_checkup_new(WhClock *clock, WhCheckupAsker *asker, WhProbes *probes,
                          const WhCheckupListener *listener, gpointer data);

/* Cancels what is under way. */
void wh_checkup_free(WhCheckup *checkup);

/* Whether something is wrong with the way out. TRUE: a round begins and others follow. FALSE: no
 * further one, and what was found is forgotten. */
void wh_checkup_set_needed(WhCheckup *checkup, gboolean needed);

/* A round now, whether needed or not; the one under way counts when there is one. */
void wh_checkup_run(WhCheckup *checkup);
gboolean wh_checkup_is_running(WhCheckup *checkup);

/* Whether it found something that is a finding by itself, so that further rounds are worth it. */
gboolean wh_checkup_is_worrying(WhCheckup *checkup);

/* What the last whole round brought; the text is valid until the next one. */
WhFactsProbes wh_checkup_result(WhCheckup *checkup);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhCheckup, wh_checkup_free)

G_END_DECLS
