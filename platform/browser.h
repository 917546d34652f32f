/* Pages in the person's browser. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens a page. time: of the click, as GDK counts. FALSE with a G_IO_ERROR: no browser could be
 * started, or `uri` does not begin with "https://" or "http://". */
gboolean wh_browser_open(const char *uri, guint32 time, GError **error);

G_END_DECLS
