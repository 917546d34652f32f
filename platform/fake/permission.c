#include "platform/permission.h"

#include "platform/fake/bell.h"
#include "platform/fake/permission_fake.h"
#include "platform/fake/state.h"

typedef struct {
    guint number;
    gboolean about_session;
    gboolean interactive;
    WhPermissionAction action;
    WhPeer peer;
    WhPermissionDone done;
    gpointer data;
} Question;

struct WhPermission {
    GSource *bell;
    GQueue questions; /* of Question */
    guint last_number;
};

static WhPermissionAnswer answer_to(const Question *question)
{
    WhFakeState *state = wh_fake_state();
    WhPermissionAnswer answer = (WhPermissionAnswer)state->permission_answers[question->action];

    if (!question->peer.known)
        return WH_PERMISSION_NO;
    if (question->about_session)
        return g_hash_table_contains(state->signed_in, question->peer.principal) ? WH_PERMISSION_YES
                                                                                 : WH_PERMISSION_NO;
    if (question->peer.started == 0)
        return WH_PERMISSION_NO;
    return answer == WH_PERMISSION_CHALLENGE && question->interactive
               ? (WhPermissionAnswer)state->permission_password
               : answer;
}

/* One a turn: the callee may free the permission. */
static void bell_rang(gpointer data)
{
    WhPermission *permission = data;
    Question *question =
        wh_fake_state()->permission_silent ? NULL : g_queue_pop_head(&permission->questions);

    if (question == NULL)
        return;
    if (!g_queue_is_empty(&permission->questions))
        wh_fake_bell_ring(permission->bell);
    question->done(answer_to(question), question->data);
    g_free(question);
}

WhPermission *wh_permission_new(void)
{
    WhPermission *permission = g_new0(WhPermission, 1);

    permission->bell = wh_fake_bell_new(bell_rang, permission);
    g_queue_init(&permission->questions);
    g_ptr_array_add(wh_fake_state()->permissions, permission);
    return permission;
}

void wh_permission_free(WhPermission *permission)
{
    if (permission == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->permissions, permission);
    wh_fake_bell_free(permission->bell);
    g_queue_clear_full(&permission->questions, g_free);
    g_free(permission);
}

static guint ask(WhPermission *permission, const Question *asked)
{
    Question *question = g_memdup2(asked, sizeof *asked);

    question->number = ++permission->last_number;
    g_queue_push_tail(&permission->questions, question);
    wh_fake_state()->permission_questions++;
    wh_fake_state()->permission_dialogs += asked->interactive ? 1 : 0;
    wh_fake_bell_ring(permission->bell);
    return question->number;
}

guint wh_permission_ask(WhPermission *permission, const WhPeer *peer, WhPermissionAction action,
                        gboolean interactive, WhPermissionDone done, gpointer data)
{
    const Question question = {
        .interactive = interactive, .action = action, .peer = *peer, .done = done, .data = data};

    return ask(permission, &question);
}

guint wh_permission_ask_session(WhPermission *permission, const WhPeer *peer, WhPermissionDone done,
                                gpointer data)
{
    const Question question = {.about_session = TRUE, .peer = *peer, .done = done, .data = data};

    return ask(permission, &question);
}

void wh_permission_cancel(WhPermission *permission, guint number)
{
    for (GList *link = permission->questions.head; link != NULL; link = link->next) {
        if (((Question *)link->data)->number != number)
            continue;
        g_free(link->data);
        g_queue_delete_link(&permission->questions, link);
        return;
    }
}

void wh_fake_permission_set_answer(WhPermissionAction action, WhPermissionAnswer answer)
{
    wh_fake_state()->permission_answers[action] = answer;
}

void wh_fake_permission_set_password(WhPermissionAnswer answer)
{
    wh_fake_state()->permission_password = answer;
}

void wh_fake_permission_set_session(const char *principal, gboolean signed_in)
{
    if (signed_in)
        g_hash_table_add(wh_fake_state()->signed_in, g_strdup(principal));
    else
        g_hash_table_remove(wh_fake_state()->signed_in, principal);
}

void wh_fake_permission_set_silent(gboolean silent)
{
    GPtrArray *permissions = wh_fake_state()->permissions;

    wh_fake_state()->permission_silent = silent;
    for (guint i = 0; i < permissions->len; i++)
        wh_fake_bell_ring(((WhPermission *)g_ptr_array_index(permissions, i))->bell);
}

guint wh_fake_permission_questions(void)
{
    return wh_fake_state()->permission_questions;
}

guint wh_fake_permission_dialogs(void)
{
    return wh_fake_state()->permission_dialogs;
}

guint wh_fake_permission_waiting(void)
{
    GPtrArray *permissions = wh_fake_state()->permissions;
    guint waiting = 0;

    for (guint i = 0; i < permissions->len; i++)
        waiting += ((WhPermission *)g_ptr_array_index(permissions, i))->questions.length;
    return waiting;
}
