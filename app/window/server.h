/* Where a form says that secrets are to be sent. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Do two values of a field, addresses of pages or names of servers, lead to the same server? */
gboolean wh_server_is_same(const char *one, const char *other);

G_END_DECLS
