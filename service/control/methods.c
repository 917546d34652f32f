#include "service/control/methods.h"

#include "service/protocol/names.h"

#include <string.h>

static const WhMethod methods[] = {
    {WH_VARLINK_ERROR("GetInfo"), wh_methods_get_info, FALSE},
    {WH_VARLINK_ERROR("GetInterfaceDescription"), wh_methods_get_interface_description, FALSE},
    {WH_CONTROL_METHOD("Status"), wh_methods_status, FALSE},
    {WH_CONTROL_METHOD("Watch"), wh_methods_watch, TRUE},
    {WH_CONTROL_METHOD("ListProviders"), wh_methods_list_providers, FALSE},
    {WH_CONTROL_METHOD("AddAccount"), wh_methods_add_account, FALSE},
    {WH_CONTROL_METHOD("EditAccount"), wh_methods_edit_account, FALSE},
    {WH_CONTROL_METHOD("RemoveAccount"), wh_methods_remove_account, FALSE},
    {WH_CONTROL_METHOD("SetSecret"), wh_methods_set_secret, FALSE},
    {WH_CONTROL_METHOD("ForgetSecrets"), wh_methods_forget_secrets, FALSE},
    {WH_CONTROL_METHOD("UnlockKeyring"), wh_methods_unlock_keyring, FALSE},
    {WH_CONTROL_METHOD("AllowSecretFile"), wh_methods_allow_secret_file, FALSE},
    {WH_CONTROL_METHOD("KeepUnattended"), wh_methods_keep_unattended, FALSE},
    {WH_CONTROL_METHOD("Claim"), wh_methods_claim, FALSE},
    {WH_CONTROL_METHOD("SetOwner"), wh_methods_set_owner, FALSE},
    {WH_CONTROL_METHOD("Reload"), wh_methods_reload, FALSE},
    {WH_CONTROL_METHOD("SetVpn"), wh_methods_set_vpn, FALSE},
    {WH_CONTROL_METHOD("Keeps"), wh_methods_keeps, FALSE},
    {WH_CONTROL_METHOD("AddHost"), wh_methods_add_host, FALSE},
    {WH_CONTROL_METHOD("EditHost"), wh_methods_edit_host, FALSE},
    {WH_CONTROL_METHOD("RemoveHost"), wh_methods_remove_host, FALSE},
    {WH_CONTROL_METHOD("Test"), wh_methods_test, FALSE},
    {WH_CONTROL_METHOD("UpdateNow"), wh_methods_update_now, FALSE},
    {WH_CONTROL_METHOD("Diagnose"), wh_methods_diagnose, FALSE},
    {WH_CONTROL_METHOD("Pause"), wh_methods_pause, FALSE},
    {WH_CONTROL_METHOD("Resume"), wh_methods_resume, FALSE},
    {WH_CONTROL_METHOD("History"), wh_methods_history, FALSE},
};

const WhMethod *wh_methods_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

const WhMethod *wh_methods_all(gsize *count)
{
    *count = G_N_ELEMENTS(methods);
    return methods;
}
