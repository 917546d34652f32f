/* The string by which tests pull at the fake network identity. */
#pragma once

#include "platform/network_identity.h"

G_BEGIN_DECLS

/* Where this computer is from now on, whatever interface and router is asked about; it is copied.
 * NULL: nothing can be read, as at the beginning (also after wh_fake_reset()). */
void wh_fake_network_identity_set(const WhNetworkIdentity *identity);

G_END_DECLS
