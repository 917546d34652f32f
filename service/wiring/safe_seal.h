/* What people are told about the secrets of the whole computer's service. */
#pragma once

#include "service/secrets/vault.h"

G_BEGIN_DECLS

/* The sentences of the notices, for g_free(); NULL: nothing to say. */
char *wh_safe_seal_trouble(const WhVaultView *view);
char *wh_safe_seal_replaced(const WhVaultView *view);
char *wh_safe_seal_files(const WhVaultView *view);
char *wh_safe_seal_memory(const WhVaultView *view);

G_END_DECLS
