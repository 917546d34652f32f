#include "service/control/authorize.h"

#include "service/protocol/names.h"

#include <string.h>

/* What a method needs. Whatever is not listed is for nobody. */
static const struct {
    const char *method;
    WhPermit needs;
} needs[] = {
    {WH_VARLINK_ERROR("GetInfo"), WH_PERMIT_NOTHING},
    {WH_VARLINK_ERROR("GetInterfaceDescription"), WH_PERMIT_NOTHING},
    {WH_CONTROL_METHOD("Status"), WH_PERMIT_OBSERVE},
    {WH_CONTROL_METHOD("Watch"), WH_PERMIT_OBSERVE},
    {WH_CONTROL_METHOD("ListProviders"), WH_PERMIT_OBSERVE},
    {WH_CONTROL_METHOD("History"), WH_PERMIT_OBSERVE},
    {WH_CONTROL_METHOD("AddAccount"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("EditAccount"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("RemoveAccount"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("SetSecret"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("ForgetSecrets"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("UnlockKeyring"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("AllowSecretFile"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("AddHost"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("EditHost"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("RemoveHost"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("Test"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("UpdateNow"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("Pause"), WH_PERMIT_MANAGE},
    {WH_CONTROL_METHOD("Resume"), WH_PERMIT_MANAGE},
};

WhPermit wh_authorize_peer(const WhPeer *peer)
{
    if (!peer->known)
        return WH_PERMIT_NOTHING;
    return peer->is_root || peer->is_self ? WH_PERMIT_MANAGE : WH_PERMIT_NOTHING;
}

gboolean wh_authorize_method(WhPermit permit, const char *method)
{
    for (guint i = 0; i < G_N_ELEMENTS(needs); i++)
        if (strcmp(needs[i].method, method) == 0)
            return permit >= needs[i].needs;
    return FALSE;
}
