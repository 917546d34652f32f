#include "service/detect/survey.h"

#include "service/detect/canary.h"
#include "service/detect/tally.h"

/* Pauses after rounds without result; the last one repeats. A line that just came back may need the
 * first. */
static const gint64 pauses[] = {1 * WH_SECOND,  5 * WH_SECOND,  15 * WH_SECOND,
                                30 * WH_SECOND, 60 * WH_SECOND, 90 * WH_SECOND};

/* next: what the timer starts. known: what a poll expects. stands: it does stand. ended_at: when
 * the last round ended. recent: what was known lately, the last one first. again: an event came
 * during the round. follows_cut: the round under way replaced one that was cut; it is left to
 * finish, or events that come faster than answers would starve it. events_paid_until: every event
 * round that finds nothing new moves it on by one refill; the further it is ahead, the less is left
 * of the burst. */
struct WhSurvey {
    WhClock *clock;
    WhOutsideAsker *asker;
    WhPanel *panel;
    WhCanary *canary;
    WhFamily family;
    WhSurveyFunc ended;
    gpointer data;
    gboolean active;
    WhInquiry *inquiry;
    guint timer;
    WhInquiryKind next;
    WhAddress known;
    gboolean stands;
    gint64 ended_at;
    WhAddress recent[WH_SURVEY_REMEMBERED];
    guint n_recent;
    WhObservation *router;
    gboolean rare;
    guint uplink;
    guint failures;
    gboolean again;
    gboolean follows_cut;
    gint64 event_allowed_at;
    gint64 events_paid_until;
};

static void start(WhSurvey *survey, WhInquiryKind kind);
static void start_event(WhSurvey *survey);

static void ring(gpointer data)
{
    WhSurvey *survey = data;
    survey->timer = 0;
    if (survey->inquiry == NULL) {
        if (survey->next == WH_INQUIRY_EVENT)
            start_event(survey);
        else
            start(survey, survey->next);
    } else if (!survey->follows_cut) {
        g_clear_pointer(&survey->inquiry, wh_inquiry_free);
        start_event(survey);
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

/* FALSE: it was known lately. */
static gboolean is_new(const WhSurvey *survey, const WhAddress *known)
{
    for (guint i = 0; i < survey->n_recent; i++)
        if (wh_address_equal(&survey->recent[i], known))
            return FALSE;
    return TRUE;
}

static void remember(WhSurvey *survey, const WhAddress *known)
{
    guint at = 0;
    while (at < survey->n_recent && !wh_address_equal(&survey->recent[at], known))
        at++;
    if (at == survey->n_recent && at < WH_SURVEY_REMEMBERED)
        survey->n_recent++;
    for (at = MIN(at, WH_SURVEY_REMEMBERED - 1); at > 0; at--)
        survey->recent[at] = survey->recent[at - 1];
    survey->recent[0] = *known;
}

static void plan_poll(WhSurvey *survey)
{
    gint64 pause = wh_clock_jitter(
        survey->clock, survey->rare ? WH_SURVEY_RARE_POLL : WH_SURVEY_POLL, WH_SURVEY_JITTER);
    plan(survey, WH_INQUIRY_POLL, survey->ended_at + pause - wh_clock_monotonic(survey->clock));
}

static void plan_next(WhSurvey *survey, const WhAddress *known)
{
    if (known != NULL) {
        survey->failures = 0;
        plan_poll(survey);
        return;
    }
    guint last = G_N_ELEMENTS(pauses) - 1;
    gint64 pause = pauses[MIN(survey->failures, last)];
    WhInquiryKind kind =
        survey->failures < WH_SURVEY_EARLY_RETRIES ? WH_INQUIRY_RETRY : WH_INQUIRY_LATE_RETRY;
    survey->failures = MIN(survey->failures + 1, last);
    plan(survey, kind, wh_clock_jitter(survey->clock, pause, WH_SURVEY_JITTER));
}

static gboolean is_answered(const WhInquiry *inquiry)
{
    const GPtrArray *observations = wh_inquiry_observations(inquiry);
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->ok)
            return TRUE;
    }
    return FALSE;
}

/* A dead line may be back at any moment, and nothing else would tell before the next round. */
static void listen_for_line(WhSurvey *survey, gboolean answered)
{
    if (answered || !survey->active)
        wh_canary_stop(survey->canary);
    else
        wh_canary_start(survey->canary, survey->uplink);
}

