#include "service/detect/inquiry.h"

#include "service/detect/tally.h"

#define MOST_OF_A_RETRY 3

/* inquiry NULL: it is gone, and the answer is for nobody. */
typedef struct {
    WhInquiry *inquiry;
    const WhOutsideOperator *operator_;
    guint64 handle;
} Question;

/* company: how many more than needed are asked because others are slow. */
struct WhInquiry {
    WhClock *clock;
    WhOutsideAsker *asker;
    WhPanel *panel;
    WhFamily family;
    WhInquiryKind kind;
    WhAddress known;
    WhObservation *router;
    guint uplink;
    WhInquiryDone done;
    gpointer data;
    gint64 started;
    GPtrArray *asked;
    GPtrArray *open;
    GPtrArray *observations;
    guint company;
    guint patience;
};

static void proceed(WhInquiry *inquiry);

WhInquiryKind wh_inquiry_kind(const WhInquiry *inquiry)
{
    return inquiry->kind;
}

const WhAddress *wh_inquiry_known(const WhInquiry *inquiry)
{
    return &inquiry->known;
}

gint64 wh_inquiry_started(const WhInquiry *inquiry)
{
    return inquiry->started;
}

const GPtrArray *wh_inquiry_observations(const WhInquiry *inquiry)
{
    return inquiry->observations;
}

GPtrArray *wh_inquiry_evidence(const WhInquiry *inquiry)
{
    GPtrArray *evidence = g_ptr_array_new();
    if (inquiry->router != NULL)
        g_ptr_array_add(evidence, inquiry->router);
    g_ptr_array_extend(evidence, inquiry->observations, NULL, NULL);
    return evidence;
}

static WhTally count(const WhInquiry *inquiry)
{
    g_autoptr(GPtrArray) evidence = wh_inquiry_evidence(inquiry);
    return wh_tally(inquiry->family, evidence);
}

static gboolean expects(const WhInquiry *inquiry)
{
    return inquiry->kind == WH_INQUIRY_POLL || inquiry->kind == WH_INQUIRY_CHECK;
}

gboolean wh_inquiry_is_confirmed(const WhInquiry *inquiry)
{
    WhTally tally = count(inquiry);
    return expects(inquiry) && tally.answered && (tally.agreed || !tally.contradicted) &&
           wh_address_equal(&tally.address, &inquiry->known);
}

static WhObservation *observe(const Question *question, gboolean ok, const WhAddress *address,
                              const char *failure)
{
    const WhOutsideOperator *operator_ = question->operator_;
    const WhInquiry *inquiry = question->inquiry;
    gint64 now = wh_clock_monotonic(inquiry->clock);
    WhObservation *observation;
    if (ok && address->family == inquiry->family)
        observation = wh_observation_new(operator_->id, operator_->organisation, WH_SOURCE_OUTSIDE,
                                         address, now);
    else
        observation = wh_observation_new_failed(
            operator_->id, operator_->organisation, WH_SOURCE_OUTSIDE, inquiry->family,
            ok ? "answered with an address of the other family" : failure, now);
    observation->witness_by_dns = wh_outside_is_by_dns(operator_);
    return observation;
}

static void hear(gboolean ok, const WhAddress *address, const char *failure, gpointer data)
{
    g_autofree Question *question = data;
    WhInquiry *inquiry = question->inquiry;
    if (inquiry == NULL)
        return;
    g_ptr_array_remove(inquiry->open, question);
    g_ptr_array_add(inquiry->observations, observe(question, ok, address, failure));
    proceed(inquiry);
}

/* Whether the router names an address that counts, and that nobody outside has denied yet. */
static gboolean has_word(const WhInquiry *inquiry)
{
    if (inquiry->router == NULL || !wh_tally_is_word(inquiry->router))
        return FALSE;
    for (guint i = 0; i < inquiry->observations->len; i++) {
        const WhObservation *observation = inquiry->observations->pdata[i];
        if (observation->ok && !wh_address_equal(&observation->address, &inquiry->router->address))
            return FALSE;
    }
    return TRUE;
}

