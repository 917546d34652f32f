/* A careful reader of DNS wire form for what ldns does not offer: where records begin and end, and
 * names in the canonical form that signatures cover. Private to this room. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_DNS_HEADER_SIZE 12
#define WH_DNS_MAX_MESSAGE 65535
#define WH_DNS_MAX_NAME 255

/* Octets of the header, RFC 1035 section 4.1.1. */
#define WH_DNS_FLAG_QR 0x80 /* third octet */
#define WH_DNS_FLAG_TC 0x02 /* third octet */

/* Every function below returns FALSE, with `at` anywhere, instead of reading behind `length`. */
typedef struct {
    const guint8 *bytes;
    gsize length;
    gsize at;
} WhDnsReader;

guint16 wh_dns_wire_get16(const guint8 *bytes);
void wh_dns_wire_put16(guint8 *bytes, guint value);

/* Reads two octets in network order. */
gboolean wh_dns_reader_u16(WhDnsReader *reader, guint *value);

/* *bytes points into the message. */
gboolean wh_dns_reader_bytes(WhDnsReader *reader, gsize count, const guint8 **bytes);
gboolean wh_dns_reader_skip_name(WhDnsReader *reader);
gboolean wh_dns_reader_skip_question(WhDnsReader *reader);
gboolean wh_dns_reader_skip_record(WhDnsReader *reader);

/* Reads a name into canonical form (RFC 4034 section 6.2): no compression, lower case. Compression
 * pointers must lead backwards. *length counts the final zero octet. */
gboolean wh_dns_reader_name(WhDnsReader *reader, guint8 name[WH_DNS_MAX_NAME], gsize *length);

/* The canonical wire form of a domain name in text, "" or "." being the root: labels of printable
 * ASCII without backslashes. FALSE when it is no domain name. */
gboolean wh_dns_wire_name(const char *text, guint8 name[WH_DNS_MAX_NAME], gsize *length);

/* Whether the question sections of two messages are the same, ignoring case (the zone section in an
 * update). FALSE also when one of them is malformed or holds not exactly one question. */
gboolean wh_dns_wire_same_question(const guint8 *a, gsize a_length, const guint8 *b,
                                   gsize b_length);

G_END_DECLS
