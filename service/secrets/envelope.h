/* What rests in the secret store: a secret together with whom it belongs to and where it may go, as
 * JSON. Private to this room, and to its fuzz target. */
#pragma once

#include "service/secrets/vault.h"

G_BEGIN_DECLS

/* The longest secret, in bytes. */
#define WH_ENVELOPE_SECRET 4096

/* The envelope's bytes, for wh_secret_unref(). given: when the secret was given, in microseconds of
 * the calendar; 0: not known, and not said. NULL with G_IO_ERROR_INVALID_ARGUMENT for a secret
 * that is empty, longer than WH_ENVELOPE_SECRET, not UTF-8 or with a NUL in it. */
WhSecret *wh_envelope_seal(const WhVaultBinding *binding, const char *field, gint64 given,
                           const WhSecret *secret, GError **error);

/* Opens an envelope of any bytes. PRESENT with *secret (a new reference), *provider and *endpoint
 * (for g_free()) and *given as they are inside; DAMAGED, the outputs untouched, when it is
 * malformed or says another account or field. */
WhVaultState wh_envelope_open(const char *bytes, gsize length, const char *account,
                              const char *field, WhSecret **secret, char **provider,
                              char **endpoint, gint64 *given);

/* Whose secret it says that it is, for g_free(). FALSE: it is malformed, the outputs are untouched.
 */
gboolean wh_envelope_names(const char *bytes, gsize length, char **account, char **field);

G_END_DECLS
