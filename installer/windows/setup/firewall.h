/* Two rules of Windows' firewall: routers on this network may send messages to the service.
 * Documentation: INetFwPolicy2, INetFwRule. */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* How a rule is written down, apart from its name. */
typedef struct {
    const char *name;
    int protocol;       /* of IANA */
    const char *remote; /* from where */
    const char *explanation;
} WhFirewallRule;

/* All of ours; the last one has no name. */
const WhFirewallRule *wh_firewall_rules(void);

/* Whether the code says that the firewall has been switched off or taken out, and somebody else's
 * is in charge: nothing is to be let through then, and nothing has gone wrong. */
gboolean wh_firewall_is_absent(guint32 code);

/* Rules of these names are replaced. */
gboolean wh_firewall_allow(const WhSetup *setup, GError **error);
gboolean wh_firewall_forget(const WhSetup *setup, GError **error);

G_END_DECLS
