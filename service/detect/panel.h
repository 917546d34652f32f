/* The outside operators and how each has behaved: whose turn it is, and who is set aside. Private
 * to this room. Times are monotonic microseconds. */
#pragma once

#include "service/base/clock.h"
#include "service/detect/outside.h"

G_BEGIN_DECLS

/* An operator that answered is left alone this long, unless an event asks (R10 of the client
 * rules). */
#define WH_PANEL_REST (10 * WH_MINUTE)

/* How long an operator that failed or was outvoted is set aside: doubling from least to most. */
#define WH_PANEL_ASIDE_LEAST (10 * WH_MINUTE)
#define WH_PANEL_ASIDE_MOST (6 * WH_HOUR)

typedef struct WhPanel WhPanel;

/* Takes `operators` (WhOutsideOperator) over. `start` in [0, 1) says where in the list the rotation
 * begins, so that not everybody's first question goes to the same operator. */
WhPanel *wh_panel_new(GPtrArray *operators, double start);
void wh_panel_free(WhPanel *panel);

typedef enum {
    WH_PANEL_ANY,
    WH_PANEL_HTTPS,
    WH_PANEL_DNS,
} WhPanelWay;

/* The operator to ask next over `family` and in that way, and notes that it is asked; NULL: nobody.
 * Left out are the organisations in `asked` (char *), and, unless `urgent`, those that rest. One
 * that is set aside is taken only when no other is left. */
const WhOutsideOperator *wh_panel_pick(WhPanel *panel, WhFamily family, WhPanelWay way,
                                       gboolean urgent, const GPtrArray *asked, gint64 now);

/* It was asked, and others have settled the matter before it answered. */
void wh_panel_rest(WhPanel *panel, const WhOutsideOperator *operator_, gint64 now);

/* Whether anybody can be asked over `family` that way. */
gboolean wh_panel_has(const WhPanel *panel, WhFamily family, WhPanelWay way);

/* When somebody may be asked without urgency: `now` or later; G_MAXINT64 when nobody ever. */
gint64 wh_panel_ready_at(WhPanel *panel, WhFamily family, gint64 now);

/* Learns from the evidence of one inquiry (WhObservation; the router's word may be part of it). Who
 * failed while others answered, or was outvoted, is set aside; who agreed is taken back. When all
 * failed, the line is to blame and nobody. */
void wh_panel_judge(WhPanel *panel, WhFamily family, const GPtrArray *observations, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhPanel, wh_panel_free)

G_END_DECLS
