/* Answers of DNS servers, to fixed questions and to a fixed update. The input begins behind the
 * id, so that it gets past the first check. */
#include "service/net/dns_update.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static GBytes *with_id(GBytes *message)
{
    gsize length;
    const guint8 *original = g_bytes_get_data(message, &length);
    guint8 *bytes = g_memdup2(original, length);
    bytes[0] = 0x12;
    bytes[1] = 0x34;
    return g_bytes_new_take(bytes, length);
}

static void parse_answer(const guint8 *answer, gsize length)
{
    g_autoptr(GBytes) asked = wh_dns_question_new("a.example", WH_DNS_A, FALSE, NULL);
    g_autoptr(GBytes) question = with_id(asked);
    g_autoptr(WhDnsAnswer) parsed = wh_dns_answer_parse(question, answer, length, NULL);
    for (guint i = 0; parsed != NULL && i < parsed->answer->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(parsed->answer, i);
        wh_dns_name_in_zone(record->name, "example");
        wh_dns_name_is_host(record->name);
    }
}

/* What comes out is text that can be shown. */
static void parse_text(WhDnsClass class, const guint8 *answer, gsize length)
{
    g_autoptr(GBytes) asked = wh_dns_question_new_in(class, "a.example", WH_DNS_TXT, TRUE, NULL);
    g_autoptr(GBytes) question = with_id(asked);
    g_autoptr(WhDnsAnswer) parsed = wh_dns_answer_parse(question, answer, length, NULL);
    for (guint i = 0; parsed != NULL && i < parsed->answer->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(parsed->answer, i);
        for (const char *at = record->text; at != NULL && *at != '\0'; at++)
            g_assert(g_ascii_isprint(*at));
    }
}

static void parse_update_answer(const guint8 *answer, gsize length)
{
    WhDnsChange change = {.name = "a.example", .address = {.family = WH_FAMILY_IPV4}};
    WhTsigSignature *signature = NULL;
    g_autoptr(GBytes) made = wh_dns_update_new("example", &change, 1, NULL, 0, &signature, NULL);
    g_autoptr(GBytes) update = with_id(made);
    WhDnsUpdateAnswer parsed;
    wh_dns_update_answer_parse(update, NULL, NULL, answer, length, 0, &parsed, NULL);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size > 65533)
        return 0;
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree guint8 *answer = g_malloc(size + 2);
    answer[0] = 0x12;
    answer[1] = 0x34;
    memcpy(answer + 2, data, size);
    parse_answer(answer, size + 2);
    parse_text(WH_DNS_IN, answer, size + 2);
    parse_text(WH_DNS_CHAOS, answer, size + 2);
    parse_update_answer(answer, size + 2);
    return 0;
}
