#include "service/control/waiting.h"

#include "service/control/failure.h"

#define PATIENCE (5 * WH_SECOND)

/* held: Answer, in the order of their calls. */
struct WhWaiting {
    const WhControlRooms *rooms;
    GQueue held;
};

/* account: NULL: of all. */
typedef struct {
    WhWaiting *waiting;
    WhInvocation *invocation;
    char *account;
    json_t *parameters;
    guint timer;
} Answer;

WhWaiting *wh_waiting_new(const WhControlRooms *rooms)
{
    WhWaiting *waiting = g_new0(WhWaiting, 1);
    waiting->rooms = rooms;
    return waiting;
}

static void free_answer(Answer *answer)
{
    wh_clock_remove_timer(answer->waiting->rooms->clock, &answer->timer);
    json_decref(answer->parameters);
    g_free(answer->account);
    g_free(answer);
}

void wh_waiting_free(WhWaiting *waiting)
{
    if (waiting == NULL)
        return;
    Answer *answer;
    while ((answer = g_queue_pop_head(&waiting->held)) != NULL) {
        wh_invocation_free(answer->invocation);
        free_answer(answer);
    }
    g_free(waiting);
}

static gboolean check_all_settled(WhAccounts *accounts, GError **error)
{
    const GPtrArray *list = wh_accounts_list(accounts);
    for (guint i = 0; i < list->len; i++)
        if (!wh_accounts_check_settled(accounts, ((WhAccount *)list->pdata[i])->id, error))
            return FALSE;
    return TRUE;
}

static gboolean check_settled(const Answer *answer, GError **error)
{
    WhAccounts *accounts = answer->waiting->rooms->accounts;
    return answer->account != NULL ? wh_accounts_check_settled(accounts, answer->account, error)
                                   : check_all_settled(accounts, error);
}

static void give(Answer *answer)
{
    g_autoptr(GError) error = NULL;
    if (check_settled(answer, &error))
        wh_invocation_reply(answer->invocation, g_steal_pointer(&answer->parameters));
    else
        wh_failure_accounts(answer->invocation, error, NULL);
    free_answer(answer);
}

static void lose_patience(gpointer data)
{
    Answer *answer = data;
    answer->timer = 0;
    g_queue_remove(&answer->waiting->held, answer);
    give(answer);
}

static gboolean is_settling(WhWaiting *waiting, const char *account)
{
    return account != NULL ? wh_accounts_is_settling(waiting->rooms->accounts, account)
                           : wh_vault_is_busy(waiting->rooms->vault);
}

void wh_waiting_reply(WhWaiting *waiting, WhInvocation *invocation, const char *account,
                      json_t *parameters)
{
    Answer *answer = g_new0(Answer, 1);
    *answer = (Answer){waiting, invocation, g_strdup(account), parameters, 0};
    if (!is_settling(waiting, account)) {
        give(answer);
        return;
    }
    g_queue_push_tail(&waiting->held, answer);
    answer->timer = wh_clock_add_timer(waiting->rooms->clock, PATIENCE, lose_patience, answer);
}

/* An answer may let a connection go on with a call that waits anew: only those of now. */
void wh_waiting_settle(WhWaiting *waiting)
{
    for (guint left = waiting->held.length; left > 0; left--) {
        Answer *answer = g_queue_pop_head(&waiting->held);
        if (is_settling(waiting, answer->account))
            g_queue_push_tail(&waiting->held, answer);
        else
            give(answer);
    }
}
