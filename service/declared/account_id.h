/* The id of the account that a file declares. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "file-" and the file's name without its ending, in a-z, 0-9 and hyphens: /…/DuckDNS.conf is
 * file-duckdns. NULL: nothing of the name can stay, or it is too long. For g_free(). */
char *wh_account_id_of_file(const char *name);

/* Whether an id is of that kind. */
gboolean wh_account_id_is_declared(const char *id);

/* The id of a host of such an account: the same as long as account and name are. For g_free(). */
char *wh_account_id_of_host(const char *account, const char *name);

G_END_DECLS
