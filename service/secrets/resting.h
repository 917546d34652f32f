/* What can rest in the store of the whole computer under the name of a secret: an envelope as it
 * is, one that is sealed, or a marker that says that there is a secret and not what. Private to
 * this room, and to its fuzz target. */
#pragma once

#include "service/secrets/vault.h"

G_BEGIN_DECLS

typedef enum {
    WH_RESTING_PLAIN, /* or anything else: an envelope has no head of its own */
    WH_RESTING_SEALED,
    WH_RESTING_MARKER,
} WhRestingKind;

/* Told by the first line. *body: where the content begins. */
WhRestingKind wh_resting_kind(const char *bytes, gsize length, gsize *body);

/* What the sealer made of an envelope, with the line in front; for g_free(). */
char *wh_resting_sealed(const char *text);

/* A marker, for g_free(). provider and endpoint NULL: not known. */
char *wh_resting_marker(const WhVaultBinding *binding, const char *field);

/* Opens the content of a marker; *provider and *endpoint are for g_free(), NULL where it does not
 * say them. FALSE, the outputs untouched: it is malformed or says another account or field. */
gboolean wh_resting_open_marker(const char *bytes, gsize length, const char *account,
                                const char *field, char **provider, char **endpoint);

G_END_DECLS
