/* What a call says about an account, as the accounts room takes it. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

/* Reads provider, label, fields and secrets; what is absent is NULL. The secrets leave the call's
 * JSON at once. Clear with wh_draft_clear(); label and provider are borrowed from the invocation.
 */
void wh_draft_read(WhInvocation *invocation, WhAccountDraft *draft);
void wh_draft_clear(WhAccountDraft *draft);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhAccountDraft, wh_draft_clear)

/* The text of a parameter as a secret, taken out of the call's JSON. */
WhSecret *wh_draft_take_secret(WhInvocation *invocation, const char *name);

G_END_DECLS
