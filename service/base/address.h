/* An IP address as a plain value, and the words for its family.
 *
 * Values are copied, compared and put on the stack; nothing here allocates but
 * wh_address_to_string(). GLib only; used from any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_FAMILY_IPV4,
    WH_FAMILY_IPV6,
} WhFamily;

#define WH_N_FAMILIES 2

/* Long enough for any address in text, with its terminating NUL. */
#define WH_ADDRESS_STRLEN 46

/* bytes are in network order; IPv4 uses the first four, the rest are zero. */
typedef struct {
    WhFamily family;
    guint8 bytes[16];
} WhAddress;

/* The address of `family` whose bytes (4 or 16 of them) are at `bytes`. */
WhAddress wh_address_from_bytes(WhFamily family, const guint8 *bytes);

/* Number of bytes an address of the family has: 4 or 16. */
gsize wh_family_size(WhFamily family);

/* "IPv4" or "IPv6". */
const char *wh_family_name(WhFamily family);

/* The DNS record type that holds such an address: "A" or "AAAA". */
const char *wh_family_record_type(WhFamily family);

/* Reads the whole of `text` as one address: dotted quad (RFC 6943 section 3.1.1, no octal, no short
 * forms) or RFC 4291 section 2.2, without zone and without white space. FALSE leaves `address`
 * untouched. */
gboolean wh_address_parse(const char *text, WhAddress *address);

/* Writes the canonical text (RFC 5952 for IPv6) into `text` and returns it. */
const char *wh_address_format(const WhAddress *address, char text[WH_ADDRESS_STRLEN]);

/* The canonical text in memory that the caller frees with g_free(). */
char *wh_address_to_string(const WhAddress *address);

gboolean wh_address_equal(const WhAddress *a, const WhAddress *b);

/* Whether one of `addresses` (WhAddress) is it. */
gboolean wh_address_is_among(const WhAddress *address, const GArray *addresses);

/* Whether the first `length` bits of both agree; FALSE for different families. */
gboolean wh_address_shares_prefix(const WhAddress *a, const WhAddress *b, guint length);

G_END_DECLS
