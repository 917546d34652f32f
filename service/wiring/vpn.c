#include "service/wiring/interfaces.h"
#include "service/wiring/service_private.h"

#include <string.h>

#define SETTING_VPN "vpn_choices"

void wh_vpn_restore(WhService *service)
{
    g_autofree char *text = wh_store_setting(service->store, SETTING_VPN);

    service->vpn_choices = wh_vpn_choices_new(text);
}

/* This computer's address in the VPN of that name, if it is on. */
static gboolean find_own(WhService *service, const char *vpn, WhAddress *own)
{
    const WhAddressSnapshot *snapshot =
        service->monitor == NULL ? NULL : wh_address_monitor_snapshot(service->monitor);

    for (WhFamily family = 0; snapshot != NULL && family < WH_N_FAMILIES; family++) {
        const WhInterface *found = wh_interfaces_find_vpn(snapshot, family);

        if (found != NULL && strcmp(found->name, vpn) == 0)
            return wh_interfaces_find_own(snapshot, found->interface, own);
    }
    return FALSE;
}

gboolean wh_vpn_set(const char *vpn, WhVpnChoice choice, GError **error, gpointer data)
{
    WhService *service = data;
    g_autofree char *text = NULL;
    gboolean saved;
    WhAddress own;

    wh_vpn_choices_set(service->vpn_choices, vpn, choice,
                       find_own(service, vpn, &own) ? &own : NULL);
    text = wh_vpn_choices_to_text(service->vpn_choices);
    saved = wh_store_put_setting(service->store, SETTING_VPN, text, error);
    wh_events_look_again(service);
    return saved;
}

const WhVpnChoices *wh_vpn_choices_of(gpointer data)
{
    WhService *service = data;

    return service->vpn_choices;
}
