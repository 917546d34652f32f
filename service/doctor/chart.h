/* The findings that stand. What comes and goes within moments is not told; what is over goes at
 * once. */
#pragma once

#include "service/base/clock.h"
#include "service/doctor/finding.h"

G_BEGIN_DECLS

typedef struct WhChart WhChart;

/* begun, over: a finding is told from now on, or not any more; for the log. changed: after any of
 * that, or when one says something else, once. None may call back into the chart. */
typedef struct {
    void (*begun)(const WhFinding *finding, gpointer data);
    void (*over)(const WhFinding *finding, gpointer data);
    void (*changed)(gpointer data);
} WhChartListener;

WhChart *wh_chart_new(WhClock *clock, const WhChartListener *listener, gpointer data);
void wh_chart_free(WhChart *chart);

/* Everything that is so now, as wh_doctor_find() gave it; taken over. */
void wh_chart_take(WhChart *chart, GPtrArray *found);

/* A person waits for the answer: what is there is told without waiting for it to last. */
void wh_chart_hurry(WhChart *chart);

/* WhFinding, what matters most first; owned by the chart and valid until its next call. */
const GPtrArray *wh_chart_findings(WhChart *chart);

/* How long a finding has to last before it is told, microseconds. */
gint64 wh_chart_settling(WhFindingCode code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhChart, wh_chart_free)

G_END_DECLS
