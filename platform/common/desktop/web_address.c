#include "platform/common/desktop/web_address.h"

gboolean wh_web_address_check(const char *uri, GError **error)
{
    g_autofree char *scheme = g_uri_parse_scheme(uri);

    if (scheme != NULL &&
        (g_ascii_strcasecmp(scheme, "https") == 0 || g_ascii_strcasecmp(scheme, "http") == 0))
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                        "This is no address of a page");
    return FALSE;
}
