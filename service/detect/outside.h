/* The list of outside operators: who they are and how they are asked. Data; the list is
 * configuration. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* An operator is asked over HTTPS or over DNS.
 *
 * HTTPS: url[family] NULL: it cannot be asked over that family. line NULL: the whole body is the
 * address; otherwise the address is the value of the line "LINE=value" (Cloudflare's trace: "ip").
 *
 * DNS, when dns_name is not NULL: that name is asked for at dns_server[family], which
 * has_dns_server[family] says is there. dns_text: the address is the text of a TXT record, not that
 * of an A or AAAA record. dns_chaos: in the class CHAOS, not IN. */
typedef struct {
    char *id;
    char *organisation;
    char *url[WH_N_FAMILIES];
    char *line;
    char *dns_name;
    WhAddress dns_server[WH_N_FAMILIES];
    gboolean has_dns_server[WH_N_FAMILIES];
    gboolean dns_text;
    gboolean dns_chaos;
} WhOutsideOperator;

WhOutsideOperator *wh_outside_operator_new(const char *id, const char *organisation);
void wh_outside_operator_free(WhOutsideOperator *operator_);

/* Whether it can be asked over `family`. */
gboolean wh_outside_can_ask(const WhOutsideOperator *operator_, WhFamily family);

/* Whether it is asked over DNS, which makes it a weak witness. */
gboolean wh_outside_is_by_dns(const WhOutsideOperator *operator_);

/* Reads a keyfile: one group an operator, keys organisation, ipv4, ipv6, line, or organisation,
 * dns-name, dns-ipv4, dns-ipv6, dns-type, dns-class. URLs are https, DNS servers addresses. A wrong
 * entry is an error that names group and key; an empty list is one too. G_IO_ERROR_INVALID_DATA.
 * Returns an array of WhOutsideOperator for g_ptr_array_unref(). */
GPtrArray *wh_outside_parse(const char *text, gsize length, GError **error);

/* The list that is compiled in: at least seven organisations. */
GPtrArray *wh_outside_shipped(void);

/* Finds the one address in an operator's answer, a body or the text of a record (at most 4 KiB are
 * looked at). FALSE when it is not exactly that: HTML, two addresses, another family, nothing. */
gboolean wh_outside_read_answer(const WhOutsideOperator *operator_, WhFamily family,
                                const char *body, gsize length, WhAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhOutsideOperator, wh_outside_operator_free)

G_END_DECLS
