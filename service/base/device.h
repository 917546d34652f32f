/* Which machine a host's IPv6 address belongs to, and how people write that down. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* SUFFIX: another machine of the home's network, known by the lower half of its IPv6 address, which
 * stays when the provider gives another prefix. MAC: one known by the address of its network
 * card. */
typedef enum {
    WH_DEVICE_THIS,
    WH_DEVICE_SUFFIX,
    WH_DEVICE_MAC,
} WhDevice;

/* The lower 64 bits of an IPv6 address (RFC 4291 section 2.5.4). */
#define WH_SUFFIX_SIZE 8
#define WH_MAC_SIZE 6

/* Longest text of each, with its terminating NUL. */
#define WH_SUFFIX_STRLEN WH_ADDRESS_STRLEN
#define WH_MAC_STRLEN 18

/* "::1234:5678:9abc:def0", or a whole IPv6 address, whose lower half is taken. FALSE, with `suffix`
 * untouched: no such text, or the lower half is zero, which is no machine (RFC 4291 section
 * 2.6.1). */
gboolean wh_suffix_parse(const char *text, guint8 suffix[WH_SUFFIX_SIZE]);
const char *wh_suffix_format(const guint8 suffix[WH_SUFFIX_SIZE], char text[WH_SUFFIX_STRLEN]);

/* Six bytes in hexadecimal with ":" or "-" between them. FALSE, with `mac` untouched: no such text,
 * all zero, or the address of a group of machines. */
gboolean wh_mac_parse(const char *text, guint8 mac[WH_MAC_SIZE]);
const char *wh_mac_format(const guint8 mac[WH_MAC_SIZE], char text[WH_MAC_STRLEN]);

/* The address whose upper half is that of `prefix` (IPv6). */
WhAddress wh_suffix_in_prefix(const guint8 suffix[WH_SUFFIX_SIZE], const WhAddress *prefix);

/* The lower half that a machine makes of its MAC (RFC 4291 appendix A: modified EUI-64). */
void wh_mac_to_suffix(const guint8 mac[WH_MAC_SIZE], guint8 suffix[WH_SUFFIX_SIZE]);

G_END_DECLS
