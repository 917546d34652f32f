#include "service/control/admission.h"

#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"
#include "service/protocol/names.h"

static const char *owner_of(const WhControlRooms *rooms)
{
    const char *principal = NULL;
    const char *name = NULL;
    if (rooms->system_scope && rooms->owner != NULL)
        rooms->owner(&principal, &name, rooms->data);
    return principal;
}

WhStanding wh_admission_standing(const WhControlRooms *rooms, const WhPeer *peer)
{
    return wh_authorize_standing(peer, owner_of(rooms), rooms->system_scope);
}

/* Who may look may also know that there is no such method. */
static WhDecision decide(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const char *method = invocation->call->method;
    gboolean owned = owner_of(rooms) != NULL;
    WhStanding standing = wh_admission_standing(rooms, wh_connection_peer(invocation->connection));
    return wh_methods_find(method) != NULL ? wh_authorize_method(standing, owned, method)
                                           : wh_authorize_decide(standing, owned, WH_LEVEL_OBSERVE);
}

static void refuse(WhInvocation *invocation)
{
    const WhMethod *method = wh_methods_find(invocation->call->method);
    wh_denials_note(invocation->control->denials, wh_connection_peer(invocation->connection),
                    method != NULL ? method->name : NULL);
    wh_invocation_fail(invocation, WH_VARLINK_ERROR("PermissionDenied"), NULL);
}

static void end_dialog(WhInvocation *invocation, WhConnection *connection, gboolean let_in)
{
    if (invocation->dialog)
        wh_dialogs_end(invocation->control->dialogs, wh_connection_peer(connection)->principal,
                       let_in);
    invocation->dialog = FALSE;
}

static void answered(WhPermissionAnswer answer, gpointer data)
{
    WhInvocation *invocation = data;
    invocation->question = 0;
    end_dialog(invocation, invocation->connection, answer == WH_PERMISSION_YES);
    wh_call_unfold(invocation->call);
    switch (answer) {
    case WH_PERMISSION_YES:
        invocation->admitted(invocation);
        return;
    case WH_PERMISSION_CHALLENGE:
        wh_failure_interaction_needed(invocation);
        return;
    case WH_PERMISSION_NO:
        break;
    }
    refuse(invocation);
}

/* A session lets in for looking; what is needed is decided anew, because there may be another owner
 * by now, or none. Only a yes is remembered: who signs in later need not connect anew. A session
 * that ends takes nothing away from a connection that was made in it; it ends with its programs. */
static void answered_session(WhPermissionAnswer answer, gpointer data)
{
    WhInvocation *invocation = data;
    if (answer != WH_PERMISSION_YES) {
        answered(answer, invocation);
        return;
    }
    wh_connection_set_signed_in(invocation->connection);
    invocation->question = 0;
    wh_call_unfold(invocation->call);
    wh_admission_decide(invocation, invocation->admitted);
}

static gboolean may_open_dialog(WhInvocation *invocation)
{
    return json_is_true(wh_invocation_parameter(invocation, "interactive")) &&
           wh_dialogs_begin(invocation->control->dialogs,
                            wh_connection_peer(invocation->connection)->principal);
}

static guint ask(WhInvocation *invocation, WhDecision decision)
{
    WhPermission *permission = wh_invocation_rooms(invocation)->permission;
    const WhPeer *peer = wh_connection_peer(invocation->connection);
    if (decision == WH_DECISION_ASK_SESSION)
        return wh_permission_ask_session(permission, peer, answered_session, invocation);
    invocation->dialog = may_open_dialog(invocation);
    return wh_permission_ask(permission, peer,
                             decision == WH_DECISION_ASK_CLAIM ? WH_PERMISSION_CLAIM
                                                               : WH_PERMISSION_MANAGE,
                             invocation->dialog, answered, invocation);
}

void wh_admission_decide(WhInvocation *invocation, void (*admitted)(WhInvocation *invocation))
{
    WhDecision decision = decide(invocation);
    if (decision == WH_DECISION_ASK_SESSION && wh_connection_is_signed_in(invocation->connection))
        decision = WH_DECISION_YES;
    if (decision == WH_DECISION_YES) {
        admitted(invocation);
    } else if (decision == WH_DECISION_NO || wh_invocation_rooms(invocation)->permission == NULL) {
        refuse(invocation);
    } else {
        invocation->admitted = admitted;
        invocation->question = ask(invocation, decision);
        /* Whoever waits here is let hold little of the memory meanwhile. */
        wh_call_fold(invocation->call);
    }
}

gboolean wh_admission_give_up(WhInvocation *invocation, WhConnection *connection)
{
    if (invocation->question == 0)
        return FALSE;
    end_dialog(invocation, connection, FALSE);
    wh_permission_cancel(wh_invocation_rooms(invocation)->permission, invocation->question);
    wh_invocation_free(invocation);
    return TRUE;
}
