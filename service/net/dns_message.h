/* DNS messages: questions built, answers read. The wire form is ldns' work. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

typedef enum {
    WH_DNS_A = 1,
    WH_DNS_NS = 2,
    WH_DNS_CNAME = 5,
    WH_DNS_SOA = 6,
    WH_DNS_TXT = 16,
    WH_DNS_AAAA = 28,
} WhDnsType;

typedef enum {
    WH_DNS_IN = 1,
    WH_DNS_CHAOS = 3, /* what servers say of themselves and of who asks */
} WhDnsClass;

/* Response codes by their IANA numbers. */
typedef enum {
    WH_DNS_NOERROR = 0,
    WH_DNS_FORMERR = 1,
    WH_DNS_SERVFAIL = 2,
    WH_DNS_NXDOMAIN = 3,
    WH_DNS_NOTIMP = 4,
    WH_DNS_REFUSED = 5,
    WH_DNS_YXDOMAIN = 6,
    WH_DNS_YXRRSET = 7,
    WH_DNS_NXRRSET = 8,
    WH_DNS_NOTAUTH = 9,
    WH_DNS_NOTZONE = 10,
} WhDnsRcode;

/* "NOERROR", "REFUSED", ...; "RCODE13" for numbers without a name. */
const char *wh_dns_rcode_name(guint rcode);

/* One record of an answer, of the types above and the question's class; others are left out. Names
 * are lower case without the final dot ("" is the root). address for A and AAAA; target for NS and
 * CNAME; for SOA target is the primary server's name and minimum the negative-caching time in
 * seconds. text for TXT: its one string, printable ASCII; NULL when it is anything else. */
typedef struct {
    char *name;
    WhDnsType type;
    guint32 ttl;
    WhAddress address;
    char *target;
    char *text;
    guint32 minimum;
} WhDnsRecord;

/* An answer taken apart. The arrays hold WhDnsRecord. */
typedef struct {
    guint16 id;
    guint rcode;
    gboolean authoritative;       /* AA */
    gboolean truncated;           /* TC */
    gboolean recursion_available; /* RA */
    GPtrArray *answer;
    GPtrArray *authority;
    GPtrArray *additional;
} WhDnsAnswer;

/* A question for `name` and `type` with a random id; recursion sets RD. NULL with
 * G_IO_ERROR_INVALID_ARGUMENT when `name` is no domain name. */
GBytes *wh_dns_question_new(const char *name, WhDnsType type, gboolean recursion, GError **error);

/* The same in another class than IN. */
GBytes *wh_dns_question_new_in(WhDnsClass class, const char *name, WhDnsType type,
                               gboolean recursion, GError **error);

/* Reads a response to `question`: same id, QR set, same question section; anything else, and
 * anything malformed, is G_IO_ERROR_INVALID_DATA. Free with wh_dns_answer_free(). */
WhDnsAnswer *wh_dns_answer_parse(GBytes *question, const guint8 *bytes, gsize length,
                                 GError **error);
void wh_dns_answer_free(WhDnsAnswer *answer);

/* Whether `name` is a host name that DNS and providers take: labels of letters, digits, hyphens and
 * underscores, an asterisk as the whole first label, 253 characters at most, at least two labels; a
 * final dot is allowed. */
gboolean wh_dns_name_is_host(const char *name);

/* Lower case, without final dot, in memory that the caller frees. Non-ASCII names become A-labels
 * (RFC 5891, through GLib); NULL when that is not possible or the result is no host name. */
char *wh_dns_name_normalize(const char *name);

/* Whether `name` is `zone` or below it, by labels, ignoring case. "" is the root and holds all. */
gboolean wh_dns_name_in_zone(const char *name, const char *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsAnswer, wh_dns_answer_free)

G_END_DECLS
