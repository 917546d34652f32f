/* What rests in the keyring: a secret together with whom it belongs to, as JSON. Private to this
 * room. */
#pragma once

#include "app/model/model.h"

G_BEGIN_DECLS

/* The name of an account's secret in the keyring; for g_free(). */
char *wh_keyring_envelope_key(const char *account, const char *field);

/* A fingerprint of everything that an account says of itself and that is no secret, hence of its
 * server: of an account, and of one with `fields` (name to text) as a form sent them. For g_free();
 * NULL: the form of the provider is not known. */
char *wh_keyring_envelope_place(WhModel *model, WhAccountItem *account);
char *wh_keyring_envelope_place_given(WhModel *model, const char *provider, GHashTable *fields);

/* The text that rests there, to be freed with wh_keyring_envelope_wipe(). It is bound to the
 * account, its provider and all its fields that are no secrets, hence to the server. NULL: the form
 * of the provider is not known yet, or the secret is too long. */
char *wh_keyring_envelope_seal(WhModel *model, WhAccountItem *account, const char *field,
                               const char *secret);

/* The secret, to be freed likewise; NULL: it is malformed, or bound to something else. */
char *wh_keyring_envelope_open(WhModel *model, WhAccountItem *account, const char *field,
                               const char *bytes, gsize length);

/* Overwrites and frees; accepts NULL. */
void wh_keyring_envelope_wipe(char *text);

G_END_DECLS
