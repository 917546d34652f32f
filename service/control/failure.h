/* What went wrong, in the errors of the interface file. Each answers and frees the invocation. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

/* what: "account", "host", "provider". */
void wh_failure_not_found(WhInvocation *invocation, const char *what, const char *id);
void wh_failure_invalid(WhInvocation *invocation, const char *field, const char *reason);
void wh_failure_not_possible(WhInvocation *invocation, const char *reason);
void wh_failure_not_saved(WhInvocation *invocation, const char *reason);
void wh_failure_interaction_needed(WhInvocation *invocation);

/* owner: the name of who is. */
void wh_failure_owned(WhInvocation *invocation, const char *owner);

/* An error of the accounts room. name: the host's, for Exists. */
void wh_failure_accounts(WhInvocation *invocation, const GError *error, const char *name);

G_END_DECLS
