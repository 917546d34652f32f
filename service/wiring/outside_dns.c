#include "service/wiring/outside.h"

#include <string.h>

static WhDnsType type_of(const WhOutsideOperator *operator_, WhFamily family)
{
    if (operator_->dns_text)
        return WH_DNS_TXT;
    return family == WH_FAMILY_IPV4 ? WH_DNS_A : WH_DNS_AAAA;
}

GBytes *wh_outside_dns_question(const WhOutsideOperator *operator_, WhFamily family)
{
    return wh_dns_question_new_in(operator_->dns_chaos ? WH_DNS_CHAOS : WH_DNS_IN,
                                  operator_->dns_name, type_of(operator_, family), TRUE, NULL);
}

/* Names of answers are in lower case. */
static gboolean is_asked_name(const WhOutsideOperator *operator_, const char *name)
{
    gsize length = strlen(operator_->dns_name);

    if (operator_->dns_name[length - 1] == '.')
        length--;
    return strlen(name) == length && g_ascii_strncasecmp(name, operator_->dns_name, length) == 0;
}

gboolean wh_outside_dns_read(const WhOutsideOperator *operator_, WhFamily family,
                             const WhDnsAnswer *answer, WhAddress *address)
{
    const WhDnsRecord *record;

    if (answer->rcode != WH_DNS_NOERROR || answer->truncated || answer->answer->len != 1)
        return FALSE;
    record = g_ptr_array_index(answer->answer, 0);
    if (record->type != type_of(operator_, family) || !is_asked_name(operator_, record->name))
        return FALSE;
    if (record->type == WH_DNS_TXT)
        return record->text != NULL && wh_outside_read_answer(operator_, family, record->text,
                                                              strlen(record->text), address);
    *address = record->address;
    return TRUE;
}
