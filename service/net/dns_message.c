#include "service/net/dns_message.h"

#include "service/net/dns_wire.h"

#include <ldns/ldns.h>

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ldns_pkt, ldns_pkt_free)

/* More than any record set of this program's interest, and too few to keep the main loop busy. */
#define MAX_RECORDS 512

const char *wh_dns_rcode_name(guint rcode)
{
    static const char *const names[] = {
        "NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",  "REFUSED",
        "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE",
    };
    if (rcode < G_N_ELEMENTS(names))
        return names[rcode];
    char text[sizeof "RCODE4294967295"];
    g_snprintf(text, sizeof text, "RCODE%u", rcode);
    return g_intern_string(text);
}

static void record_free(gpointer data)
{
    WhDnsRecord *record = data;
    g_free(record->name);
    g_free(record->target);
    g_free(record->text);
    g_free(record);
}

static ldns_rdf *name_to_rdf(const char *name)
{
    guint8 wire[WH_DNS_MAX_NAME];
    gsize length;
    if (!wh_dns_wire_name(name, wire, &length))
        return NULL;
    return ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, length, wire);
}

GBytes *wh_dns_question_new(const char *name, WhDnsType type, gboolean recursion, GError **error)
{
    return wh_dns_question_new_in(WH_DNS_IN, name, type, recursion, error);
}

GBytes *wh_dns_question_new_in(WhDnsClass class, const char *name, WhDnsType type,
                               gboolean recursion, GError **error)
{
    ldns_rdf *owner = name_to_rdf(name);
    if (owner == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "\"%s\" is not a domain name. Check how it is written.", name);
        return NULL;
    }
    g_autoptr(ldns_pkt) packet = ldns_pkt_query_new(owner, (ldns_rr_type)type,
                                                    (ldns_rr_class) class, recursion ? LDNS_RD : 0);
    ldns_pkt_set_random_id(packet);
    guint8 *wire = NULL;
    size_t length = 0;
    if (ldns_pkt2wire(&wire, packet, &length) != LDNS_STATUS_OK)
        g_error("There is not enough memory to ask a DNS server.");
    return g_bytes_new_with_free_func(wire, length, free, wire);
}

/* Lower case without the final dot. */
static char *rdf_to_name(const ldns_rdf *rdf)
{
    char *text = ldns_rdf2str(rdf);
    gsize length = strlen(text);
    char *name = g_ascii_strdown(text, (gssize)(length > 0 ? length - 1 : 0));
    free(text);
    return name;
}

static gboolean read_address(WhDnsRecord *record, const ldns_rdf *rdf)
{
    WhFamily family = record->type == WH_DNS_A ? WH_FAMILY_IPV4 : WH_FAMILY_IPV6;
    if (ldns_rdf_size(rdf) != wh_family_size(family))
        return FALSE;
    record->address = wh_address_from_bytes(family, ldns_rdf_data(rdf));
    return TRUE;
}

/* A character-string: a length and so many octets (RFC 1035 section 3.3). */
static char *read_string(const ldns_rdf *rdf)
{
    gsize length = ldns_rdf_size(rdf);
    const guint8 *octets = ldns_rdf_data(rdf);
    if (length == 0 || octets[0] != length - 1)
        return NULL;
    for (gsize i = 1; i < length; i++)
        if (octets[i] < ' ' || octets[i] > '~')
            return NULL;
    return g_strndup((const char *)octets + 1, length - 1);
}

static gboolean read_data(WhDnsRecord *record, const ldns_rr *rr)
{
    if (record->type == WH_DNS_TXT) {
        record->text = ldns_rr_rd_count(rr) == 1 ? read_string(ldns_rr_rdf(rr, 0)) : NULL;
        return TRUE;
    }
    gsize needed = record->type == WH_DNS_SOA ? 7 : 1;
    if (ldns_rr_rd_count(rr) != needed)
        return FALSE;
    const ldns_rdf *first = ldns_rr_rdf(rr, 0);
    if (record->type == WH_DNS_A || record->type == WH_DNS_AAAA)
        return read_address(record, first);
    record->target = rdf_to_name(first);
    if (record->type == WH_DNS_SOA)
        record->minimum = ldns_rdf2native_int32(ldns_rr_rdf(rr, 6));
    return TRUE;
}

