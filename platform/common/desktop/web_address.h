/* What may be handed to a browser. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* FALSE with G_IO_ERROR_INVALID_ARGUMENT for what is no address of a page: the desktop would open
 * files and programs by the same call. */
gboolean wh_web_address_check(const char *uri, GError **error);

G_END_DECLS
