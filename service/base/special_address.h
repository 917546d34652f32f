/* The special-purpose address registries of IANA (RFC 6890 and its successors).
 *
 * An address in this table is never published, but for a host whose own setting asks for it.
 * Nothing relaxes the table: no environment variable, no build flag. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* Why an address is special, in words that complete "this is ...". */
typedef struct {
    const char *prefix; /* "100.64.0.0/10" */
    const char *name;   /* "a carrier-grade NAT address" */
    const char *source; /* "RFC 6598" */
} WhSpecialAddress;

/* The most specific entry that holds `address`, or NULL when it is an ordinary global unicast
 * address. Entries of the registries that are globally reachable although they lie in a special
 * block (RFC 6890 "Globally Reachable: True", such as 192.0.0.9/32 or 2001:4:112::/48) are special
 * as well: none of them can be the address of a home. IPv6 outside 2000::/3 is special.
 * IPv4-mapped, 6to4 and Teredo addresses are special. */
const WhSpecialAddress *wh_special_address_find(const WhAddress *address);

/* Whether who has this address shares a public one with other customers of the provider:
 * carrier-grade NAT (100.64.0.0/10, RFC 6598), or IPv4 that is carried or translated over an IPv6
 * line (192.0.0.0/29, RFC 7335). */
gboolean wh_special_address_is_shared(const WhAddress *address);

/* Whether it is one of a home's or company's own network (RFC 1918; IPv6: unique local, RFC 4193).
 */
gboolean wh_special_address_is_private(const WhAddress *address);

/* Whether a computer gave it itself, for one link only (RFC 3927, RFC 4291 section 2.5.6). */
gboolean wh_special_address_is_link_local(const WhAddress *address);

G_END_DECLS
