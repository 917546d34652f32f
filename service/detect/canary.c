#include "service/detect/canary.h"

/* One question; its struct lives until it is answered, and canary is NULL when the answer is for
 * nobody. */
typedef struct {
    WhCanary *canary;
    guint64 handle;
} Question;

/* dead: a question was lost, so that an answer is news. */
struct WhCanary {
    WhClock *clock;
    WhOutsideAsker *asker;
    WhPanel *panel;
    WhFamily family;
    WhCanaryFunc back;
    gpointer data;
    guint uplink;
    gint64 started;
    gboolean dead;
    Question *question;
    guint timer;
};

static void ask(gpointer data);

static void pause_then_ask(WhCanary *canary)
{
    gint64 age = wh_clock_monotonic(canary->clock) - canary->started;
    canary->timer = wh_clock_add_timer(
        canary->clock, age < WH_CANARY_LATE ? WH_CANARY_PAUSE : WH_CANARY_LATE_PAUSE, ask, canary);
}

static void hear(gboolean ok, const WhAddress *address, const char *failure, gpointer data)
{
    g_autofree Question *question = data;
    WhCanary *canary = question->canary;
    if (canary == NULL)
        return;
    canary->question = NULL;
    if (!ok) {
        canary->dead = TRUE;
        pause_then_ask(canary);
    } else if (canary->dead) {
        canary->dead = FALSE;
        canary->back(canary->data);
    }
}

static void ask(gpointer data)
{
    WhCanary *canary = data;
    g_autoptr(GPtrArray) nobody = g_ptr_array_new();
    canary->timer = 0;
    const WhOutsideOperator *operator_ =
        wh_panel_pick(canary->panel, canary->family, WH_PANEL_DNS, TRUE, nobody,
                      wh_clock_monotonic(canary->clock));
    canary->question = g_new0(Question, 1);
    canary->question->canary = canary;
    canary->question->handle = canary->asker->ask(canary->asker, operator_, canary->family,
                                                  canary->uplink, hear, canary->question);
}

void wh_canary_start(WhCanary *canary, guint uplink)
{
    if (canary->timer != 0 || canary->question != NULL ||
        !wh_panel_has(canary->panel, canary->family, WH_PANEL_DNS))
        return;
    canary->uplink = uplink;
    canary->dead = FALSE;
    canary->started = wh_clock_monotonic(canary->clock);
    pause_then_ask(canary);
}

void wh_canary_stop(WhCanary *canary)
{
    wh_clock_remove_timer(canary->clock, &canary->timer);
    Question *question = g_steal_pointer(&canary->question);
    if (question == NULL)
        return;
    question->canary = NULL;
    canary->asker->cancel(canary->asker, question->handle);
}

WhCanary *wh_canary_new(WhClock *clock, WhOutsideAsker *asker, WhPanel *panel, WhFamily family,
                        WhCanaryFunc back, gpointer data)
{
    WhCanary *canary = g_new0(WhCanary, 1);
    canary->clock = clock;
    canary->asker = asker;
    canary->panel = panel;
    canary->family = family;
    canary->back = back;
    canary->data = data;
    return canary;
}

void wh_canary_free(WhCanary *canary)
{
    if (canary == NULL)
        return;
    wh_canary_stop(canary);
    g_free(canary);
}
