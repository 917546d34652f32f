#include "service/net/dns_update.h"

#include "service/net/dns_wire.h"

#include <ldns/ldns.h>

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ldns_pkt, ldns_pkt_free)

#define OPCODE_MASK 0x78
#define OPCODE_UPDATE (5 << 3)

static gboolean check(const char *zone, const WhDnsChange *changes, gsize n_changes, GError **error)
{
    guint8 wire[WH_DNS_MAX_NAME];
    gsize length;
    if (!wh_dns_wire_name(zone, wire, &length)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "The zone \"%s\" is not a domain name. Check how it is written.", zone);
        return FALSE;
    }
    if (n_changes == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "There is nothing to change in the zone \"%s\".", zone);
        return FALSE;
    }
    for (gsize i = 0; i < n_changes; i++) {
        const char *name = changes[i].name;
        if (!wh_dns_name_is_host(name)) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                        "\"%s\" is not a host name. Check how it is written.", name);
            return FALSE;
        }
        if (!wh_dns_name_in_zone(name, zone)) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                        "\"%s\" does not belong to the zone \"%s\". Choose the zone that the name "
                        "ends with.",
                        name, zone);
            return FALSE;
        }
    }
    return TRUE;
}

static ldns_rr *record_new(const char *name, ldns_rr_type type, ldns_rr_class class)
{
    guint8 wire[WH_DNS_MAX_NAME];
    gsize length;
    gboolean valid = wh_dns_wire_name(name, wire, &length);
    g_assert(valid);
    ldns_rr *record = ldns_rr_new();
    ldns_rr_set_owner(record, ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, length, wire));
    ldns_rr_set_type(record, type);
    ldns_rr_set_class(record, class);
    ldns_rr_set_ttl(record, 0);
    return record;
}

/* RFC 2136 calls the authority section the update section. */
static void push_change(ldns_pkt *packet, const WhDnsChange *change)
{
    const WhAddress *address = &change->address;
    gboolean ipv4 = address->family == WH_FAMILY_IPV4;
    ldns_rr_type type = ipv4 ? LDNS_RR_TYPE_A : LDNS_RR_TYPE_AAAA;
    ldns_rr *removal = record_new(change->name, type, LDNS_RR_CLASS_ANY);
    ldns_pkt_push_rr(packet, LDNS_SECTION_AUTHORITY, removal);

    ldns_rr *addition = record_new(change->name, type, LDNS_RR_CLASS_IN);
    ldns_rr_set_ttl(addition, change->ttl);
    ldns_rr_push_rdf(addition,
                     ldns_rdf_new_frm_data(ipv4 ? LDNS_RDF_TYPE_A : LDNS_RDF_TYPE_AAAA,
                                           wh_family_size(address->family), address->bytes));
    ldns_pkt_push_rr(packet, LDNS_SECTION_AUTHORITY, addition);
}

static GBytes *build(const char *zone, const WhDnsChange *changes, gsize n_changes)
{
    g_autoptr(ldns_pkt) packet = ldns_pkt_new();
    ldns_pkt_set_random_id(packet);
    ldns_pkt_set_opcode(packet, LDNS_PACKET_UPDATE);
    ldns_rr *question = record_new(zone, LDNS_RR_TYPE_SOA, LDNS_RR_CLASS_IN);
    ldns_rr_set_question(question, true);
    ldns_pkt_push_rr(packet, LDNS_SECTION_QUESTION, question);
    for (gsize i = 0; i < n_changes; i++)
        push_change(packet, &changes[i]);
    guint8 *wire = NULL;
    size_t length = 0;
    if (ldns_pkt2wire(&wire, packet, &length) != LDNS_STATUS_OK || length > WH_DNS_MAX_MESSAGE) {
        free(wire);
        return NULL;
    }
    return g_bytes_new_with_free_func(wire, length, free, wire);
}

GBytes *wh_dns_update_new(const char *zone, const WhDnsChange *changes, gsize n_changes,
                          const WhTsigKey *key, gint64 now, WhTsigSignature **signature,
                          GError **error)
{
    if (!check(zone, changes, n_changes, error))
        return NULL;
    g_autoptr(GBytes) message = build(zone, changes, n_changes);
    if (message == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "There are too many changes for one message to the zone \"%s\".", zone);
        return NULL;
    }
    if (key != NULL)
        return wh_tsig_sign(message, key, now, signature);
    *signature = NULL;
    return g_steal_pointer(&message);
}

static gboolean is_well_formed(const guint8 *bytes, gsize length)
{
    WhDnsReader reader = {.bytes = bytes, .length = length, .at = WH_DNS_HEADER_SIZE};
    guint records = (guint)wh_dns_wire_get16(bytes + 6) + wh_dns_wire_get16(bytes + 8) +
                    wh_dns_wire_get16(bytes + 10);
    for (guint i = 0; i < wh_dns_wire_get16(bytes + 4); i++)
        if (!wh_dns_reader_skip_question(&reader))
            return FALSE;
    for (guint i = 0; i < records; i++)
        if (!wh_dns_reader_skip_record(&reader))
            return FALSE;
    return reader.at == length;
}

/* A server may leave the zone section out of its response (RFC 2136 section 3.8). */
static gboolean responds(GBytes *update, const guint8 *bytes, gsize length)
{
    gsize sent_length;
    const guint8 *sent = g_bytes_get_data(update, &sent_length);
    if (length < WH_DNS_HEADER_SIZE || length > WH_DNS_MAX_MESSAGE)
        return FALSE;
    return (bytes[2] & WH_DNS_FLAG_QR) != 0 && (bytes[2] & OPCODE_MASK) == OPCODE_UPDATE &&
           wh_dns_wire_get16(bytes) == wh_dns_wire_get16(sent) && is_well_formed(bytes, length) &&
           (wh_dns_wire_get16(bytes + 4) == 0 ||
            wh_dns_wire_same_question(sent, sent_length, bytes, length));
}

gboolean wh_dns_update_answer_parse(GBytes *update, const WhTsigKey *key,
                                    const WhTsigSignature *signature, const guint8 *bytes,
                                    gsize length, gint64 now, WhDnsUpdateAnswer *answer,
                                    GError **error)
{
    WhDnsUpdateAnswer read = {.tsig = WH_TSIG_UNUSED};
    if (!responds(update, bytes, length) ||
        (key != NULL && !wh_tsig_verify(bytes, length, key, signature, now, &read.tsig,
                                        &read.tsig_error, &read.server_time))) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                            "The DNS server sent something that is not an answer to the update.");
        return FALSE;
    }
    read.rcode = bytes[3] & 0x0f;
    *answer = read;
    return TRUE;
}
