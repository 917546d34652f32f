#include "platform/browser.h"

#include "platform/common/desktop/web_address.h"

#include <gtk/gtk.h>

gboolean wh_browser_open(const char *uri, guint32 time, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (!wh_web_address_check(uri, error))
        return FALSE;
    if (gtk_show_uri_on_window(NULL, uri, time, &problem))
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, problem->message);
    return FALSE;
}
