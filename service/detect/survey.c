#include "service/detect/survey.h"

/* Pauses after rounds without result; the last one repeats. */
static const gint64 pauses[] = {5 * WH_SECOND, 15 * WH_SECOND, 30 * WH_SECOND, 60 * WH_SECOND,
                                90 * WH_SECOND};

/* next: what the timer starts. known: what a poll expects. again: an event came during the round.
 * follows_cut: the round under way replaced one that was cut; it is left to finish, or events that
 * come faster than answers would starve it. events_paid_until: every event round that finds nothing
 * new moves it on by one refill; the further it is ahead, the less is left of the burst. */
struct WhSurvey {
    WhClock *clock;
    WhOutsideAsker *asker;
    WhPanel *panel;
    WhFamily family;
    WhSurveyFunc ended;
    gpointer data;
    gboolean active;
    WhInquiry *inquiry;
    guint timer;
    WhInquiryKind next;
    WhAddress known;
    guint failures;
    gboolean again;
    gboolean follows_cut;
    gint64 event_allowed_at;
    gint64 events_paid_until;
};

static void start(WhSurvey *survey, WhInquiryKind kind);

static void ring(gpointer data)
{
    WhSurvey *survey = data;
    survey->timer = 0;
    if (survey->inquiry == NULL) {
        start(survey, survey->next);
    } else if (!survey->follows_cut) {
        g_clear_pointer(&survey->inquiry, wh_inquiry_free);
        start(survey, WH_INQUIRY_EVENT);
        survey->follows_cut = survey->inquiry != NULL;
    }
}

static void plan(WhSurvey *survey, WhInquiryKind kind, gint64 delay)
{
    survey->next = kind;
    wh_clock_remove_timer(survey->clock, &survey->timer);
    survey->timer = wh_clock_add_timer(survey->clock, MAX(delay, 0), ring, survey);
}

static void plan_event(WhSurvey *survey)
{
    plan(survey, WH_INQUIRY_EVENT, survey->event_allowed_at - wh_clock_monotonic(survey->clock));
}

static void pay_for_event(WhSurvey *survey)
{
    gint64 now = wh_clock_monotonic(survey->clock);
    survey->events_paid_until = MAX(survey->events_paid_until, now) + WH_SURVEY_EVENT_REFILL;
    gint64 refilled = survey->events_paid_until - WH_SURVEY_EVENT_BURST * WH_SURVEY_EVENT_REFILL;
    survey->event_allowed_at = MAX(now + WH_SURVEY_EVENT_GAP, refilled);
}

/* A change was found: the events had a reason. */
static void refund_events(WhSurvey *survey)
{
    survey->events_paid_until = 0;
    survey->event_allowed_at =
        MIN(survey->event_allowed_at, wh_clock_monotonic(survey->clock) + WH_SURVEY_EVENT_GAP);
}

static void plan_next(WhSurvey *survey, const WhAddress *known)
{
    if (known != NULL) {
        survey->failures = 0;
        plan(survey, WH_INQUIRY_POLL,
             wh_clock_jitter(survey->clock, WH_SURVEY_POLL, WH_SURVEY_JITTER));
        return;
    }
    guint last = G_N_ELEMENTS(pauses) - 1;
    gint64 pause = pauses[MIN(survey->failures, last)];
    WhInquiryKind kind =
        survey->failures < WH_SURVEY_EARLY_RETRIES ? WH_INQUIRY_RETRY : WH_INQUIRY_LATE_RETRY;
    survey->failures = MIN(survey->failures + 1, last);
    plan(survey, kind, wh_clock_jitter(survey->clock, pause, WH_SURVEY_JITTER));
}

static void end(WhInquiry *ended, gpointer data)
{
    WhSurvey *survey = data;
    g_autoptr(WhInquiry) inquiry = g_steal_pointer(&survey->inquiry);
    wh_panel_judge(survey->panel, survey->family, wh_inquiry_observations(inquiry),
                   wh_clock_monotonic(survey->clock));
    wh_clock_remove_timer(survey->clock, &survey->timer);
    gboolean again = survey->again;
    survey->again = FALSE;
    const WhAddress *known = survey->ended(inquiry, survey->data);
    if (known != NULL && !wh_address_equal(known, &survey->known)) {
        survey->known = *known;
        refund_events(survey);
    }
    /* The callee may have stopped the survey or reported an event of its own. */
    if (!survey->active || survey->inquiry != NULL || survey->timer != 0)
        return;
    if (again)
        plan_event(survey);
    else
        plan_next(survey, known);
}

/* Nobody may be asked: waits until somebody has rested enough, if there is anybody at all. */
static void wait_for_panel(WhSurvey *survey, WhInquiryKind kind)
{
    gint64 now = wh_clock_monotonic(survey->clock);
    gint64 ready_at = wh_panel_ready_at(survey->panel, survey->family, now);
    if (ready_at == G_MAXINT64)
        survey->ended(NULL, survey->data);
    else
        plan(survey, kind, MAX(ready_at - now, WH_SECOND));
}

static void start(WhSurvey *survey, WhInquiryKind kind)
{
    wh_clock_remove_timer(survey->clock, &survey->timer);
    survey->again = FALSE;
    survey->follows_cut = FALSE;
    if (kind == WH_INQUIRY_EVENT) {
        pay_for_event(survey);
        survey->failures = 0;
    }
    survey->inquiry = wh_inquiry_new(survey->clock, survey->asker, survey->panel, survey->family,
                                     kind, &survey->known, end, survey);
    if (survey->inquiry == NULL)
        wait_for_panel(survey, kind);
}

void wh_survey_event(WhSurvey *survey)
{
    gint64 now = wh_clock_monotonic(survey->clock);
    survey->active = TRUE;
    if (survey->inquiry != NULL) {
        survey->again = TRUE;
        gint64 old_at = wh_inquiry_started(survey->inquiry) + WH_SURVEY_ROUND_IS_OLD;
        plan(survey, WH_INQUIRY_EVENT, MAX(old_at, survey->event_allowed_at) - now);
    } else if (now >= survey->event_allowed_at) {
        start(survey, WH_INQUIRY_EVENT);
    } else {
        plan_event(survey);
    }
}

void wh_survey_stop(WhSurvey *survey)
{
    survey->active = FALSE;
    survey->again = FALSE;
    survey->failures = 0;
    wh_clock_remove_timer(survey->clock, &survey->timer);
    g_clear_pointer(&survey->inquiry, wh_inquiry_free);
}

WhSurvey *wh_survey_new(WhClock *clock, WhOutsideAsker *asker, GPtrArray *operators,
                        WhFamily family, WhSurveyFunc ended, gpointer data)
{
    WhSurvey *survey = g_new0(WhSurvey, 1);
    survey->clock = clock;
    survey->asker = asker;
    survey->panel = wh_panel_new(operators, clock->random(clock));
    survey->family = family;
    survey->ended = ended;
    survey->data = data;
    survey->event_allowed_at = wh_clock_monotonic(clock);
    return survey;
}

void wh_survey_free(WhSurvey *survey)
{
    if (survey == NULL)
        return;
    wh_survey_stop(survey);
    wh_panel_free(survey->panel);
    g_free(survey);
}
