#include "service/doctor/chart.h"

/* since: monotonic, when it was first found. */
typedef struct {
    WhFinding *finding;
    gint64 since;
    gboolean told;
} Entry;

/* entries: in the order of what was found last. told: borrowed from them. */
struct WhChart {
    WhClock *clock;
    WhChartListener listener;
    gpointer data;
    GPtrArray *entries;
    GPtrArray *told;
    guint timer;
};

/* A route that is gone for a moment, a line that comes up, two answers that arrive one after the
 * other: none of that is worth a word. */
static const gint64 settling[WH_N_FINDING_CODES] = {
    [WH_FINDING_NO_NETWORK] = 10 * WH_SECOND,
    [WH_FINDING_DNS_BROKEN] = 10 * WH_SECOND,
    [WH_FINDING_OFFLINE] = 10 * WH_SECOND,
    [WH_FINDING_VPN_SILENT] = 10 * WH_SECOND,
    [WH_FINDING_SOURCES_DISAGREE] = 10 * WH_SECOND,
    [WH_FINDING_OUTSIDE_FEW] = 30 * WH_SECOND,
    [WH_FINDING_VPN] = 5 * WH_SECOND,
    [WH_FINDING_CGNAT] = 5 * WH_SECOND,
    [WH_FINDING_DOUBLE_NAT] = 5 * WH_SECOND,
    [WH_FINDING_NO_PUBLIC_IPV4] = 30 * WH_SECOND,
    [WH_FINDING_ROUTER_LIES] = 60 * WH_SECOND,
    [WH_FINDING_NO_IPV4] = 30 * WH_SECOND,
    [WH_FINDING_NO_IPV6] = 30 * WH_SECOND,
    [WH_FINDING_IPV6_TEMPORARY_ONLY] = 30 * WH_SECOND,
    [WH_FINDING_CHANGED_BY_OTHER] = 10 * WH_SECOND,
    [WH_FINDING_DEVICE_UNSEEN] = 60 * WH_SECOND,
    [WH_FINDING_ELSEWHERE] = 5 * WH_SECOND,
    [WH_FINDING_NO_PORT_FORWARD] = 30 * WH_SECOND,
    [WH_FINDING_ROUTER_SILENT] = 30 * WH_SECOND,
    [WH_FINDING_ROUTER_EVENTS_HIDDEN] = 60 * WH_SECOND,
};

gint64 wh_chart_settling(WhFindingCode code)
{
    return settling[code];
}

static void entry_free(gpointer data)
{
    Entry *entry = data;

    wh_finding_free(entry->finding);
    g_free(entry);
}

WhChart *wh_chart_new(WhClock *clock, const WhChartListener *listener, gpointer data)
{
    WhChart *chart = g_new0(WhChart, 1);

    chart->clock = clock;
    chart->listener = *listener;
    chart->data = data;
    chart->entries = g_ptr_array_new_with_free_func(entry_free);
    chart->told = g_ptr_array_new();
    return chart;
}

void wh_chart_free(WhChart *chart)
{
    if (chart == NULL)
        return;
    wh_clock_remove_timer(chart->clock, &chart->timer);
    g_ptr_array_unref(chart->told);
    g_ptr_array_unref(chart->entries);
    g_free(chart);
}

static Entry *find(const GPtrArray *entries, const WhFinding *finding)
{
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = entries->pdata[i];

        if (wh_finding_is_same(entry->finding, finding))
            return entry;
    }
    return NULL;
}

static gint64 due_at(const Entry *entry)
{
    return entry->since + settling[entry->finding->code];
}

static void list_told(WhChart *chart)
{
    g_ptr_array_set_size(chart->told, 0);
    for (guint i = 0; i < chart->entries->len; i++) {
        Entry *entry = chart->entries->pdata[i];

        if (entry->told)
            g_ptr_array_add(chart->told, entry->finding);
    }
}

/* Tells what is due by `now`; TRUE: something was. */
static gboolean tell_due(WhChart *chart, gint64 now)
{
    gboolean news = FALSE;

    for (guint i = 0; i < chart->entries->len; i++) {
        Entry *entry = chart->entries->pdata[i];

        if (entry->told || due_at(entry) > now)
            continue;
        entry->told = TRUE;
        news = TRUE;
        chart->listener.begun(entry->finding, chart->data);
    }
    return news;
}

static void on_due(gpointer data);

static void wait_for_next(WhChart *chart, gint64 now)
{
    gint64 next = G_MAXINT64;

    wh_clock_remove_timer(chart->clock, &chart->timer);
    for (guint i = 0; i < chart->entries->len; i++) {
        Entry *entry = chart->entries->pdata[i];

        if (!entry->told)
            next = MIN(next, due_at(entry));
    }
    if (next != G_MAXINT64)
        chart->timer = wh_clock_add_timer(chart->clock, MAX(next - now, 0), on_due, chart);
}

static void settle(WhChart *chart, gint64 now, gboolean news)
{
    gboolean told = tell_due(chart, now);

    wait_for_next(chart, wh_clock_monotonic(chart->clock));
    list_told(chart);
    if (told || news)
        chart->listener.changed(chart->data);
}

static void on_due(gpointer data)
{
    WhChart *chart = data;

    chart->timer = 0;
    settle(chart, wh_clock_monotonic(chart->clock), FALSE);
}

/* The entry for `finding`, which it takes over; *news: a told one says something else now. */
static Entry *renew(const Entry *before, WhFinding *finding, gint64 now, gboolean *news)
{
    Entry *entry = g_new0(Entry, 1);

    entry->finding = finding;
    entry->since = before != NULL ? before->since : now;
    entry->told = before != NULL && before->told;
    if (entry->told && !wh_finding_equal(before->finding, finding))
        *news = TRUE;
    return entry;
}

/* TRUE: something that was told is over. */
static gboolean end_missing(WhChart *chart, const GPtrArray *before)
{
    gboolean news = FALSE;

    for (guint i = 0; i < before->len; i++) {
        Entry *entry = before->pdata[i];

        if (!entry->told || find(chart->entries, entry->finding) != NULL)
            continue;
        news = TRUE;
        chart->listener.over(entry->finding, chart->data);
    }
    return news;
}

void wh_chart_take(WhChart *chart, GPtrArray *found)
{
    g_autoptr(GPtrArray) before = g_steal_pointer(&chart->entries);
    gint64 now = wh_clock_monotonic(chart->clock);
    gboolean news = FALSE;

    chart->entries = g_ptr_array_new_with_free_func(entry_free);
    g_ptr_array_set_free_func(found, NULL);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(chart->entries,
                        renew(find(before, found->pdata[i]), found->pdata[i], now, &news));
    g_ptr_array_unref(found);
    news = end_missing(chart, before) || news;
    settle(chart, now, news);
}

void wh_chart_hurry(WhChart *chart)
{
    settle(chart, G_MAXINT64, FALSE);
}

const GPtrArray *wh_chart_findings(WhChart *chart)
{
    return chart->told;
}
