#include "platform/common/neighbour_echo.h"

/* IcmpSendEcho2() and its like take one answer each, of one machine. */
gboolean wh_neighbour_echo(const WhInterfaceAddress *origin, GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "Echo requests to all machines of a link are not sent here");
    return FALSE;
}
