/* Names as people type them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The whole name: without spaces around it, a final dot, or "https://" and a path that came along
 * with pasting, and, when the provider's names all end with `suffix` (may be NULL), with that. The
 * caller's to g_free(); "" when nothing is left. */
char *wh_host_name_complete(const char *typed, const char *suffix);

/* Can it be a whole name at all? What the service takes, so that nothing is begun for a name that
 * it refuses: labels of letters, digits, "-" and "_", a "*" in front, and no address. */
gboolean wh_host_name_is_possible(const char *name);

/* Does `typed` end with the suffix already? */
gboolean wh_host_name_has_suffix(const char *typed, const char *suffix);

G_END_DECLS
