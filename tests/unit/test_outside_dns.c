/* What operators answer over DNS: exactly one address, or nothing. */
#include "service/wiring/outside.h"

#include <string.h>

#define V4 WH_FAMILY_IPV4
#define V6 WH_FAMILY_IPV6

#define REST(text) text, sizeof(text) - 1

/* The name points at the question. */
#define RECORD_A "\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04"
#define RECORD_AAAA "\xc0\x0c\0\x1c\0\x01\0\0\0\0\0\x10"
#define RECORD_TXT "\xc0\x0c\0\x10\0\x01\0\0\0\0\0"
#define RECORD_TXT_CHAOS "\xc0\x0c\0\x10\0\x03\0\0\0\0\0"
#define ADDRESS_A "\x0b\x16\x21\x2c"
#define ADDRESS_AAAA "\x26\x06\x47\0\0\0\0\0\0\0\0\0\0\0\0\x01"
#define ADDRESS_TXT                                                                                \
    "\x0c\x0b"                                                                                     \
    "11.22.33.44"

static WhOutsideOperator *new_operator(gboolean text, gboolean chaos)
{
    WhOutsideOperator *operator_ = wh_outside_operator_new("one", "First");
    operator_->dns_name = g_strdup("Who.example");
    operator_->dns_text = text;
    operator_->dns_chaos = chaos;
    return operator_;
}

typedef struct {
    const char *name;
    gboolean text;
    gboolean chaos;
    WhFamily family;
    guint16 flags;
    guint8 answers;
    const char *rest;
    gsize length;
    const char *address; /* NULL: nothing */
} Row;

static const Row rows[] = {
    {"a", 0, 0, V4, 0x8180, 1, REST(RECORD_A ADDRESS_A), "11.22.33.44"},
    {"a-authoritative", 0, 0, V4, 0x8400, 1, REST(RECORD_A ADDRESS_A), "11.22.33.44"},
    {"aaaa", 0, 0, V6, 0x8180, 1, REST(RECORD_AAAA ADDRESS_AAAA), "2606:4700::1"},
    {"txt", 1, 0, V4, 0x8180, 1, REST(RECORD_TXT ADDRESS_TXT), "11.22.33.44"},
    {"txt-of-ipv6", 1, 0, V6, 0x8180, 1,
     REST(RECORD_TXT "\x0d\x0c"
                     "2606:4700::1"),
     "2606:4700::1"},
    {"chaos", 1, 1, V4, 0x8180, 1, REST(RECORD_TXT_CHAOS ADDRESS_TXT), "11.22.33.44"},
    {"nothing", 0, 0, V4, 0x8180, 0, REST(""), NULL},
    {"servfail", 0, 0, V4, 0x8182, 1, REST(RECORD_A ADDRESS_A), NULL},
    {"nxdomain", 0, 0, V4, 0x8183, 0, REST(""), NULL},
    {"refused", 0, 0, V4, 0x8185, 0, REST(""), NULL},
    {"truncated", 0, 0, V4, 0x8380, 1, REST(RECORD_A ADDRESS_A), NULL},
    {"two", 0, 0, V4, 0x8180, 2, REST(RECORD_A ADDRESS_A RECORD_A "\x0b\x16\x21\x2d"), NULL},
    {"twice", 0, 0, V4, 0x8180, 2, REST(RECORD_A ADDRESS_A RECORD_A ADDRESS_A), NULL},
    {"three-octets", 0, 0, V4, 0x8180, 1, REST("\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x03\x0b\x16\x21"),
     NULL},
    {"a-for-aaaa", 0, 0, V6, 0x8180, 1, REST(RECORD_A ADDRESS_A), NULL},
    {"aaaa-for-a", 0, 0, V4, 0x8180, 1, REST(RECORD_AAAA ADDRESS_AAAA), NULL},
    {"txt-for-a", 0, 0, V4, 0x8180, 1, REST(RECORD_TXT ADDRESS_TXT), NULL},
    {"a-for-txt", 1, 0, V4, 0x8180, 1, REST(RECORD_A ADDRESS_A), NULL},
    {"alias", 0, 0, V4, 0x8180, 2,
     REST("\xc0\x0c\0\x05\0\x01\0\0\0\0\0\x02\xc0\x10" RECORD_A ADDRESS_A), NULL},
    {"alias-alone", 0, 0, V4, 0x8180, 1, REST("\xc0\x0c\0\x05\0\x01\0\0\0\0\0\x02\xc0\x10"), NULL},
    {"another-name", 0, 0, V4, 0x8180, 1, REST("\xc0\x10\0\x01\0\x01\0\0\0\0\0\x04" ADDRESS_A),
     NULL},
    {"txt-in-two-strings", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x0d\x06"
                     "11.22."
                     "\x05"
                     "33.44"),
     NULL},
    {"txt-of-two-addresses", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x18\x17"
                     "11.22.33.44 11.22.33.45"),
     NULL},
    {"txt-two-records", 1, 0, V4, 0x8180, 2,
     REST(RECORD_TXT "\x0c\x0b"
                     "11.22.33.44" RECORD_TXT "\x0c\x0b"
                     "11.22.33.45"),
     NULL},
    {"txt-quoted", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x0e\x0d"
                     "\"11.22.33.44\""),
     NULL},
    {"txt-subnet", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x22\x21"
                     "edns0-client-subnet 11.22.33.0/24"),
     NULL},
    {"txt-empty", 1, 0, V4, 0x8180, 1, REST(RECORD_TXT "\x01\0"), NULL},
    {"txt-with-nul", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x0d\x0c"
                     "11.22.33.44\0"),
     NULL},
    {"txt-not-ascii", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x0d\x0c"
                     "11.22.33.44\xff"),
     NULL},
    {"txt-wrong-family", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x0d\x0c"
                     "2606:4700::1"),
     NULL},
    {"txt-octet-999", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x0d\x0c"
                     "11.22.33.999"),
     NULL},
    {"txt-html", 1, 0, V4, 0x8180, 1,
     REST(RECORD_TXT "\x12\x11"
                     "<b>11.22.33.44</b"),
     NULL},
    {"in-for-chaos", 1, 1, V4, 0x8180, 1, REST(RECORD_TXT ADDRESS_TXT), NULL},
    {"chaos-for-in", 1, 0, V4, 0x8180, 1, REST(RECORD_TXT_CHAOS ADDRESS_TXT), NULL},
};

