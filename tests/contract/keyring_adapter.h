/* How the contract tests of keyring.h make things happen. */
#pragma once

#include "platform/keyring.h"

G_BEGIN_DECLS

/* A world whose keyring is in `state` (not LOOKING), and empty. FALSE: such a system cannot be made
 * here. wh_adapter_tear_down() ends it. */
gboolean wh_adapter_set_up(WhKeyringState state);
void wh_adapter_tear_down(void);

/* What happens while a keyring is in use: somebody opens or locks it, or it goes away. FALSE: that
 * cannot happen here. */
gboolean wh_adapter_change(WhKeyringState state);

/* What rests under a key, for g_free(), or NULL. Turns no main loop. */
char *wh_adapter_resting(const char *scope, const char *key);

/* What the person reads there, for g_free(), or NULL. */
char *wh_adapter_label(const char *scope, const char *key);

/* Somebody else replaces what rests there, or (NULL) removes it. */
void wh_adapter_plant(const char *scope, const char *key, const char *text);

void wh_adapter_add_tests(void);

G_END_DECLS