static void take_line_back(gpointer data)
{
    wh_survey_event(data);
}

static void end(WhInquiry *ended, gpointer data)
{
    WhSurvey *survey = data;
    g_autoptr(WhInquiry) inquiry = g_steal_pointer(&survey->inquiry);
    g_autoptr(GPtrArray) evidence = wh_inquiry_evidence(inquiry);
    survey->ended_at = wh_clock_monotonic(survey->clock);
    wh_panel_judge(survey->panel, survey->family, evidence, survey->ended_at);
    wh_clock_remove_timer(survey->clock, &survey->timer);
    gboolean again = survey->again;
    survey->again = FALSE;
    const WhAddress *known = survey->ended(inquiry, survey->data);
    survey->stands = known != NULL && survey->active;
    if (known != NULL) {
        if (is_new(survey, known))
            refund_events(survey);
        remember(survey, known);
        survey->known = *known;
    }
    listen_for_line(survey, known != NULL || is_answered(inquiry));
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
    if (kind == WH_INQUIRY_EVENT || kind == WH_INQUIRY_CHECK) {
        pay_for_event(survey);
        survey->failures = 0;
    }
    const WhInquiryTerms terms = {
        .kind = kind, .known = survey->known, .router = survey->router, .uplink = survey->uplink};
    survey->inquiry = wh_inquiry_new(survey->clock, survey->asker, survey->panel, survey->family,
                                     &terms, end, survey);
    if (survey->inquiry == NULL)
        wait_for_panel(survey, kind);
}

static gboolean router_says_the_same(const WhSurvey *survey)
{
    return survey->stands && survey->router != NULL && wh_tally_is_word(survey->router) &&
           wh_address_equal(&survey->router->address, &survey->known);
}

static void start_event(WhSurvey *survey)
{
    gint64 now = wh_clock_monotonic(survey->clock);
    if (!router_says_the_same(survey))
        start(survey, WH_INQUIRY_EVENT);
    else if (now - survey->ended_at >= WH_SURVEY_FRESH)
        start(survey, WH_INQUIRY_CHECK);
    else
        plan(survey, WH_INQUIRY_EVENT, survey->ended_at + WH_SURVEY_FRESH - now);
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
        start_event(survey);
    } else {
        plan_event(survey);
    }
}

void wh_survey_set_router(WhSurvey *survey, const WhObservation *router)
{
    g_clear_pointer(&survey->router, wh_observation_free);
    survey->router = router == NULL ? NULL : wh_observation_copy(router);
    if (survey->inquiry != NULL)
        wh_inquiry_set_router(survey->inquiry, survey->router);
}

void wh_survey_set_rare(WhSurvey *survey, gboolean rare)
{
    gboolean same = !survey->rare == !rare;
    survey->rare = rare;
    if (!same && survey->inquiry == NULL && survey->timer != 0 && survey->next == WH_INQUIRY_POLL)
        plan_poll(survey);
}

void wh_survey_set_uplink(WhSurvey *survey, guint uplink)
{
    survey->uplink = uplink;
}

gboolean wh_survey_is_asking(const WhSurvey *survey)
{
    return survey->inquiry != NULL;
}

void wh_survey_stop(WhSurvey *survey)
{
    survey->active = FALSE;
    survey->stands = FALSE;
    survey->again = FALSE;
    survey->failures = 0;
    wh_clock_remove_timer(survey->clock, &survey->timer);
    wh_canary_stop(survey->canary);
    g_clear_pointer(&survey->inquiry, wh_inquiry_free);
}

WhSurvey *wh_survey_new(WhClock *clock, WhOutsideAsker *asker, GPtrArray *operators,
                        WhFamily family, WhSurveyFunc ended, gpointer data)
{
    WhSurvey *survey = g_new0(WhSurvey, 1);
    survey->clock = clock;
    survey->asker = asker;
    survey->panel = wh_panel_new(operators, clock->random(clock));
    survey->canary = wh_canary_new(clock, asker, survey->panel, family, take_line_back, survey);
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
    g_clear_pointer(&survey->router, wh_observation_free);
    wh_canary_free(survey->canary);
    wh_panel_free(survey->panel);
    g_free(survey);
}
