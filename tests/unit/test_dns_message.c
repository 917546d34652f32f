#include "service/net/dns_message.h"

#include <gio/gio.h>

#include <string.h>

static void assert_octets(const guint8 *bytes, gsize length, const char *expected,
                          gsize expected_length)
{
    g_assert_cmpuint(length, ==, expected_length);
    g_assert_true(memcmp(bytes, expected, length) == 0);
}

static GBytes *ask(const char *name, WhDnsType type)
{
    g_autoptr(GError) error = NULL;
    GBytes *question = wh_dns_question_new(name, type, FALSE, &error);
    g_assert_no_error(error);
    return question;
}

/* The answer that begins like `question`: flags, counts of answer, authority and additional, then
 * `rest`. */
static GByteArray *answer_to(GBytes *question, guint16 flags, const guint8 counts[3],
                             const char *rest, gsize rest_length)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(question, &length);
    GByteArray *answer = g_byte_array_new();
    g_byte_array_append(answer, bytes, (guint)length);
    answer->data[2] = (guint8)(flags >> 8);
    answer->data[3] = (guint8)flags;
    for (guint i = 0; i < 3; i++)
        answer->data[7 + 2 * i] = counts[i];
    g_byte_array_append(answer, (const guint8 *)rest, (guint)rest_length);
    return answer;
}

static WhDnsAnswer *parse(GBytes *question, const GByteArray *answer, GError **error)
{
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree guint8 *exact = g_memdup2(answer->data, answer->len);
    return wh_dns_answer_parse(question, exact, answer->len, error);
}

static void refuse(GBytes *question, const GByteArray *answer)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(parse(question, answer, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

#define REST(text) text, sizeof(text) - 1

/* home.example.org IN A 203.0.113.7 with TTL 300; the name points at the question. */
#define ADDRESS_RECORD "\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04\xcb\x00\x71\x07"

static void test_question(void)
{
    g_autoptr(GBytes) question = ask("Home.example.org.", WH_DNS_AAAA);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(question, &length);
    static const char expected[] = "\0\0\0\1\0\0\0\0\0\0\4home\7example\3org\0\0\34\0\1";
    assert_octets(bytes + 2, length - 2, expected, sizeof expected - 1);

    g_autoptr(GBytes) recursive = wh_dns_question_new("", WH_DNS_NS, TRUE, NULL);
    bytes = g_bytes_get_data(recursive, &length);
    static const char root[] = "\1\0\0\1\0\0\0\0\0\0\0\0\2\0\1";
    assert_octets(bytes + 2, length - 2, root, sizeof root - 1);
}

static void test_ids_differ(void)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < 64; i++) {
        g_autoptr(GBytes) question = ask("example.org", WH_DNS_A);
        const guint8 *bytes = g_bytes_get_data(question, NULL);
        g_hash_table_add(ids, GUINT_TO_POINTER((guint)bytes[0] << 8 | bytes[1]));
    }
    g_assert_cmpuint(g_hash_table_size(ids), >, 32);
}

