/* Our rules among those of a firewall. Documentation: INetFwRules, INetFwRule. Each function that
 * returns a code returns an HRESULT. */
#pragma once

#include <glib.h>
#include <windows.h>

/* Identifiers are made where this is included, since no library has those of netfw.h. */
#include <initguid.h>

#include <netfw.h>

G_BEGIN_DECLS

/* How a new rule is written down, apart from its program. */
typedef struct {
    const char *name;
    int protocol;       /* of IANA */
    const char *remote; /* from where */
    long networks;      /* NET_FW_PROFILE_TYPE2: on which kinds of networks */
    const char *explanation;
} WhFirewallRule;

/* All of ours; the last one has no name. */
const WhFirewallRule *wh_firewall_rules(void);

/* Adds each rule unless there is one of its name for this program, whatever somebody changed in it.
 * One for another program is replaced. */
HRESULT wh_firewall_rules_add(INetFwRules *list, const char *program);

/* Takes all of their names away. */
HRESULT wh_firewall_rules_remove(INetFwRules *list);

G_END_DECLS
