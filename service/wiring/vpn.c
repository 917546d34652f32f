#include "service/wiring/service_private.h"

#define SETTING_VPN "vpn_choices"

void wh_vpn_restore(WhService *service)
{
    g_autofree char *text = wh_store_setting(service->store, SETTING_VPN);

    service->vpn_choices = wh_vpn_choices_new(text);
}

gboolean wh_vpn_set(const char *vpn, WhVpnChoice choice, GError **error, gpointer data)
{
    WhService *service = data;
    g_autofree char *text = NULL;
    gboolean saved;

    wh_vpn_choices_set(service->vpn_choices, vpn, choice);
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