static gboolean is_known(ldns_rr_type type)
{
    return type == LDNS_RR_TYPE_A || type == LDNS_RR_TYPE_AAAA || type == LDNS_RR_TYPE_NS ||
           type == LDNS_RR_TYPE_CNAME || type == LDNS_RR_TYPE_SOA || type == LDNS_RR_TYPE_TXT;
}

static GPtrArray *read_section(const ldns_rr_list *list, ldns_rr_class class)
{
    GPtrArray *records = g_ptr_array_new_with_free_func(record_free);
    for (gsize i = 0; i < ldns_rr_list_rr_count(list); i++) {
        const ldns_rr *rr = ldns_rr_list_rr(list, i);
        if (!is_known(ldns_rr_get_type(rr)) || ldns_rr_get_class(rr) != class)
            continue;
        WhDnsRecord *record = g_new0(WhDnsRecord, 1);
        record->name = rdf_to_name(ldns_rr_owner(rr));
        record->type = (WhDnsType)ldns_rr_get_type(rr);
        record->ttl = ldns_rr_ttl(rr);
        if (read_data(record, rr))
            g_ptr_array_add(records, record);
        else
            record_free(record);
    }
    return records;
}

/* The question is the one that was asked. */
static ldns_rr_class class_of(const ldns_pkt *packet)
{
    return ldns_rr_get_class(ldns_rr_list_rr(ldns_pkt_question(packet), 0));
}

/* What is cheap to see before ldns takes the message apart. */
static gboolean answers(GBytes *question, const guint8 *bytes, gsize length)
{
    gsize question_length;
    const guint8 *asked = g_bytes_get_data(question, &question_length);
    if (length < WH_DNS_HEADER_SIZE || length > WH_DNS_MAX_MESSAGE)
        return FALSE;
    guint records = (guint)wh_dns_wire_get16(bytes + 6) + wh_dns_wire_get16(bytes + 8) +
                    wh_dns_wire_get16(bytes + 10);
    return (bytes[2] & WH_DNS_FLAG_QR) != 0 && records <= MAX_RECORDS &&
           wh_dns_wire_get16(bytes) == wh_dns_wire_get16(asked) &&
           wh_dns_wire_same_question(asked, question_length, bytes, length);
}

WhDnsAnswer *wh_dns_answer_parse(GBytes *question, const guint8 *bytes, gsize length,
                                 GError **error)
{
    g_autoptr(ldns_pkt) packet = NULL;
    if (!answers(question, bytes, length) ||
        ldns_wire2pkt(&packet, bytes, length) != LDNS_STATUS_OK ||
        ldns_pkt_get_opcode(packet) != LDNS_PACKET_QUERY) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                            "The DNS server sent something that is not an answer to the question.");
        return NULL;
    }
    WhDnsAnswer *answer = g_new0(WhDnsAnswer, 1);
    answer->id = ldns_pkt_id(packet);
    answer->rcode = (guint)ldns_pkt_get_rcode(packet);
    answer->authoritative = ldns_pkt_aa(packet);
    answer->truncated = ldns_pkt_tc(packet);
    answer->recursion_available = ldns_pkt_ra(packet);
    ldns_rr_class class = class_of(packet);
    answer->answer = read_section(ldns_pkt_answer(packet), class);
    answer->authority = read_section(ldns_pkt_authority(packet), class);
    answer->additional = read_section(ldns_pkt_additional(packet), class);
    return answer;
}

void wh_dns_answer_free(WhDnsAnswer *answer)
{
    if (answer == NULL)
        return;
    g_ptr_array_unref(answer->answer);
    g_ptr_array_unref(answer->authority);
    g_ptr_array_unref(answer->additional);
    g_free(answer);
}
