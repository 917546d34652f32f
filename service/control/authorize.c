#include "service/control/authorize.h"

#include "service/protocol/names.h"

#include <string.h>

/* What a method needs. Whatever is not listed is for nobody. */
static const struct {
    const char *method;
    WhLevel needs;
} needs[] = {
    {WH_VARLINK_ERROR("GetInfo"), WH_LEVEL_NOTHING},
    {WH_VARLINK_ERROR("GetInterfaceDescription"), WH_LEVEL_NOTHING},
    {WH_CONTROL_METHOD("Keeps"), WH_LEVEL_PERSON},
    {WH_CONTROL_METHOD("Status"), WH_LEVEL_OBSERVE},
    {WH_CONTROL_METHOD("Watch"), WH_LEVEL_OBSERVE},
    {WH_CONTROL_METHOD("ListProviders"), WH_LEVEL_OBSERVE},
    {WH_CONTROL_METHOD("History"), WH_LEVEL_OBSERVE},
    {WH_CONTROL_METHOD("AddAccount"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("EditAccount"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("RemoveAccount"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("SetSecret"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("ForgetSecrets"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("UnlockKeyring"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("AllowSecretFile"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("KeepUnattended"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("Reload"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("SetVpn"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("AddHost"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("EditHost"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("RemoveHost"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("Test"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("UpdateNow"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("Diagnose"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("Pause"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("Resume"), WH_LEVEL_MANAGE},
    {WH_CONTROL_METHOD("Claim"), WH_LEVEL_CLAIM},
    {WH_CONTROL_METHOD("SetOwner"), WH_LEVEL_ROOT},
};

/* What is not written here is WH_DECISION_NO. Who may do everything may also call what is not
 * possible for them, and is told why by the method. */
static const WhDecision decisions[WH_N_STANDINGS][WH_N_LEVELS] = {
    [WH_STANDING_NOBODY] = {[WH_LEVEL_NOTHING] = WH_DECISION_YES},
    [WH_STANDING_STRANGER] =
        {[WH_LEVEL_NOTHING] = WH_DECISION_YES, [WH_LEVEL_MANAGE] = WH_DECISION_ASK_MANAGE},
    [WH_STANDING_PERSON] = {[WH_LEVEL_NOTHING] = WH_DECISION_YES,
                            [WH_LEVEL_PERSON] = WH_DECISION_YES,
                            [WH_LEVEL_OBSERVE] = WH_DECISION_ASK_SESSION,
                            [WH_LEVEL_MANAGE] = WH_DECISION_ASK_MANAGE,
                            [WH_LEVEL_CLAIM] = WH_DECISION_ASK_CLAIM},
    [WH_STANDING_OWNER] = {[WH_LEVEL_NOTHING] = WH_DECISION_YES,
                           [WH_LEVEL_PERSON] = WH_DECISION_YES,
                           [WH_LEVEL_OBSERVE] = WH_DECISION_YES,
                           [WH_LEVEL_MANAGE] = WH_DECISION_YES,
                           [WH_LEVEL_CLAIM] = WH_DECISION_YES},
    [WH_STANDING_SELF] = {[WH_LEVEL_NOTHING] = WH_DECISION_YES,
                          [WH_LEVEL_PERSON] = WH_DECISION_YES,
                          [WH_LEVEL_OBSERVE] = WH_DECISION_YES,
                          [WH_LEVEL_MANAGE] = WH_DECISION_YES,
                          [WH_LEVEL_CLAIM] = WH_DECISION_YES,
                          [WH_LEVEL_ROOT] = WH_DECISION_YES},
    [WH_STANDING_ROOT] = {[WH_LEVEL_NOTHING] = WH_DECISION_YES,
                          [WH_LEVEL_PERSON] = WH_DECISION_YES,
                          [WH_LEVEL_OBSERVE] = WH_DECISION_YES,
                          [WH_LEVEL_MANAGE] = WH_DECISION_YES,
                          [WH_LEVEL_CLAIM] = WH_DECISION_YES,
                          [WH_LEVEL_ROOT] = WH_DECISION_YES},
};

WhStanding wh_authorize_standing(const WhPeer *peer, const char *owner, gboolean system_scope)
{
    if (!peer->known)
        return WH_STANDING_NOBODY;
    if (peer->is_root)
        return WH_STANDING_ROOT;
    if (!system_scope)
        return peer->is_self ? WH_STANDING_SELF : WH_STANDING_NOBODY;
    if (!peer->is_person)
        return WH_STANDING_STRANGER;
    return g_strcmp0(peer->principal, owner) == 0 ? WH_STANDING_OWNER : WH_STANDING_PERSON;
}

/* Where there is an owner already, nobody is asked for a password to be told so: only whether they
 * may look. */
WhDecision wh_authorize_decide(WhStanding standing, gboolean owned, WhLevel level)
{
    WhDecision decision = decisions[standing][level];
    return decision == WH_DECISION_ASK_CLAIM && owned ? WH_DECISION_ASK_SESSION : decision;
}

WhDecision wh_authorize_method(WhStanding standing, gboolean owned, const char *method)
{
    for (guint i = 0; i < G_N_ELEMENTS(needs); i++)
        if (strcmp(needs[i].method, method) == 0)
            return wh_authorize_decide(standing, owned, needs[i].needs);
    return WH_DECISION_NO;
}

const char *wh_authorize_listed(guint index)
{
    return index < G_N_ELEMENTS(needs) ? needs[index].method : NULL;
}
