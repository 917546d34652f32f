/* How the contract tests of local_socket.h make things happen. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

/* The number of a user without a number here. */
#define WH_ADAPTER_UNMAPPED 65534

/* How many clients may connect before the main loop turns. */
#define WH_ADAPTER_AT_ONCE 8

/* An address that nobody uses; `folder` is there for this test. Free with g_free(). */
char *wh_adapter_address(const char *folder, const char *name);

/* is_root, pid and principal of this process; started: 0, or something else where it is known. */
void wh_adapter_self(WhPeer *peer);

/* Another user's process connects and hangs up. FALSE: that cannot be done here. */
gboolean wh_adapter_connect_as(const char *address, guint uid);

/* Connects while somebody untrusted serves at the address; the result of wh_local_socket_connect().
 * FALSE: that cannot be done here. */
gboolean wh_adapter_connect_to_untrusted(const char *address, GIOStream **stream, GError **error);
void wh_adapter_add_tests(void);

G_END_DECLS