/* Whether the first answer is raced for. */
static gboolean is_race(const WhInquiry *inquiry)
{
    return (inquiry->kind == WH_INQUIRY_EVENT || inquiry->kind == WH_INQUIRY_RETRY) &&
           inquiry->observations->len == 0 && has_word(inquiry);
}

/* From the first answer or failure on there is a reason to ask, so nobody rests. */
static gboolean is_urgent(const WhInquiry *inquiry)
{
    return inquiry->kind == WH_INQUIRY_EVENT || inquiry->kind == WH_INQUIRY_RETRY ||
           inquiry->kind == WH_INQUIRY_CHECK || inquiry->observations->len > 0 ||
           inquiry->company > 0;
}

static const WhOutsideOperator *pick(WhInquiry *inquiry, WhPanelWay way)
{
    return wh_panel_pick(inquiry->panel, inquiry->family, way, is_urgent(inquiry), inquiry->asked,
                         wh_clock_monotonic(inquiry->clock));
}

static gboolean asks_dns(const WhInquiry *inquiry)
{
    for (guint i = 0; i < inquiry->open->len; i++) {
        const Question *question = inquiry->open->pdata[i];
        if (wh_outside_is_by_dns(question->operator_))
            return TRUE;
    }
    for (guint i = 0; i < inquiry->observations->len; i++) {
        const WhObservation *observation = inquiry->observations->pdata[i];
        if (observation->witness_by_dns && observation->ok)
            return TRUE;
    }
    return FALSE;
}

/* A second voice over DNS adds nothing; the first is for speed where one voice is enough, and for
 * want of others. */
static const WhOutsideOperator *pick_next(WhInquiry *inquiry)
{
    if (expects(inquiry) && inquiry->asked->len == 0)
        return pick(inquiry, WH_PANEL_ANY);
    const WhOutsideOperator *operator_ = NULL;
    gboolean dns_is_of_use = !asks_dns(inquiry);
    if (is_race(inquiry) && dns_is_of_use)
        operator_ = pick(inquiry, WH_PANEL_DNS);
    if (operator_ == NULL)
        operator_ = pick(inquiry, WH_PANEL_HTTPS);
    if (operator_ == NULL && dns_is_of_use)
        operator_ = pick(inquiry, WH_PANEL_DNS);
    return operator_;
}

static void ask(WhInquiry *inquiry, const WhOutsideOperator *operator_)
{
    Question *question = g_new0(Question, 1);
    question->inquiry = inquiry;
    question->operator_ = operator_;
    g_ptr_array_add(inquiry->asked, operator_->organisation);
    g_ptr_array_add(inquiry->open, question);
    question->handle = inquiry->asker->ask(inquiry->asker, operator_, inquiry->family,
                                           inquiry->uplink, hear, question);
}

/* Asks one more; FALSE when nobody may be asked. */
static gboolean ask_one(WhInquiry *inquiry)
{
    const WhOutsideOperator *operator_ = pick_next(inquiry);
    if (operator_ == NULL)
        return FALSE;
    ask(inquiry, operator_);
    return TRUE;
}

/* The word comes when others are being asked already, maybe over a line that was not there yet: the
 * quickest way is tried beside them. */
static void join_race(WhInquiry *inquiry)
{
    const WhOutsideOperator *operator_ = NULL;
    if (is_race(inquiry) && !asks_dns(inquiry))
        operator_ = pick(inquiry, WH_PANEL_DNS);
    if (operator_ != NULL)
        ask(inquiry, operator_);
}

/* How many answers are still needed, as far as one can tell now; 0: the matter is decided. */
static guint count_missing(const WhInquiry *inquiry)
{
    WhTally tally = count(inquiry);
    if (tally.agreed || tally.voices >= WH_TALLY_QUORUM || wh_inquiry_is_confirmed(inquiry))
        return 0;
    if (has_word(inquiry) || (expects(inquiry) && !tally.answered))
        return 1;
    return WH_TALLY_QUORUM - tally.voices;
}

