#include "service/doctor/checkup.h"

/* Two pages of different operators, and both name servers, are asked at once. */
#define PAGES_A_ROUND 2

#define FIRST_PAUSE (30 * WH_SECOND)
#define LONGEST_PAUSE (10 * WH_MINUTE)

/* A line that comes and goes does not ask each time. */
#define LEAST_PAUSE (10 * WH_SECOND)

/* Behind a page to sign in at, a person is about to act. */
#define PORTAL_PAUSE (30 * WH_SECOND)

typedef enum { ASKED_PAGE, ASKED_OWN_SERVER, ASKED_OTHER_SERVER } Asked;

/* One question under way. */
typedef struct {
    WhCheckup *checkup;
    Asked asked;
    const WhProbePage *page;
    guint64 handle;
} Question;

/* What a round has brought so far. */
typedef struct {
    gboolean asked_names;
    gboolean genuine;
    gboolean portal;
    gboolean own_server;
    gboolean other_server;
} Round;

struct WhCheckup {
    WhClock *clock;
    WhCheckupAsker *asker;
    WhProbes *probes;
    WhCheckupListener listener;
    gpointer data;
    gboolean needed;
    guint turn;
    gint64 began;
    gint64 pause;
    guint timer;
    GPtrArray *questions;
    Round round;
    WhFactsProbes result;
    char *name_server;
};

WhCheckup *wh_checkup_new(WhClock *clock, WhCheckupAsker *asker, WhProbes *probes,
                          const WhCheckupListener *listener, gpointer data)
{
    WhCheckup *checkup = g_new0(WhCheckup, 1);

    checkup->clock = clock;
    checkup->asker = asker;
    checkup->probes = probes;
    checkup->listener = *listener;
    checkup->data = data;
    checkup->began = -LEAST_PAUSE;
    checkup->pause = FIRST_PAUSE;
    checkup->questions = g_ptr_array_new_with_free_func(g_free);
    return checkup;
}

static void cancel_all(WhCheckup *checkup)
{
    for (guint i = 0; i < checkup->questions->len; i++)
        checkup->asker->cancel(checkup->asker, ((Question *)checkup->questions->pdata[i])->handle);
    g_ptr_array_set_size(checkup->questions, 0);
}

void wh_checkup_free(WhCheckup *checkup)
{
    if (checkup == NULL)
        return;
    cancel_all(checkup);
    wh_clock_remove_timer(checkup->clock, &checkup->timer);
    g_ptr_array_unref(checkup->questions);
    wh_probes_free(checkup->probes);
    g_free(checkup->name_server);
    g_free(checkup);
}

static WhFactsWeb judge_web(const Round *round)
{
    if (round->genuine)
        return WH_FACTS_WEB_FREE;
    return round->portal ? WH_FACTS_WEB_PORTAL : WH_FACTS_WEB_SILENT;
}

static WhFactsNames judge_names(const Round *round)
{
    if (!round->asked_names)
        return WH_FACTS_NAMES_NOT_ASKED;
    if (round->own_server)
        return WH_FACTS_NAMES_ANSWERED;
    return round->other_server ? WH_FACTS_NAMES_BROKEN : WH_FACTS_NAMES_SILENT;
}

static void on_again(gpointer data)
{
    WhCheckup *checkup = data;

    checkup->timer = 0;
    wh_checkup_run(checkup);
}

static void wait_for_next(WhCheckup *checkup)
{
    gboolean portal = checkup->result.web == WH_FACTS_WEB_PORTAL;
    gint64 pause = portal ? PORTAL_PAUSE : checkup->pause;

    wh_clock_remove_timer(checkup->clock, &checkup->timer);
    if (!checkup->needed)
        return;
    checkup->timer = wh_clock_add_timer(checkup->clock, wh_clock_jitter(checkup->clock, pause, 0.1),
                                        on_again, checkup);
    checkup->pause = MIN(checkup->pause * 2, LONGEST_PAUSE);
}

/* A question is answered; after the last one the round is over. */
static void settle(Question *question)
{
    WhCheckup *checkup = question->checkup;

    g_ptr_array_remove_fast(checkup->questions, question);
    if (checkup->questions->len > 0)
        return;
    checkup->result.web = judge_web(&checkup->round);
    checkup->result.names = judge_names(&checkup->round);
    wait_for_next(checkup);
    checkup->listener.done(checkup->data);
}