static void test_refused_names(void)
{
    static const char *const names[] = {"a..b", ".a", "a b", "a\\.b", "\xc3\xa4.example"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(wh_dns_question_new(names[i], WH_DNS_A, FALSE, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
    g_autofree char *label = g_strnfill(64, 'a');
    g_assert_null(wh_dns_question_new(label, WH_DNS_A, FALSE, NULL));
}

static void test_address_answer(void)
{
    g_autoptr(GBytes) question = ask("home.example.org", WH_DNS_A);
    g_autoptr(GByteArray) bytes =
        answer_to(question, 0x8400, (const guint8[]){1, 0, 0}, REST(ADDRESS_RECORD));
    g_autoptr(GError) error = NULL;
    g_autoptr(WhDnsAnswer) answer = parse(question, bytes, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(answer->rcode, ==, WH_DNS_NOERROR);
    g_assert_true(answer->authoritative);
    g_assert_false(answer->truncated);
    g_assert_false(answer->recursion_available);
    g_assert_cmpuint(answer->answer->len, ==, 1);
    g_assert_cmpuint(answer->authority->len, ==, 0);
    const WhDnsRecord *record = g_ptr_array_index(answer->answer, 0);
    g_assert_cmpstr(record->name, ==, "home.example.org");
    g_assert_cmpint(record->type, ==, WH_DNS_A);
    g_assert_cmpuint(record->ttl, ==, 300);
    char text[WH_ADDRESS_STRLEN];
    g_assert_cmpstr(wh_address_format(&record->address, text), ==, "203.0.113.7");
}

static void test_all_sections(void)
{
    g_autoptr(GBytes) question = ask("home.example.org", WH_DNS_AAAA);
    /* A HINFO record, which is left out, and a CNAME to WWW.home.example.org; SOA; AAAA of the root
     * name. */
    static const char rest[] = "\xc0\x0c\0\x0d\0\1\0\0\0\1\0\4\1x\1y"
                               "\xc0\x0c\0\5\0\1\0\0\0\2\0\6\3WWW\xc0\x0c"
                               "\xc0\x11\0\6\0\1\0\0\0\3\0\x1b\2ns\xc0\x11\xc0\x11"
                               "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\x3c"
                               "\0\0\x1c\0\1\0\0\0\4\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1";
    g_autoptr(GByteArray) bytes =
        answer_to(question, 0x8280 | 3, (const guint8[]){2, 1, 1}, REST(rest));
    g_autoptr(GError) error = NULL;
    g_autoptr(WhDnsAnswer) answer = parse(question, bytes, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(answer->rcode, ==, WH_DNS_NXDOMAIN);
    g_assert_false(answer->authoritative);
    g_assert_true(answer->truncated);
    g_assert_true(answer->recursion_available);
    g_assert_cmpuint(answer->answer->len, ==, 1);
    const WhDnsRecord *alias = g_ptr_array_index(answer->answer, 0);
    g_assert_cmpint(alias->type, ==, WH_DNS_CNAME);
    g_assert_cmpstr(alias->target, ==, "www.home.example.org");
    const WhDnsRecord *authority = g_ptr_array_index(answer->authority, 0);
    g_assert_cmpint(authority->type, ==, WH_DNS_SOA);
    g_assert_cmpstr(authority->name, ==, "example.org");
    g_assert_cmpstr(authority->target, ==, "ns.example.org");
    g_assert_cmpuint(authority->minimum, ==, 60);
    const WhDnsRecord *additional = g_ptr_array_index(answer->additional, 0);
    g_assert_cmpstr(additional->name, ==, "");
    char text[WH_ADDRESS_STRLEN];
    g_assert_cmpstr(wh_address_format(&additional->address, text), ==, "2001:db8::1");
}

static void test_answers_to_others(void)
{
    g_autoptr(GBytes) question = ask("home.example.org", WH_DNS_A);
    static const guint8 one[] = {1, 0, 0};
    g_autoptr(GByteArray) bytes = answer_to(question, 0x8400, one, REST(ADDRESS_RECORD));
    /* id, QR, opcode, a letter of the name, type, class. */
    static const struct {
        guint at;
        guint8 flip;
    } changes[] = {{0, 1}, {1, 1}, {2, 0x80}, {2, 0x28}, {13, 1}, {31, 1}, {33, 2}};
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        bytes->data[changes[i].at] ^= changes[i].flip;
        refuse(question, bytes);
        bytes->data[changes[i].at] ^= changes[i].flip;
    }
    /* Case is no difference. */
    bytes->data[13] ^= 0x20;
    g_autoptr(WhDnsAnswer) answer = parse(question, bytes, NULL);
    g_assert_nonnull(answer);
}

static void test_malformed(void)
{
    g_autoptr(GBytes) question = ask("home.example.org", WH_DNS_A);
    static const guint8 one[] = {1, 0, 0};
    g_autoptr(GByteArray) bytes = answer_to(question, 0x8400, one, REST(ADDRESS_RECORD));
    for (guint whole = bytes->len; bytes->len > 0; whole--) {
        g_byte_array_set_size(bytes, whole - 1);
        if (bytes->len > 0)
            refuse(question, bytes);
    }
    g_autoptr(GByteArray) loop =
        answer_to(question, 0x8400, one, REST("\xc0\x22\0\1\0\1\0\0\0\0\0\4\1\2\3\4"));
    refuse(question, loop);
}

static void test_many_records(void)
{
    g_autoptr(GBytes) question = ask("home.example.org", WH_DNS_A);
    static const guint8 none[] = {0, 0, 0};
    g_autoptr(GByteArray) bytes = answer_to(question, 0x8400, none, REST(""));
    for (guint i = 0; i < 513; i++)
        g_byte_array_append(bytes, (const guint8 *)ADDRESS_RECORD, sizeof ADDRESS_RECORD - 1);
    bytes->data[6] = 2;
    bytes->data[7] = 1;
    refuse(question, bytes);
    bytes->data[7] = 0;
    g_byte_array_set_size(bytes, bytes->len - (guint)sizeof ADDRESS_RECORD + 1);
    g_autoptr(WhDnsAnswer) answer = parse(question, bytes, NULL);
    g_assert_nonnull(answer);
    g_assert_cmpuint(answer->answer->len, ==, 512);
}

static void test_rcode_names(void)
{
    g_assert_cmpstr(wh_dns_rcode_name(0), ==, "NOERROR");
    g_assert_cmpstr(wh_dns_rcode_name(WH_DNS_REFUSED), ==, "REFUSED");
    g_assert_cmpstr(wh_dns_rcode_name(WH_DNS_NOTZONE), ==, "NOTZONE");
    g_assert_cmpstr(wh_dns_rcode_name(13), ==, "RCODE13");
}

static void test_host_names(void)
{
    static const char *const good[] = {"a.b",        "home.example.org.", "_x.example.org",
                                       "*.home.org", "1.2.3.4",           "xn--4ca.example"};
    static const char *const bad[] = {
        "",      ".",       "a",        "a.",      "a..b",         ".a.b",
        "a b.c", "a.*.org", "a*.b.org", "a.b.c..", "\xc3\xa4.org", "a/b.c"};
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(wh_dns_name_is_host(good[i]));
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(wh_dns_name_is_host(bad[i]));

    g_autofree char *label = g_strnfill(63, 'a');
    g_autofree char *longest = g_strdup_printf("%s.%s.%s.%.61s", label, label, label, label);
    g_assert_cmpuint(strlen(longest), ==, 253);
    g_assert_true(wh_dns_name_is_host(longest));
    g_autofree char *too_long = g_strconcat(longest, "a", NULL);
    g_assert_false(wh_dns_name_is_host(too_long));
    g_autofree char *wide = g_strconcat("a", label, ".org", NULL);
    g_assert_false(wh_dns_name_is_host(wide));
}

static void normalize(const char *name, const char *expected)
{
    g_autofree char *normal = wh_dns_name_normalize(name);
    g_assert_cmpstr(normal, ==, expected);
}

static void test_normalize(void)
{
    normalize("Home.Example.ORG.", "home.example.org");
    normalize("b\xc3\xbc"
              "cher.Example",
              "xn--bcher-kva.example");
    normalize("*.home.org", "*.home.org");
    normalize("\xff.org", NULL);
    normalize("a", NULL);
    normalize("", NULL);
}

static void test_in_zone(void)
{
    g_assert_true(wh_dns_name_in_zone("Home.example.org", "example.ORG."));
    g_assert_true(wh_dns_name_in_zone("example.org.", "example.org"));
    g_assert_true(wh_dns_name_in_zone("home.example.org", ""));
    g_assert_true(wh_dns_name_in_zone("home.example.org", "."));
    g_assert_false(wh_dns_name_in_zone("homeexample.org", "example.org"));
    g_assert_false(wh_dns_name_in_zone("example.org", "home.example.org"));
    g_assert_false(wh_dns_name_in_zone("example.com", "example.org"));
    g_assert_false(wh_dns_name_in_zone("home\\.example.org", "example.org"));
}

static void test_text_and_class(void)
{
    static const guint8 one[] = {1, 0, 0};
    static const char text[] = "\xc0\x0c\0\x10\0\x03\0\0\0\0\0\3\2ab";
    g_autoptr(GBytes) chaos =
        wh_dns_question_new_in(WH_DNS_CHAOS, "who.example", WH_DNS_TXT, TRUE, NULL);
    g_autoptr(GByteArray) bytes = answer_to(chaos, 0x8180, one, REST(text));
    g_autoptr(WhDnsAnswer) answer = parse(chaos, bytes, NULL);
    g_assert_cmpuint(answer->answer->len, ==, 1);
    const WhDnsRecord *record = answer->answer->pdata[0];
    g_assert_cmpint(record->type, ==, WH_DNS_TXT);
    g_assert_cmpstr(record->name, ==, "who.example");
    g_assert_cmpstr(record->text, ==, "ab");
    /* A record of another class than the question's is nothing. */
    g_autoptr(GBytes) internet = ask("who.example", WH_DNS_TXT);
    g_autoptr(GByteArray) strange = answer_to(internet, 0x8180, one, REST(text));
    g_autoptr(WhDnsAnswer) nothing = parse(internet, strange, NULL);
    g_assert_cmpuint(nothing->answer->len, ==, 0);
}

static void check_text(const char *data, gsize length, const char *expected)
{
    static const guint8 one[] = {1, 0, 0};
    g_autoptr(GBytes) question = ask("who.example", WH_DNS_TXT);
    g_autoptr(GString) rest = g_string_new_len("\xc0\x0c\0\x10\0\x01\0\0\0\0\0", 11);
    g_string_append_c(rest, (char)length);
    g_string_append_len(rest, data, (gssize)length);
    g_autoptr(GByteArray) bytes = answer_to(question, 0x8180, one, rest->str, rest->len);
    g_autoptr(WhDnsAnswer) answer = parse(question, bytes, NULL);
    if (answer == NULL || answer->answer->len == 0) {
        g_assert_null(expected);
        return;
    }
    const WhDnsRecord *record = answer->answer->pdata[0];
    g_assert_cmpstr(record->text, ==, expected);
}

static void test_texts(void)
{
    check_text(REST("\2ab"), "ab");
    check_text(REST("\0"), "");
    check_text(REST(""), NULL);
    check_text(REST("\3ab"), NULL);
    check_text(REST("\1ab"), NULL);
    check_text(REST("\1a\1b"), NULL);
    check_text(REST("\3a\0b"), NULL);
    check_text(REST("\2a\n"), NULL);
    check_text(REST("\2a\xff"), NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dns-message/question", test_question);
    g_test_add_func("/dns-message/ids-differ", test_ids_differ);
    g_test_add_func("/dns-message/refused-names", test_refused_names);
    g_test_add_func("/dns-message/address-answer", test_address_answer);
    g_test_add_func("/dns-message/all-sections", test_all_sections);
    g_test_add_func("/dns-message/answers-to-others", test_answers_to_others);
    g_test_add_func("/dns-message/malformed", test_malformed);
    g_test_add_func("/dns-message/many-records", test_many_records);
    g_test_add_func("/dns-message/text-and-class", test_text_and_class);
    g_test_add_func("/dns-message/texts", test_texts);
    g_test_add_func("/dns-message/rcode-names", test_rcode_names);
    g_test_add_func("/dns-message/host-names", test_host_names);
    g_test_add_func("/dns-message/normalize", test_normalize);
    g_test_add_func("/dns-message/in-zone", test_in_zone);
    return g_test_run();
}
