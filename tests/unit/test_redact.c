#include "service/net/redact.h"

#include <string.h>

#define NO_LIMIT 100000

/* Redacts `text` with up to two secrets. */
static char *redact(const char *text, const char *first, const char *second, const char *user)
{
    g_autoptr(GPtrArray) secrets = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    g_ptr_array_add(secrets, wh_secret_new(first, -1));
    if (second != NULL)
        g_ptr_array_add(secrets, wh_secret_new(second, -1));
    return wh_redact(text, secrets, user, NO_LIMIT);
}

static void expect(const char *text, const char *secret, const char *expected)
{
    g_autofree char *result = redact(text, secret, NULL, "anna");
    g_assert_cmpstr(result, ==, expected);
}

static void test_as_it_is(void)
{
    expect("bad token hunter2x!", "hunter2x", "bad token [secret]!");
    expect("hunter2x", "hunter2x", "[secret]");
    expect("HUNTER2X and Hunter2x", "hunter2x", "[secret] and [secret]");
    expect("say hunter2 only", "hunter2x", "say hunter2 only");
    expect("xhunter2xx", "hunter2x", "x[secret]x");
    expect("nothing", "", "nothing");
    g_autofree char *without = wh_redact("plain", NULL, NULL, NO_LIMIT);
    g_assert_cmpstr(without, ==, "plain");
}

static void test_any_letter_case_beyond_ascii(void)
{
    expect("P\xc3\x84SSWORT", "p\xc3\xa4sswort", "[secret]");
    expect("p%C3%84sswort p%c3%a4SSWORT", "p\xc3\xa4sswort", "[secret] [secret]");
}

static void test_percent_encoded(void)
{
    expect("/x?p=a%2Fb%26c+d&y", "a/b&c d", "/x?p=[secret]&y");
    expect("/x?p=a%2fb%26c%20d", "a/b&c d", "/x?p=[secret]");
    expect("p=%68%75nter2x;", "hunter2x", "p=[secret];");
    expect("100%ab now", "100%ab", "[secret] now");
    expect("100%25ab now", "100%ab", "[secret] now");
    expect("tail a%2", "a%2fb&c", "tail a%2");
}

static void test_escaped_by_quotes(void)
{
    expect("{\"got\":\"say\\\"this\\/now\"}", "say\"this/now", "{\"got\":\"[secret]\"}");
    expect("{\"got\":\"a\\u0026b\\u003Cc\\u0022d\"}", "a&b<c\"d", "{\"got\":\"[secret]\"}");
    expect("tail a\\u00", "a&b<c", "tail a\\u00");
    expect("{\"got\":\"p\\u00e4ss\\u00C4\"}", "p\xc3\xa4ss\xc3\xa4", "{\"got\":\"[secret]\"}");
    expect("{\"got\":\"abc\\ud83d\\ude00\"}", "abc\xf0\x9f\x98\x80", "{\"got\":\"[secret]\"}");
    expect("abc\\ud83d", "abc\xf0\x9f\x98\x80", "abc\\ud83d");
}

static void test_hex(void)
{
    expect("key 68756e7465723278.", "hunter2x", "key [secret].");
    expect("key 68756E7465723278.", "hunter2x", "key [secret].");
}

static void test_in_a_web_page(void)
{
    expect("<p>a&amp;b&quot;&lt;c is wrong</p>", "a&b\"<c", "<p>[secret] is wrong</p>");
    expect("<p>it&#39;s&#x20;&#X6d;&#00101;!</p>", "it's me", "<p>[secret]!</p>");
    expect("<p>it&#39s;&apos;m</p>", "it's;'m", "<p>[secret]</p>");
    expect("a&amp;amp;b&amp;lt;c", "a&b<c", "[secret]");
    expect("a&amp;#39;b&amp;quot;c", "a'b\"c", "[secret]");
    expect("a&amp;b and a&amp;amp;b", "a&amp;b", "[secret] and [secret]");
    expect("p&#228;sswort p&#xC4;SSWORT", "p\xc3\xa4sswort", "[secret] [secret]");
    expect("tail a&#3", "a'bcd", "tail a&#3");
    expect("tail a&#x", "a'bcd", "tail a&#x");
    expect("tail a&", "a'bcd", "tail a&");
    expect("&#99999999999;bcd", "abcd", "&#99999999999;bcd");
}

