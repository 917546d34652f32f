/* Transaction signatures, RFC 8945, over the wire form of a message. Only the MAC and the record;
 * time comes from the caller. */
#pragma once

#include "service/base/secret.h"

G_BEGIN_DECLS

/* Every HMAC that BIND's tsig-keygen makes. */
typedef enum {
    WH_TSIG_HMAC_MD5,
    WH_TSIG_HMAC_SHA1,
    WH_TSIG_HMAC_SHA224,
    WH_TSIG_HMAC_SHA256,
    WH_TSIG_HMAC_SHA384,
    WH_TSIG_HMAC_SHA512,
} WhTsigAlgorithm;

/* "hmac-sha256", ... as in BIND's key files. */
const char *wh_tsig_algorithm_name(WhTsigAlgorithm algorithm);
gboolean wh_tsig_algorithm_parse(const char *name, WhTsigAlgorithm *algorithm);

typedef struct WhTsigKey WhTsigKey;

/* `secret` is base64. G_IO_ERROR_INVALID_ARGUMENT says whether the name or the secret is wrong.
 * Free with wh_tsig_key_free(), which wipes. */
WhTsigKey *wh_tsig_key_new(const char *name, WhTsigAlgorithm algorithm, const WhSecret *secret,
                           GError **error);
void wh_tsig_key_free(WhTsigKey *key);

/* What of a request is needed to check its response. */
typedef struct WhTsigSignature WhTsigSignature;
void wh_tsig_signature_free(WhTsigSignature *signature);

#define WH_TSIG_FUDGE_SECONDS 300

/* Appends a TSIG record to `message` (a whole DNS message without one). `now`: wall microseconds.
 */
GBytes *wh_tsig_sign(GBytes *message, const WhTsigKey *key, gint64 now,
                     WhTsigSignature **signature);

typedef enum {
    WH_TSIG_UNUSED,     /* no key in use */
    WH_TSIG_GOOD,       /* key name, algorithm, MAC and time are right */
    WH_TSIG_MISSING,    /* the response is not signed */
    WH_TSIG_WRONG_KEY,  /* signed with another name or algorithm */
    WH_TSIG_WRONG_MAC,  /* the MAC does not fit */
    WH_TSIG_WRONG_TIME, /* signed at a time too far from `now` */
} WhTsigStatus;

/* Checks a response. *error_field is the record's error (also of an unsigned error response with an
 * empty MAC: status is then WRONG_MAC and the error field says why the server refused); *other_time
 * is the server's time of a BADTIME answer in wall microseconds or 0. FALSE: the message is
 * malformed. */
gboolean wh_tsig_verify(const guint8 *bytes, gsize length, const WhTsigKey *key,
                        const WhTsigSignature *request, gint64 now, WhTsigStatus *status,
                        guint *error_field, gint64 *other_time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTsigKey, wh_tsig_key_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTsigSignature, wh_tsig_signature_free)

G_END_DECLS
