#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"

/* FALSE: that a person's own service has no owner was answered. */
static gboolean can_be_owned(WhInvocation *invocation)
{
    if (wh_invocation_rooms(invocation)->system_scope)
        return TRUE;
    wh_failure_not_possible(invocation, "This service is a person's own: it is theirs already, and "
                                        "only the service of the whole computer has an owner.");
    return FALSE;
}

static void claim(WhInvocation *invocation, const WhPeer *peer)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    g_autoptr(GError) error = NULL;
    if (rooms->claim(peer->principal, &error, rooms->data))
        wh_invocation_reply(invocation, NULL);
    else
        wh_failure_not_saved(invocation, error->message);
}

/* Another may have become the owner while the password was asked for. */
void wh_methods_claim(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const WhPeer *peer = wh_connection_peer(invocation->connection);
    const char *owner = NULL;
    const char *name = NULL;
    if (!can_be_owned(invocation))
        return;
    rooms->owner(&owner, &name, rooms->data);
    if (g_strcmp0(owner, peer->principal) == 0)
        wh_invocation_reply(invocation, NULL);
    else if (owner != NULL)
        wh_failure_owned(invocation, name);
    else if (!peer->is_person)
        wh_failure_not_possible(invocation,
                                "Root manages everything, but the owner is a person. To make "
                                "somebody the owner: wayhomectl owner NAME");
    else
        claim(invocation, peer);
}

static void owner_set(const GError *error, gpointer data)
{
    WhInvocation *invocation = data;
    if (error == NULL)
        wh_invocation_reply(invocation, NULL);
    else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
             g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
        wh_failure_invalid(invocation, "user", error->message);
    else if (error->domain == G_IO_ERROR)
        wh_failure_not_possible(invocation, error->message);
    else
        wh_failure_not_saved(invocation, error->message);
}

void wh_methods_set_owner(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    if (can_be_owned(invocation))
        rooms->set_owner(wh_invocation_text(invocation, "user"), owner_set, invocation,
                         rooms->data);
}
