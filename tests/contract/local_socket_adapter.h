/* How the contract tests of local_socket.h make things happen. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

/* The number of a user without a number here. */
#define WH_ADAPTER_UNMAPPED 65534

/* Another user's process connects and hangs up. FALSE: that cannot be done here. */
gboolean wh_adapter_connect_as(const char *address, guint uid);

/* Connects while somebody untrusted serves at the address; the result of wh_local_socket_connect().
 * FALSE: that cannot be done here. */
gboolean wh_adapter_connect_to_untrusted(const char *address, GIOStream **stream, GError **error);
void wh_adapter_add_tests(void);

G_END_DECLS