/* The answer that begins like `question`. */
static GByteArray *answer_to(GBytes *question, const Row *row)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(question, &length);
    GByteArray *answer = g_byte_array_new();
    g_byte_array_append(answer, bytes, (guint)length);
    answer->data[2] = (guint8)(row->flags >> 8);
    answer->data[3] = (guint8)row->flags;
    answer->data[7] = row->answers;
    g_byte_array_append(answer, (const guint8 *)row->rest, (guint)row->length);
    return answer;
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(WhOutsideOperator) operator_ = new_operator(row->text, row->chaos);
    g_autoptr(GBytes) question = wh_outside_dns_question(operator_, row->family);
    g_autoptr(GByteArray) bytes = answer_to(question, row);
    g_autofree guint8 *exact = g_memdup2(bytes->data, bytes->len);
    g_autoptr(WhDnsAnswer) answer = wh_dns_answer_parse(question, exact, bytes->len, NULL);
    WhAddress address;
    gboolean ok = answer != NULL && wh_outside_dns_read(operator_, row->family, answer, &address);
    g_assert_true(ok == (row->address != NULL));
    if (!ok)
        return;
    g_autofree char *text = wh_address_to_string(&address);
    g_assert_cmpstr(text, ==, row->address);
}

static void check_question(gboolean text, gboolean chaos, WhFamily family, guint8 type,
                           guint8 class)
{
    g_autoptr(WhOutsideOperator) operator_ = new_operator(text, chaos);
    g_autoptr(GBytes) question = wh_outside_dns_question(operator_, family);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(question, &length);
    const guint8 end[] = {0, type, 0, class};
    g_assert_cmpuint(length, ==, 12 + sizeof "\3who\7example" + sizeof end);
    g_assert_cmpmem(bytes + length - sizeof end, sizeof end, end, sizeof end);
}

static void test_questions(void)
{
    check_question(FALSE, FALSE, V4, 1, 1);
    check_question(FALSE, FALSE, V6, 28, 1);
    check_question(TRUE, FALSE, V4, 16, 1);
    check_question(TRUE, TRUE, V6, 16, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/outside-dns/", rows[i].name, NULL);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/outside-dns/questions", test_questions);
    return g_test_run();
}
