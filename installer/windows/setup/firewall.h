/* Windows' firewall: routers on this network may send messages to the service. Documentation:
 * INetFwPolicy2. */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* Whether the code says that the firewall has been switched off or taken out, and somebody else's
 * is in charge: nothing is to be let through then, and nothing has gone wrong. */
gboolean wh_firewall_is_absent(guint32 code);

/* Adds our rules; those that are there for this program keep what an administrator made of them. */
gboolean wh_firewall_allow(const WhSetup *setup, GError **error);
gboolean wh_firewall_forget(const WhSetup *setup, GError **error);

G_END_DECLS
