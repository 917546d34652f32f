#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"

void wh_methods_set_vpn(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const char *vpn = wh_invocation_text(invocation, "vpn");
    WhVpnChoice choice = WH_VPN_NOTHING;
    g_autoptr(GError) error = NULL;
    if (!wh_vpn_choices_is_name(vpn)) {
        wh_failure_invalid(invocation, "vpn",
                           "This is not the name of a network interface, such as tun0 or wg0.");
        return;
    }
    /* The interface file allows no other word. */
    wh_vpn_choice_parse(wh_invocation_text(invocation, "publish"), &choice);
    gboolean saved = rooms->set_vpn(vpn, choice, &error, rooms->data);
    wh_watch_lists_changed(invocation->control->watch);
    if (saved)
        wh_invocation_reply(invocation, NULL);
    else
        wh_failure_not_saved(invocation, error->message);
}
