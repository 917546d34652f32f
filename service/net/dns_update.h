/* RFC 2136 updates: one message that replaces address record sets of one zone. */
#pragma once

#include "service/net/dns_message.h"
#include "service/net/tsig.h"

G_BEGIN_DECLS

/* For each entry the whole record set of `name` and the address' type is replaced by the one
 * address (RFC 2136 section 2.5.2, then 2.5.1). */
typedef struct {
    const char *name;
    WhAddress address;
    guint32 ttl;
} WhDnsChange;

/* Builds, and with `key` signs, the update of `zone`. `now` is wall time in microseconds.
 * *signature is set to what wh_tsig_verify() needs (NULL without key), to be freed with
 * wh_tsig_signature_free(). G_IO_ERROR_INVALID_ARGUMENT: a bad name or one outside the zone. */
GBytes *wh_dns_update_new(const char *zone, const WhDnsChange *changes, gsize n_changes,
                          const WhTsigKey *key, gint64 now, WhTsigSignature **signature,
                          GError **error);

/* What a server said to an update. */
typedef struct {
    guint rcode;
    WhTsigStatus tsig;
    guint tsig_error;   /* the TSIG error field: 0, 16 BADSIG, 17 BADKEY, 18 BADTIME, 22 BADTRUNC */
    gint64 server_time; /* with BADTIME: the server's wall clock in microseconds, else 0 */
} WhDnsUpdateAnswer;

/* Reads the response to `update`. With a key the answer's key name, algorithm, time, error field
 * and MAC are checked; an unsigned success is no success (tsig says MISSING). Malformed or for
 * another message: G_IO_ERROR_INVALID_DATA. */
gboolean wh_dns_update_answer_parse(GBytes *update, const WhTsigKey *key,
                                    const WhTsigSignature *signature, const guint8 *bytes,
                                    gsize length, gint64 now, WhDnsUpdateAnswer *answer,
                                    GError **error);

G_END_DECLS