static void test_base64(void)
{
    /* base64 of anna:hunter2x, of hunter2x, and of anna:??>>~~ in both alphabets. */
    expect("Basic YW5uYTpodW50ZXIyeA==, sir", "hunter2x", "Basic [secret], sir");
    expect("aHVudGVyMng=", "hunter2x", "[secret]");
    expect("aHVudGVyMng%3D", "hunter2x", "[secret]%3D");
    expect("YW5uYTo/Pz4+fn4= YW5uYTo_Pz4-fn4", "?\?>>~~", "[secret] [secret]");
    g_autofree char *other = redact("YW5uYTpodW50ZXIyeA==", "hunter2x", NULL, "bert");
    g_assert_cmpstr(other, ==, "YW5uYTpodW50ZXIyeA==");
    g_autofree char *nobody = redact("aHVudGVyMng=", "hunter2x", NULL, NULL);
    g_assert_cmpstr(nobody, ==, "[secret]");
}

static void test_overlapping(void)
{
    g_autofree char *chain = redact("abcdefghi", "abcdef", "defghi", NULL);
    g_assert_cmpstr(chain, ==, "[secret]");
    g_autofree char *inner = redact("x abcdefghi y", "cdef", "abcdefghi", NULL);
    g_assert_cmpstr(inner, ==, "x [secret] y");
    expect("anananana", "anana", "[secret]");
}

static void test_short_ones(void)
{
    expect("the cat concatenates cat.", "cat", "the [secret] concatenates [secret].");
    expect("\xc3\xa4\xc3\xb6\xc3\xbc x\xc3\xa4\xc3\xb6\xc3\xbc", "\xc3\xa4\xc3\xb6\xc3\xbc",
           "[secret] x\xc3\xa4\xc3\xb6\xc3\xbc");
}

static void test_cut_secret(void)
{
    expect("token was abcdefgh", "abcdefghijkl", "token was [secret]");
    expect("token was abcdefg", "abcdefghijkl", "token was abcdefg");
}

static void test_control_characters(void)
{
    expect("a\nb\r\tc\x1b[31m\x7f\xc2\x85\xe2\x80\xa8z", "unused", "a b  c [31m   z");
    expect("open\nsesame", "open sesame", "[secret]");
}

static void test_invalid_utf8(void)
{
    g_autofree char *result = redact("a\xff\xfe hunter2x \xc3", "hunter2x", NULL, NULL);
    g_assert_true(g_utf8_validate(result, -1, NULL));
    g_assert_cmpstr(result, ==, "a\xef\xbf\xbd\xef\xbf\xbd [secret] \xef\xbf\xbd");
}

static void test_cut_at_a_character(void)
{
    for (gsize max = 0; max < 24; max++) {
        g_autofree char *result =
            wh_redact("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 hello", NULL, NULL, max);
        g_assert_true(g_utf8_validate(result, -1, NULL));
        g_assert_cmpuint(strlen(result), <=, max);
        g_assert_cmpint(g_str_has_suffix(result, "\xe2\x80\xa6"), ==, max >= 3 && max < 15);
    }
    g_autofree char *cut = wh_redact("hello world", NULL, NULL, 8);
    g_assert_cmpstr(cut, ==, "hello\xe2\x80\xa6");
    g_autofree char *whole = wh_redact("hello", NULL, NULL, 5);
    g_assert_cmpstr(whole, ==, "hello");
}

/* Nothing of a secret may come back by being cut away from the rest. */
static void test_cut_comes_last(void)
{
    g_autoptr(GPtrArray) secrets = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    g_ptr_array_add(secrets, wh_secret_new("hunter2x", -1));
    g_autofree char *result = wh_redact("token hunter2x", secrets, NULL, 12);
    g_assert_null(strstr(result, "hun"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/redact/as-it-is", test_as_it_is);
    g_test_add_func("/redact/any-letter-case-beyond-ascii", test_any_letter_case_beyond_ascii);
    g_test_add_func("/redact/percent-encoded", test_percent_encoded);
    g_test_add_func("/redact/escaped-by-quotes", test_escaped_by_quotes);
    g_test_add_func("/redact/hex", test_hex);
    g_test_add_func("/redact/in-a-web-page", test_in_a_web_page);
    g_test_add_func("/redact/base64", test_base64);
    g_test_add_func("/redact/overlapping", test_overlapping);
    g_test_add_func("/redact/short-ones", test_short_ones);
    g_test_add_func("/redact/cut-secret", test_cut_secret);
    g_test_add_func("/redact/control-characters", test_control_characters);
    g_test_add_func("/redact/invalid-utf8", test_invalid_utf8);
    g_test_add_func("/redact/cut-at-a-character", test_cut_at_a_character);
    g_test_add_func("/redact/cut-comes-last", test_cut_comes_last);
    return g_test_run();
}
