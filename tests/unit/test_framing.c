#include "service/protocol/framing.h"

#include <string.h>

static void feed(WhFraming *framing, const char *bytes, gsize length)
{
    g_assert_true(wh_framing_feed(framing, bytes, length));
}

static void expect(WhFraming *framing, const char *text)
{
    gsize length = 0;
    const char *message = wh_framing_next(framing, &length);
    g_assert_cmpstr(message, ==, text);
    g_assert_cmpuint(length, ==, text != NULL ? strlen(text) : 0);
}

static void test_whole(void)
{
    g_autoptr(WhFraming) framing = wh_framing_new(100);
    expect(framing, NULL);
    feed(framing, "one\0two\0", 8);
    g_assert_cmpuint(wh_framing_waiting(framing), ==, 8);
    expect(framing, "one");
    expect(framing, "two");
    expect(framing, NULL);
    g_assert_cmpuint(wh_framing_waiting(framing), ==, 0);
}

static void test_pieces(void)
{
    static const char bytes[] = "first\0\0third";
    for (gsize step = 1; step < sizeof bytes; step++) {
        g_autoptr(WhFraming) framing = wh_framing_new(100);
        g_autoptr(GString) seen = g_string_new(NULL);
        for (gsize at = 0; at < sizeof bytes; at += step) {
            feed(framing, bytes + at, MIN(step, sizeof bytes - at));
            gsize length;
            for (const char *m; (m = wh_framing_next(framing, &length)) != NULL;)
                g_string_append_printf(seen, "<%s>", m);
        }
        g_assert_cmpstr(seen->str, ==, "<first><><third>");
    }
}

static void test_message_survives_further_bytes(void)
{
    g_autoptr(WhFraming) framing = wh_framing_new(100);
    feed(framing, "a\0bc", 4);
    expect(framing, "a");
    feed(framing, "d\0", 2);
    expect(framing, "bcd");
}

static void test_limit(void)
{
    g_autoptr(WhFraming) exact = wh_framing_new(4);
    feed(exact,
         "1234\0"
         "5678",
         9);
    feed(exact, "\0", 1);
    expect(exact, "1234");
    expect(exact, "5678");

    g_autoptr(WhFraming) long_tail = wh_framing_new(4);
    feed(long_tail, "123", 3);
    g_assert_false(wh_framing_feed(long_tail, "45", 2));

    g_autoptr(WhFraming) long_first = wh_framing_new(4);
    g_assert_false(wh_framing_feed(long_first, "12345\0", 6));
}

static void test_wipes_what_was_handed_out(void)
{
    g_autoptr(WhFraming) framing = wh_framing_new(100);
    feed(framing, "secret\0next\0", 12);
    gsize length;
    const char *message = wh_framing_next(framing, &length);
    g_assert_cmpstr(message, ==, "secret");
    expect(framing, "next");
    g_assert_cmpmem(message, 7, "\0\0\0\0\0\0\0", 7);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/framing/whole", test_whole);
    g_test_add_func("/framing/pieces", test_pieces);
    g_test_add_func("/framing/further-bytes", test_message_survives_further_bytes);
    g_test_add_func("/framing/limit", test_limit);
    g_test_add_func("/framing/wipes", test_wipes_what_was_handed_out);
    return g_test_run();
}