/* What somebody else says in a page's place counts for nothing, its date included. */
static void on_page(const WhCheckupPage *answer, gpointer data)
{
    Question *question = data;
    WhCheckup *checkup = question->checkup;

    if (answer->answered &&
        wh_probe_page_is_genuine(question->page, answer->status, answer->body, answer->length)) {
        checkup->round.genuine = TRUE;
        if (answer->date != 0)
            checkup->listener.dated(question->page->id, answer->date, answer->at, checkup->data);
    } else if (answer->answered) {
        checkup->round.portal = TRUE;
    }
    settle(question);
}

static void on_name(gboolean answered, const char *server, gpointer data)
{
    Question *question = data;
    WhCheckup *checkup = question->checkup;

    if (question->asked == ASKED_OWN_SERVER) {
        checkup->round.own_server = answered;
        g_free(checkup->name_server);
        checkup->name_server = g_strdup(server);
    } else {
        checkup->round.other_server = answered;
    }
    settle(question);
}

static Question *add_question(WhCheckup *checkup, Asked asked)
{
    Question *question = g_new0(Question, 1);

    question->checkup = checkup;
    question->asked = asked;
    g_ptr_array_add(checkup->questions, question);
    return question;
}

static void ask_pages(WhCheckup *checkup)
{
    guint count = MIN(checkup->probes->pages->len, PAGES_A_ROUND);

    for (guint i = 0; i < count; i++) {
        guint at = (checkup->turn * PAGES_A_ROUND + i) % checkup->probes->pages->len;
        Question *question = add_question(checkup, ASKED_PAGE);

        question->page = checkup->probes->pages->pdata[at];
        question->handle = checkup->asker->page(checkup->asker, question->page, on_page, question);
    }
}

static void ask_name(WhCheckup *checkup, Asked asked, const WhProbeServer *other)
{
    Question *question = add_question(checkup, asked);

    question->handle =
        checkup->asker->name(checkup->asker, asked == ASKED_OTHER_SERVER ? &other->server : NULL,
                             other->name, on_name, question);
}

static void ask_names(WhCheckup *checkup)
{
    const GPtrArray *servers = checkup->probes->servers;

    checkup->round.asked_names = servers->len > 0;
    if (servers->len == 0)
        return;
    const WhProbeServer *other = servers->pdata[checkup->turn % servers->len];
    ask_name(checkup, ASKED_OWN_SERVER, other);
    ask_name(checkup, ASKED_OTHER_SERVER, other);
}

void wh_checkup_run(WhCheckup *checkup)
{
    if (checkup->questions->len > 0)
        return;
    wh_clock_remove_timer(checkup->clock, &checkup->timer);
    checkup->began = wh_clock_monotonic(checkup->clock);
    checkup->round = (Round){.genuine = FALSE};
    ask_pages(checkup);
    ask_names(checkup);
    checkup->turn++;
}

gboolean wh_checkup_is_running(WhCheckup *checkup)
{
    return checkup->questions->len > 0;
}

static void begin(WhCheckup *checkup)
{
    gint64 rest = checkup->began + LEAST_PAUSE - wh_clock_monotonic(checkup->clock);

    if (rest <= 0)
        wh_checkup_run(checkup);
    else
        checkup->timer = wh_clock_add_timer(checkup->clock, rest, on_again, checkup);
}

void wh_checkup_set_needed(WhCheckup *checkup, gboolean needed)
{
    if (checkup->needed == needed)
        return;
    checkup->needed = needed;
    checkup->pause = FIRST_PAUSE;
    if (needed) {
        begin(checkup);
        return;
    }
    cancel_all(checkup);
    wh_clock_remove_timer(checkup->clock, &checkup->timer);
    checkup->result = (WhFactsProbes){.web = WH_FACTS_WEB_NOT_ASKED};
}

gboolean wh_checkup_is_worrying(WhCheckup *checkup)
{
    const WhFactsProbes *result = &checkup->result;

    return result->web == WH_FACTS_WEB_PORTAL || result->names == WH_FACTS_NAMES_BROKEN ||
           (result->web == WH_FACTS_WEB_SILENT && result->names == WH_FACTS_NAMES_SILENT);
}

WhFactsProbes wh_checkup_result(WhCheckup *checkup)
{
    WhFactsProbes result = checkup->result;

    result.name_server = checkup->name_server;
    return result;
}
