#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"

void wh_methods_unlock_keyring(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    WhVaultView view;
    wh_vault_view(rooms->vault, &view);
    if (view.keyring == WH_VAULT_KEYRING_UNUSED) {
        wh_failure_not_possible(invocation, "The service of the whole computer uses no keyring.");
    } else if (view.keyring == WH_VAULT_KEYRING_ABSENT) {
        wh_vault_unlock(rooms->vault);
        wh_failure_not_possible(invocation,
                                "This session has no keyring that answers. It is looked "
                                "for once more now.");
    } else {
        wh_vault_unlock(rooms->vault);
        wh_invocation_reply(invocation, NULL);
    }
}

void wh_methods_allow_secret_file(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    g_autoptr(GError) error = NULL;
    gboolean allowed = json_is_true(wh_invocation_parameter(invocation, "allowed"));
    WhVaultView view;
    wh_vault_view(rooms->vault, &view);
    if (view.keyring == WH_VAULT_KEYRING_UNUSED) {
        wh_failure_not_possible(invocation, "The service of the whole computer uses no keyring. "
                                            "What it keeps is decided with \"wayhomectl "
                                            "unattended on\" or \"off\".");
        return;
    }
    gboolean done = rooms->allow_secret_file(allowed, &error, rooms->data);
    wh_watch_service_changed(invocation->control->watch);
    if (done)
        wh_invocation_reply(invocation, NULL);
    else
        wh_failure_not_saved(invocation, error->message);
}

void wh_methods_keep_unattended(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    gboolean enabled = json_is_true(wh_invocation_parameter(invocation, "enabled"));
    g_autoptr(GError) error = NULL;
    if (!rooms->system_scope || rooms->keep_unattended == NULL) {
        wh_failure_not_possible(invocation, "Only the service of the whole computer can work while "
                                            "nobody is signed in.");
        return;
    }
    gboolean done = rooms->keep_unattended(enabled, &error, rooms->data);
    wh_watch_service_changed(invocation->control->watch);
    wh_waiting_settle(invocation->control->waiting);
    if (done)
        wh_waiting_reply(invocation->control->waiting, invocation, NULL, NULL);
    else
        wh_failure_not_saved(invocation, error->message);
}
