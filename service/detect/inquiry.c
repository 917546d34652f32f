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

gint64 wh_inquiry_started(const WhInquiry *inquiry)
{
    return inquiry->started;
}

const GPtrArray *wh_inquiry_observations(const WhInquiry *inquiry)
{
    return inquiry->observations;
}

gboolean wh_inquiry_is_confirmed(const WhInquiry *inquiry)
{
    WhTally tally = wh_tally(inquiry->family, inquiry->observations);
    return inquiry->kind == WH_INQUIRY_POLL && tally.answered && !tally.contradicted &&
           wh_address_equal(&tally.address, &inquiry->known);
}

static WhObservation *observe(const Question *question, gboolean ok, const WhAddress *address,
                              const char *failure)
{
    const WhOutsideOperator *operator_ = question->operator_;
    const WhInquiry *inquiry = question->inquiry;
    gint64 now = wh_clock_monotonic(inquiry->clock);
    if (ok && address->family == inquiry->family)
        return wh_observation_new(operator_->id, operator_->organisation, WH_SOURCE_OUTSIDE,
                                  address, now);
    return wh_observation_new_failed(
        operator_->id, operator_->organisation, WH_SOURCE_OUTSIDE, inquiry->family,
        ok ? "answered with an address of the other family" : failure, now);
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

/* Asks one more; FALSE when nobody may be asked. */
static gboolean ask_one(WhInquiry *inquiry)
{
    /* From the first answer or failure on there is a reason to ask, so nobody rests. */
    gboolean urgent = inquiry->kind == WH_INQUIRY_EVENT || inquiry->kind == WH_INQUIRY_RETRY ||
                      inquiry->observations->len > 0 || inquiry->company > 0;
    const WhOutsideOperator *operator_ =
        wh_panel_pick(inquiry->panel, inquiry->family, urgent, inquiry->asked,
                      wh_clock_monotonic(inquiry->clock));
    if (operator_ == NULL)
        return FALSE;
    Question *question = g_new0(Question, 1);
    question->inquiry = inquiry;
    question->operator_ = operator_;
    g_ptr_array_add(inquiry->asked, operator_->organisation);
    g_ptr_array_add(inquiry->open, question);
    question->handle =
        inquiry->asker->ask(inquiry->asker, operator_, inquiry->family, hear, question);
    return TRUE;
}

/* How many answers are still needed, as far as one can tell now; 0: the matter is decided. */
static guint count_missing(const WhInquiry *inquiry)
{
    WhTally tally = wh_tally(inquiry->family, inquiry->observations);
    if (tally.organisations >= WH_TALLY_QUORUM || wh_inquiry_is_confirmed(inquiry))
        return 0;
    if (inquiry->kind == WH_INQUIRY_POLL && !tally.answered)
        return 1;
    return WH_TALLY_QUORUM - tally.organisations;
}

static void ask_missing(WhInquiry *inquiry)
{
    gboolean retry = inquiry->kind == WH_INQUIRY_RETRY || inquiry->kind == WH_INQUIRY_LATE_RETRY;
    guint most = retry ? MOST_OF_A_RETRY : G_MAXUINT;
    guint wanted = count_missing(inquiry) + inquiry->company;
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

static void proceed(WhInquiry *inquiry)
{
    if (count_missing(inquiry) > 0) {
        be_patient(inquiry, 0);
        ask_missing(inquiry);
        if (inquiry->open->len > 0)
            return;
    }
    wh_clock_remove_timer(inquiry->clock, &inquiry->patience);
    inquiry->done(inquiry, inquiry->data);
}

WhInquiry *wh_inquiry_new(WhClock *clock, WhOutsideAsker *asker, WhPanel *panel, WhFamily family,
                          WhInquiryKind kind, const WhAddress *known, WhInquiryDone done,
                          gpointer data)
{
    WhInquiry *inquiry = g_new0(WhInquiry, 1);
    inquiry->clock = clock;
    inquiry->asker = asker;
    inquiry->panel = panel;
    inquiry->family = family;
    inquiry->kind = kind;
    inquiry->known = *known;
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
    g_ptr_array_unref(inquiry->asked);
    g_ptr_array_unref(inquiry->observations);
    g_free(inquiry);
}