static void ask_missing(WhInquiry *inquiry)
{
    gboolean retry = inquiry->kind == WH_INQUIRY_RETRY || inquiry->kind == WH_INQUIRY_LATE_RETRY;
    guint most = retry ? MOST_OF_A_RETRY : G_MAXUINT;
    guint wanted = count_missing(inquiry) + inquiry->company + (is_race(inquiry) ? 1 : 0);
    while (inquiry->open->len < wanted && inquiry->asked->len < most && ask_one(inquiry))
        continue;
}

static void lose_patience(gpointer data);

static void be_patient(WhInquiry *inquiry, guint company)
{
    inquiry->company = company;
    wh_clock_remove_timer(inquiry->clock, &inquiry->patience);
    inquiry->patience =
        wh_clock_add_timer(inquiry->clock, WH_INQUIRY_PATIENCE, lose_patience, inquiry);
}

static void lose_patience(gpointer data)
{
    WhInquiry *inquiry = data;
    inquiry->patience = 0;
    be_patient(inquiry, inquiry->company + 1);
    ask_missing(inquiry);
}

/* Those whose answer is not waited for any more were asked all the same. */
static void let_rest(WhInquiry *inquiry)
{
    if (!count(inquiry).answered)
        return;
    for (guint i = 0; i < inquiry->open->len; i++) {
        const Question *question = inquiry->open->pdata[i];
        wh_panel_rest(inquiry->panel, question->operator_, wh_clock_monotonic(inquiry->clock));
    }
}

static void proceed(WhInquiry *inquiry)
{
    if (count_missing(inquiry) > 0) {
        be_patient(inquiry, 0);
        ask_missing(inquiry);
        if (inquiry->open->len > 0)
            return;
    }
    wh_clock_remove_timer(inquiry->clock, &inquiry->patience);
    let_rest(inquiry);
    inquiry->done(inquiry, inquiry->data);
}

void wh_inquiry_set_router(WhInquiry *inquiry, const WhObservation *router)
{
    g_clear_pointer(&inquiry->router, wh_observation_free);
    inquiry->router = router == NULL ? NULL : wh_observation_copy(router);
    if (count_missing(inquiry) == 0) {
        proceed(inquiry);
        return;
    }
    join_race(inquiry);
    ask_missing(inquiry);
}

WhInquiry *wh_inquiry_new(WhClock *clock, WhOutsideAsker *asker, WhPanel *panel, WhFamily family,
                          const WhInquiryTerms *terms, WhInquiryDone done, gpointer data)
{
    WhInquiry *inquiry = g_new0(WhInquiry, 1);
    inquiry->clock = clock;
    inquiry->asker = asker;
    inquiry->panel = panel;
    inquiry->family = family;
    inquiry->kind = terms->kind;
    inquiry->known = terms->known;
    inquiry->router = terms->router == NULL ? NULL : wh_observation_copy(terms->router);
    inquiry->uplink = terms->uplink;
    inquiry->done = done;
    inquiry->data = data;
    inquiry->started = wh_clock_monotonic(clock);
    inquiry->asked = g_ptr_array_new();
    inquiry->open = g_ptr_array_new();
    inquiry->observations = g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
    ask_missing(inquiry);
    if (inquiry->open->len == 0)
        g_clear_pointer(&inquiry, wh_inquiry_free);
    else
        be_patient(inquiry, 0);
    return inquiry;
}

/* The asker answers a cancelled question too, now or later; its struct lives until then. */
static void cancel_open(WhInquiry *inquiry)
{
    g_autoptr(GPtrArray) open = g_steal_pointer(&inquiry->open);
    for (guint i = 0; i < open->len; i++) {
        Question *question = open->pdata[i];
        question->inquiry = NULL;
        inquiry->asker->cancel(inquiry->asker, question->handle);
    }
}

void wh_inquiry_free(WhInquiry *inquiry)
{
    if (inquiry == NULL)
        return;
    wh_clock_remove_timer(inquiry->clock, &inquiry->patience);
    cancel_open(inquiry);
    g_clear_pointer(&inquiry->router, wh_observation_free);
    g_ptr_array_unref(inquiry->asked);
    g_ptr_array_unref(inquiry->observations);
    g_free(inquiry);
}
