/* Finds out when a dead line is back. While nobody outside answers, it asks one operator over DNS
 * every few seconds: a datagram that gets nowhere costs nobody anything, and the first that is
 * answered says that everybody else may be asked again. Private to this room. */
#pragma once

#include "service/detect/detector.h"
#include "service/detect/panel.h"

G_BEGIN_DECLS

/* The pause between questions, in the beginning and after a while. */
#define WH_CANARY_PAUSE (5 * WH_SECOND)
#define WH_CANARY_LATE_PAUSE (15 * WH_SECOND)
#define WH_CANARY_LATE (10 * WH_MINUTE)

typedef struct WhCanary WhCanary;

/* The line is back. Never called from within a call of this header. */
typedef void (*WhCanaryFunc)(gpointer data);

/* Does not own clock, asker and panel. */
WhCanary *wh_canary_new(WhClock *clock, WhOutsideAsker *asker, WhPanel *panel, WhFamily family,
                        WhCanaryFunc back, gpointer data);
void wh_canary_free(WhCanary *canary);

/* Nobody answered: begins, unless it has begun already. Where DNS is answered at once although
 * nobody else answers, the line is not dead, and it ends by itself. Without an operator over DNS it
 * does nothing. uplink: as in WhOutsideAsker. */
void wh_canary_start(WhCanary *canary, guint uplink);

/* Somebody answered, or nobody wants to know. */
void wh_canary_stop(WhCanary *canary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhCanary, wh_canary_free)

G_END_DECLS
