#include "service/providers/server_text.h"

static void check(const char *text, const char *host, guint port)
{
    g_autofree char *read_host = NULL;
    guint16 read_port = 0;
    g_test_message("%s", text);
    g_assert_true(wh_server_text_parse(text, 53, &read_host, &read_port));
    g_assert_cmpstr(read_host, ==, host);
    g_assert_cmpuint(read_port, ==, port);
}

static void test_right(void)
{
    check("ns.Example.net", "ns.example.net", 53);
    check("ns", "ns", 53);
    check("ns.example.net:5353", "ns.example.net", 5353);
    check("192.0.2.1", "192.0.2.1", 53);
    check("192.0.2.1:1", "192.0.2.1", 1);
    check("2001:DB8::1", "2001:db8::1", 53);
    check("[2001:db8::1]", "2001:db8::1", 53);
    check("[2001:db8::1]:65535", "2001:db8::1", 65535);
}

static void test_wrong(void)
{
    static const char *const texts[] = {
        "",           "a b",        "a:0",      "a:65536",         "a:",
        "a:b",        ":53",        "[a]:53",   "[192.0.2.1]:53",  "[2001:db8::1",
        "[::1]x",     "a/b",        "a@b",      "https://a",       "a..b",
        ".a",         "-a",         "::1%eth0", "[2001:db8::1]:0", "2001:db8::1::2",
        "h\xc3\xa4m", "[[::1]]:53",
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *host = NULL;
        guint16 port = 7;
        g_test_message("%s", texts[i]);
        g_assert_false(wh_server_text_parse(texts[i], 53, &host, &port));
        g_assert_null(host);
        g_assert_cmpuint(port, ==, 7);
    }
}

static void test_origin(void)
{
    g_autofree char *plain = wh_server_text_origin("dns", "NS.example", 53, 53);
    g_assert_cmpstr(plain, ==, "dns://ns.example");
    g_autofree char *literal = wh_server_text_origin("https", "2001:db8::1", 8443, 443);
    g_assert_cmpstr(literal, ==, "https://[2001:db8::1]:8443");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/server-text/right", test_right);
    g_test_add_func("/server-text/wrong", test_wrong);
    g_test_add_func("/server-text/origin", test_origin);
    return g_test_run();
}
