/* The people who have an account on this computer.
 *
 * Both functions may wait for a server of the network that knows the accounts: not for a thread
 * that has anything else to do. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The name of who WhPeer.principal means; NULL: there is no such account (any more), or it cannot
 * be found out now. The caller frees it. Linux: getpwuid_r(3). */
char *wh_users_name(const char *principal);

/* The principal of the person of this name, to be freed, with the name as the system writes it in
 * *name. NULL with a sentence: G_IO_ERROR_NOT_FOUND: nobody is called so;
 * G_IO_ERROR_INVALID_ARGUMENT: that is no person's account; anything else: it cannot be found out
 * now. Linux: getpwnam_r(3). */
char *wh_users_find(const char *user, char **name, GError **error);

/* Whether the principal of an account that was deleted may be given to another person, so that one
 * with another name is nobody known. Linux: numbers are used again; Windows: security identifiers
 * are not, and a renamed account stays who it was. */
gboolean wh_users_principals_return(void);

G_END_DECLS
