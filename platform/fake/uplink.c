#include "platform/uplink.h"

#include "platform/fake/state.h"

gboolean wh_uplink_bind(guint64 socket, guint interface, guint family, GError **error)
{
    WhFakeUplink uplink = {socket, interface, family};

    if (wh_fake_state()->no_uplink) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                            "The system does not let this program choose a network interface");
        return FALSE;
    }
    if (interface == 0) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "There is no such network interface");
        return FALSE;
    }
    g_array_append_val(wh_fake_state()->uplinks, uplink);
    return TRUE;
}

const GArray *wh_fake_uplink_record(void)
{
    return wh_fake_state()->uplinks;
}

void wh_fake_uplink_set_refused(gboolean refused)
{
    wh_fake_state()->no_uplink = refused;
}
