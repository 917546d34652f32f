#include "service/net/dns_update.h"

#include "service/base/clock.h"

#include <gio/gio.h>

#include <string.h>

#define NOW (1700000000 * WH_SECOND)

static WhDnsChange change_to(const char *name, const char *address)
{
    WhDnsChange change = {.name = name, .ttl = 60};
    g_assert_true(wh_address_parse(address, &change.address));
    return change;
}

static WhTsigKey *new_key(void)
{
    g_autoptr(WhSecret) secret = wh_secret_new("AAECAwQFBgcICQoLDA0ODw==", -1);
    return wh_tsig_key_new("key", WH_TSIG_HMAC_SHA256, secret, NULL);
}

static GBytes *unsigned_update(const WhDnsChange *changes, gsize n_changes)
{
    g_autoptr(GError) error = NULL;
    WhTsigSignature *signature = NULL;
    GBytes *update =
        wh_dns_update_new("example.org", changes, n_changes, NULL, NOW, &signature, &error);
    g_assert_no_error(error);
    g_assert_null(signature);
    return update;
}

static void test_message(void)
{
    WhDnsChange changes[] = {change_to("Home.example.org.", "203.0.113.7"),
                             change_to("home.example.org", "2001:db8::7")};
    g_autoptr(GBytes) update = unsigned_update(changes, G_N_ELEMENTS(changes));
    gsize length;
    const guint8 *bytes = g_bytes_get_data(update, &length);
    static const char expected[] =
        "\x28\0\0\1\0\0\0\4\0\0"
        "\7example\3org\0\0\6\0\1"
        "\4home\xc0\x0c\0\1\0\xff\0\0\0\0\0\0"
        "\xc0\x1d\0\1\0\1\0\0\0\x3c\0\4\xcb\0\x71\7"
        "\xc0\x1d\0\x1c\0\xff\0\0\0\0\0\0"
        "\xc0\x1d\0\x1c\0\1\0\0\0\x3c\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\7";
    g_assert_cmpuint(length - 2, ==, sizeof expected - 1);
    g_assert_true(memcmp(bytes + 2, expected, length - 2) == 0);
}

static void refuse(const char *zone, const char *name)
{
    WhDnsChange change = change_to("a.b", "203.0.113.7");
    change.name = name;
    g_autoptr(GError) error = NULL;
    WhTsigSignature *signature = NULL;
    g_assert_null(wh_dns_update_new(zone, &change, 1, NULL, NOW, &signature, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void test_refused(void)
{
    refuse("example.org", "home.example.com");
    refuse("example.org", "homeexample.org");
    refuse("example.org", "home..example.org");
    refuse("example.org", "org");
    refuse("exa mple", "home.exa mple");
    g_autoptr(GError) error = NULL;
    WhTsigSignature *signature = NULL;
    g_assert_null(wh_dns_update_new("example.org", NULL, 0, NULL, NOW, &signature, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* A response to `update` with its zone section. */
static GByteArray *response_to(GBytes *update, guint rcode)
{
    const guint8 *bytes = g_bytes_get_data(update, NULL);
    GByteArray *response = g_byte_array_new();
    g_byte_array_append(response, bytes, 12 + 17);
    response->data[2] = 0xa8;
    response->data[3] = (guint8)rcode;
    memset(response->data + 6, 0, 6);
    return response;
}

static void test_answer_without_key(void)
{
    WhDnsChange change = change_to("home.example.org", "203.0.113.7");
    g_autoptr(GBytes) update = unsigned_update(&change, 1);
    g_autoptr(GByteArray) response = response_to(update, WH_DNS_REFUSED);
    g_autoptr(GError) error = NULL;
    WhDnsUpdateAnswer answer;
    g_assert_true(wh_dns_update_answer_parse(update, NULL, NULL, response->data, response->len, NOW,
                                             &answer, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(answer.rcode, ==, WH_DNS_REFUSED);
    g_assert_cmpint(answer.tsig, ==, WH_TSIG_UNUSED);
    g_assert_cmpuint(answer.tsig_error, ==, 0);
    g_assert_cmpint(answer.server_time, ==, 0);

    /* The zone section may be left out. */
    memset(response->data + 4, 0, 2);
    g_byte_array_set_size(response, 12);
    g_assert_true(wh_dns_update_answer_parse(update, NULL, NULL, response->data, response->len, NOW,
                                             &answer, &error));
}

static void test_answers_to_others(void)
{
    WhDnsChange change = change_to("home.example.org", "203.0.113.7");
    g_autoptr(GBytes) update = unsigned_update(&change, 1);
    g_autoptr(GByteArray) response = response_to(update, WH_DNS_NOERROR);
    WhDnsUpdateAnswer answer = {.rcode = 77};
    /* id, QR, opcode, a letter of the zone, a count too many. */
    static const struct {
        guint at;
        guint8 flip;
    } changes[] = {{0, 1}, {2, 0x80}, {2, 0x08}, {13, 1}, {5, 2}, {7, 1}, {11, 1}};
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(GError) error = NULL;
        response->data[changes[i].at] ^= changes[i].flip;
        g_assert_false(wh_dns_update_answer_parse(update, NULL, NULL, response->data, response->len,
                                                  NOW, &answer, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        response->data[changes[i].at] ^= changes[i].flip;
    }
    for (guint length = 0; length < response->len; length++)
        g_assert_false(wh_dns_update_answer_parse(update, NULL, NULL, response->data, length, NOW,
                                                  &answer, NULL));
    g_assert_cmpuint(answer.rcode, ==, 77);
}

static void test_unsigned_success_is_none(void)
{
    g_autoptr(WhTsigKey) key = new_key();
    g_autoptr(WhTsigSignature) signature = NULL;
    g_autoptr(GError) error = NULL;
    WhDnsChange change = change_to("home.example.org", "203.0.113.7");
    g_autoptr(GBytes) update =
        wh_dns_update_new("example.org", &change, 1, key, NOW, &signature, &error);
    g_assert_no_error(error);
    g_assert_nonnull(signature);
    g_autoptr(GByteArray) response = response_to(update, WH_DNS_NOERROR);
    WhDnsUpdateAnswer answer;
    g_assert_true(wh_dns_update_answer_parse(update, key, signature, response->data, response->len,
                                             NOW, &answer, &error));
    g_assert_cmpuint(answer.rcode, ==, WH_DNS_NOERROR);
    g_assert_cmpint(answer.tsig, ==, WH_TSIG_MISSING);

    /* The request itself, sent back as an answer, carries a MAC that fits the request only. */
    gsize length;
    const guint8 *bytes = g_bytes_get_data(update, &length);
    g_autofree guint8 *echo = g_memdup2(bytes, length);
    echo[2] = 0xa8;
    g_assert_true(
        wh_dns_update_answer_parse(update, key, signature, echo, length, NOW, &answer, &error));
    g_assert_cmpint(answer.tsig, ==, WH_TSIG_WRONG_MAC);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dns-update/message", test_message);
    g_test_add_func("/dns-update/refused", test_refused);
    g_test_add_func("/dns-update/answer-without-key", test_answer_without_key);
    g_test_add_func("/dns-update/answers-to-others", test_answers_to_others);
    g_test_add_func("/dns-update/unsigned-success-is-none", test_unsigned_success_is_none);
    return g_test_run();
}
