/* The inside of a TSIG key and the MAC that it makes. Private to this room. */
#pragma once

#include "service/net/dns_wire.h"
#include "service/net/tsig.h"

#include <nettle/nettle-meta.h>

G_BEGIN_DECLS

#define WH_TSIG_MAX_MAC 64

/* name in canonical wire form. */
struct WhTsigKey {
    guint8 name[WH_DNS_MAX_NAME];
    gsize name_length;
    WhTsigAlgorithm algorithm;
    guint8 *secret;
    gsize secret_length;
};

/* The algorithm's name in canonical wire form (RFC 8945 section 6). */
void wh_tsig_algorithm_wire(WhTsigAlgorithm algorithm, guint8 name[WH_DNS_MAX_NAME], gsize *length);

/* Length of the algorithm's untruncated MAC. */
gsize wh_tsig_algorithm_mac_length(WhTsigAlgorithm algorithm);

/* The untruncated HMAC of `bytes`. */
void wh_tsig_key_mac(const WhTsigKey *key, const guint8 *bytes, gsize length,
                     guint8 mac[WH_TSIG_MAX_MAC]);

G_END_DECLS
