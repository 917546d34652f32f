/* How the contract tests of secret_store.h make things happen. */
#pragma once

#include "platform/secret_store.h"

G_BEGIN_DECLS

/* Makes what is kept under `key` unreadable as data. */
void wh_adapter_damage(const char *folder, const char *key);

/* Makes every access to `key` a matter of permission, or takes that back. FALSE: not possible here.
 */
gboolean wh_adapter_deny(const char *folder, const char *key, gboolean denied);
void wh_adapter_repair(void);
void wh_adapter_add_tests(void);

G_END_DECLS
