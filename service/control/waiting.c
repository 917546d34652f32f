#include "service/control/waiting.h"

#define PATIENCE (5 * WH_SECOND)

/* held: Answer. */
struct WhWaiting {
    const WhControlRooms *rooms;
    GQueue held;
    guint timer;
};

typedef struct {
    WhInvocation *invocation;
    json_t *parameters;
} Answer;

WhWaiting *wh_waiting_new(const WhControlRooms *rooms)
{
    WhWaiting *waiting = g_new0(WhWaiting, 1);
    waiting->rooms = rooms;
    return waiting;
}

void wh_waiting_free(WhWaiting *waiting)
{
    if (waiting == NULL)
        return;
    Answer *answer;
    while ((answer = g_queue_pop_head(&waiting->held)) != NULL) {
        json_decref(answer->parameters);
        wh_invocation_free(answer->invocation);
        g_free(answer);
    }
    wh_clock_remove_timer(waiting->rooms->clock, &waiting->timer);
    g_free(waiting);
}

/* An answer may let a connection go on with a call that waits anew: only those of now. */
static void answer_all(WhWaiting *waiting)
{
    wh_clock_remove_timer(waiting->rooms->clock, &waiting->timer);
    for (guint left = waiting->held.length; left > 0; left--) {
        Answer *answer = g_queue_pop_head(&waiting->held);
        wh_invocation_reply(answer->invocation, answer->parameters);
        g_free(answer);
    }
}

static void lose_patience(gpointer data)
{
    WhWaiting *waiting = data;
    waiting->timer = 0;
    answer_all(waiting);
}

void wh_waiting_reply(WhWaiting *waiting, WhInvocation *invocation, json_t *parameters)
{
    if (!wh_vault_is_busy(waiting->rooms->vault)) {
        wh_invocation_reply(invocation, parameters);
        return;
    }
    Answer *answer = g_new0(Answer, 1);
    *answer = (Answer){invocation, parameters};
    g_queue_push_tail(&waiting->held, answer);
    if (waiting->timer == 0)
        waiting->timer =
            wh_clock_add_timer(waiting->rooms->clock, PATIENCE, lose_patience, waiting);
}

void wh_waiting_settle(WhWaiting *waiting)
{
    if (waiting->held.length > 0 && !wh_vault_is_busy(waiting->rooms->vault))
        answer_all(waiting);
}
