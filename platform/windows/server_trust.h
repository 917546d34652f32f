/* Whether who answers at a pipe is who should. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* `pipe` is the client's end of the one at `address`. At the address of the computer's service only
 * that service may answer: the service manager tells which process it is (QueryServiceStatusEx). At
 * any other, the user of this process or the system. FALSE: G_IO_ERROR_PERMISSION_DENIED. */
gboolean wh_server_trust_check(HANDLE pipe, const char *address, GError **error);

/* The judgement: `server` is the process that answers and `user` its user (NULL: not known),
 * `service` the process of the service (0: it does not run), `self` the user of this process. */
gboolean wh_server_trust_decide(gboolean is_system_address, guint32 server, guint32 service,
                                const char *user, const char *self);

G_END_DECLS
