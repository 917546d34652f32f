#include "service/net/tsig.h"

#include "service/base/clock.h"

#include <gio/gio.h>

#include <string.h>

/* The vectors were computed from RFC 8945 with another HMAC implementation, and a program of
 * another maker accepts them. The secret is the octets 0 to 31, the time is 1700000000. */
#define SECRET "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define NOW (1700000000 * WH_SECOND)

/* An update of example.org that changes nothing. */
#define MESSAGE "123428000001000000000000076578616d706c65036f72670000060001"

#define GOOD_RESPONSE                                                                              \
    "1234a8000001000000000001076578616d706c65036f72670000060001034b4559074558414d504c"             \
    "450000fa00ff00000000003d0b686d61632d7368613235360000006553f105012c00200df3aa7938"             \
    "155fe1b39561f90969c7a100b96ebab3f88c88c887e925d587e073123400000000"

static GByteArray *from_hex(const char *hex)
{
    GByteArray *bytes = g_byte_array_new();
    for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2) {
        guint8 octet = (guint8)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
        g_byte_array_append(bytes, &octet, 1);
    }
    return bytes;
}

static char *to_hex(const guint8 *bytes, gsize length)
{
    GString *hex = g_string_new(NULL);
    for (gsize i = 0; i < length; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    return g_string_free(hex, FALSE);
}

static WhTsigKey *new_key(WhTsigAlgorithm algorithm)
{
    g_autoptr(WhSecret) secret = wh_secret_new(SECRET, -1);
    g_autoptr(GError) error = NULL;
    WhTsigKey *key = wh_tsig_key_new("Key.Example.", algorithm, secret, &error);
    g_assert_no_error(error);
    return key;
}

static GBytes *sign(const WhTsigKey *key, WhTsigSignature **signature)
{
    g_autoptr(GBytes) message = g_byte_array_free_to_bytes(from_hex(MESSAGE));
    return wh_tsig_sign(message, key, NOW, signature);
}

static void test_known_macs(void)
{
    static const struct {
        const char *name;
        const char *mac;
    } vectors[] = {
        {"hmac-md5", "e31b3639f5a6eb3efbbbc1b16d45c206"},
        {"hmac-sha1", "2516765781eb4341458af507f36eeb746d94a130"},
        {"hmac-sha224", "473aa52d3e978deb99628d3eab276cd7ffb40a33361ff94a67c26f4f"},
        {"hmac-sha256", "1929155ea9afaf639410cf3a634e3464fdcaf15e031b83d5224f22a9e7ada69b"},
        {"hmac-sha384",
         "68922909798d093eea4974687ab3182bd7c478d39090a18f9da71e03fea7a56e9c1aa14e0982487a"
         "f131bb4e1b0d689f"},
        {"hmac-sha512",
         "7ab25d9cdc25d00e536d08fc9541947b841bf0970488858a41f1e36e5b2abd628b297f5ed47dd31c"
         "c9581eb3f22d696fef67abf258edea0a92232d6f40c136eb"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(vectors); i++) {
        WhTsigAlgorithm algorithm;
        g_assert_true(wh_tsig_algorithm_parse(vectors[i].name, &algorithm));
        g_assert_cmpstr(wh_tsig_algorithm_name(algorithm), ==, vectors[i].name);
        g_autoptr(WhTsigKey) key = new_key(algorithm);
        g_autoptr(WhTsigSignature) signature = NULL;
        g_autoptr(GBytes) signed_message = sign(key, &signature);
        gsize length;
        const guint8 *bytes = g_bytes_get_data(signed_message, &length);
        /* Original id, error and the length of other data follow the MAC. */
        gsize mac_length = strlen(vectors[i].mac) / 2;
        g_autofree char *mac = to_hex(bytes + length - 6 - mac_length, mac_length);
        g_assert_cmpstr(mac, ==, vectors[i].mac);
    }
}

static void test_signed_message(void)
{
    g_autoptr(WhTsigKey) key = new_key(WH_TSIG_HMAC_SHA256);
    g_autoptr(WhTsigSignature) signature = NULL;
    g_autoptr(GBytes) signed_message = sign(key, &signature);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(signed_message, &length);
    g_autofree char *hex = to_hex(bytes, length);
    g_assert_cmpstr(
        hex, ==,
        "123428000001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
        "650000fa00ff00000000003d0b686d61632d7368613235360000006553f100012c00201929155ea9"
        "afaf639410cf3a634e3464fdcaf15e031b83d5224f22a9e7ada69b123400000000");
}

typedef struct {
    gboolean valid;
    WhTsigStatus status;
    guint error;
    gint64 other_time;
} Verdict;

static Verdict verify_bytes(const guint8 *bytes, gsize length, gint64 now)
{
    g_autoptr(WhTsigKey) key = new_key(WH_TSIG_HMAC_SHA256);
    g_autoptr(WhTsigSignature) signature = NULL;
    g_bytes_unref(sign(key, &signature));
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree guint8 *exact = g_memdup2(bytes, length);
    Verdict verdict = {0};
    verdict.valid = wh_tsig_verify(exact, length, key, signature, now, &verdict.status,
                                   &verdict.error, &verdict.other_time);
    return verdict;
}

static Verdict verify(const char *hex, gint64 now)
{
    g_autoptr(GByteArray) bytes = from_hex(hex);
    return verify_bytes(bytes->data, bytes->len, now);
}

static void test_responses(void)
{
    static const struct {
        const char *hex;
        WhTsigStatus status;
        guint error;
    } vectors[] = {
        {GOOD_RESPONSE, WH_TSIG_GOOD, 0},
        /* other key */
        {"1234a8000001000000000001076578616d706c65036f72670000060001036b6578076578616d706c"
         "650000fa00ff00000000003d0b686d61632d7368613235360000006553f100012c0020c146b134e1"
         "adaea0c35962e8fdd1a269c84ba81b9e0628c713a35877a79b758c123400000000",
         WH_TSIG_WRONG_KEY, 0},
        /* other algorithm */
        {"1234a8000001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000002f09686d61632d736861310000006553f100012c0014e3674ab75e76f4"
         "6fd30abad71e3ff440561a02fd123400000000",
         WH_TSIG_WRONG_KEY, 0},
        /* without request mac */
        {"1234a8000001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000003d0b686d61632d7368613235360000006553f100012c00204c02d217f1"
         "83ce053120ff8984dfb15215a2fba83b25c915e44518bff981132a123400000000",
         WH_TSIG_WRONG_MAC, 0},
        /* other secret */
        {"1234a8000001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000003d0b686d61632d7368613235360000006553f100012c00204d8e051093"
         "dd1dd60778c1f439bb379d64cb40610477804c2a5619052f9a7da9123400000000",
         WH_TSIG_WRONG_MAC, 0},
        /* cut mac */
        {"1234a8000001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000002d0b686d61632d7368613235360000006553f100012c0010234ea5ed5e"
         "e7fac24df790b7674ee845123400000000",
         WH_TSIG_WRONG_MAC, 0},
        /* badsig */
        {"1234a8090001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000001d0b686d61632d7368613235360000006553f100012c00001234001000"
         "00",
         WH_TSIG_WRONG_MAC, 16},
        /* badkey */
        {"1234a8090001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000001d0b686d61632d7368613235360000006553f100012c00001234001100"
         "00",
         WH_TSIG_WRONG_MAC, 17},
        /* other id */
        {"9999a8000001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
         "650000fa00ff00000000003d0b686d61632d7368613235360000006553f100012c0020234ea5ed5e"
         "e7fac24df790b7674ee845b91566e37445c594218a15248d17e413123400000000",
         WH_TSIG_GOOD, 0},
        /* unsigned */
        {"1234a8050001000000000000076578616d706c65036f72670000060001", WH_TSIG_MISSING, 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(vectors); i++) {
        Verdict verdict = verify(vectors[i].hex, NOW);
        g_assert_true(verdict.valid);
        g_assert_cmpint(verdict.status, ==, vectors[i].status);
        g_assert_cmpuint(verdict.error, ==, vectors[i].error);
        g_assert_cmpint(verdict.other_time, ==, 0);
    }
}

static void test_time(void)
{
    /* Signed five seconds after NOW. */
    g_assert_cmpint(verify(GOOD_RESPONSE, NOW + 305 * WH_SECOND).status, ==, WH_TSIG_GOOD);
    g_assert_cmpint(verify(GOOD_RESPONSE, NOW + 306 * WH_SECOND).status, ==, WH_TSIG_WRONG_TIME);
    g_assert_cmpint(verify(GOOD_RESPONSE, NOW - 295 * WH_SECOND).status, ==, WH_TSIG_GOOD);
    g_assert_cmpint(verify(GOOD_RESPONSE, NOW - 296 * WH_SECOND).status, ==, WH_TSIG_WRONG_TIME);
}

static void test_server_with_another_clock(void)
{
    const char *response =
        "1234a8090001000000000001076578616d706c65036f72670000060001036b6579076578616d706c"
        "650000fa00ff0000000000430b686d61632d7368613235360000006553f100012c0020a444af61ea"
        "be79022a16c1b72f72496e1ea4cf2e288d05a2652a2f599c1ffcc012340012000600006553ff10";
    Verdict verdict = verify(response, NOW);
    g_assert_true(verdict.valid);
    g_assert_cmpint(verdict.status, ==, WH_TSIG_GOOD);
    g_assert_cmpuint(verdict.error, ==, 18);
    g_assert_cmpint(verdict.other_time, ==, NOW + WH_HOUR);
}

static void test_every_octet_counts(void)
{
    g_autoptr(GByteArray) bytes = from_hex(GOOD_RESPONSE);
    /* The id on the wire may be another than the signed one (RFC 8945 section 5.3.2). */
    for (guint i = 2; i < bytes->len; i++) {
        bytes->data[i] ^= 0x01;
        Verdict verdict = verify_bytes(bytes->data, bytes->len, NOW);
        g_assert_false(verdict.valid && verdict.status == WH_TSIG_GOOD);
        bytes->data[i] ^= 0x01;
    }
    g_assert_cmpint(verify_bytes(bytes->data, bytes->len, NOW).status, ==, WH_TSIG_GOOD);
}

static void test_cut_anywhere(void)
{
    g_autoptr(GByteArray) bytes = from_hex(GOOD_RESPONSE);
    for (gsize length = 0; length < bytes->len; length++)
        g_assert_false(verify_bytes(bytes->data, length, NOW).valid);
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    g_assert_false(verify_bytes(bytes->data, bytes->len, NOW).valid);
}

static void refuse_key(const char *name, const char *text, const char *word)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhSecret) secret = wh_secret_new(text, -1);
    g_assert_null(wh_tsig_key_new(name, WH_TSIG_HMAC_SHA256, secret, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    g_assert_nonnull(strstr(error->message, word));
    g_assert_true(*text == '\0' || strstr(error->message, text) == NULL);
}

static void test_refused_keys(void)
{
    refuse_key("", SECRET, "name");
    refuse_key("a..b", SECRET, "name");
    refuse_key("key name", SECRET, "name");
    refuse_key("key", "", "secret");
    refuse_key("key", "AAE", "secret");
    refuse_key("key", "AA*=", "secret");
    refuse_key("key", "A===", "secret");
    refuse_key("key", "AAEC=AEC", "secret");
    refuse_key("key", "\"AAEC\"", "secret");
}

static void test_algorithm_names(void)
{
    WhTsigAlgorithm algorithm = WH_TSIG_HMAC_SHA1;
    g_assert_true(wh_tsig_algorithm_parse("HMAC-MD5.SIG-ALG.REG.INT", &algorithm));
    g_assert_cmpint(algorithm, ==, WH_TSIG_HMAC_MD5);
    g_assert_false(wh_tsig_algorithm_parse("hmac-sha3", &algorithm));
    g_assert_cmpint(algorithm, ==, WH_TSIG_HMAC_MD5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tsig/known-macs", test_known_macs);
    g_test_add_func("/tsig/signed-message", test_signed_message);
    g_test_add_func("/tsig/responses", test_responses);
    g_test_add_func("/tsig/time", test_time);
    g_test_add_func("/tsig/server-with-another-clock", test_server_with_another_clock);
    g_test_add_func("/tsig/every-octet-counts", test_every_octet_counts);
    g_test_add_func("/tsig/cut-anywhere", test_cut_anywhere);
    g_test_add_func("/tsig/refused-keys", test_refused_keys);
    g_test_add_func("/tsig/algorithm-names", test_algorithm_names);
    return g_test_run();
}
