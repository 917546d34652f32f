/* One connection through the door. Private to this room. */
#pragma once

#include "service/base/clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhGenaVisit WhGenaVisit;

/* head: a whole head came; returns the status it is answered with. over: the visit has ended, and
 * is freed in it. `wrong`: completes a complaint about what came, or NULL. */
typedef struct {
    guint (*head)(const char *head, gsize length, gpointer data);
    void (*over)(WhGenaVisit *visit, const char *wrong, gpointer data);
} WhGenaVisitEvents;

/* Takes a reference to `socket`, which is connected. `patience`: from now to its end at the
 * latest. */
WhGenaVisit *wh_gena_visit_new(WhClock *clock, GSocket *socket, gint64 patience,
                               const WhGenaVisitEvents *events, gpointer data);
void wh_gena_visit_free(WhGenaVisit *visit);

G_END_DECLS
