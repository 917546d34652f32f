/* How the contract tests of network_identity.h make things happen. */
#pragma once

#include "platform/network_identity.h"

G_BEGIN_DECLS

/* A network in which this computer has an address ("192.0.2.7/24") and the router another;
 * `mac` NULL: nobody has spoken with it yet. FALSE: cannot be had here, and the test is skipped. */
gboolean wh_adapter_begin(const char *address, const char *router, const char *mac);
void wh_adapter_end(void);

/* Where wh_adapter_begin() made it. */
guint wh_adapter_interface(void);
void wh_adapter_add_tests(void);

G_END_DECLS
