#include "service/gateway/igd_description.h"
#include "service/gateway/igd_ssdp.h"
#include "service/gateway/igd_url.h"
#include "service/gateway/igd_xml.h"

#include <string.h>

#define HEAD "HTTP/1.1 200 OK\r\n"
#define KIND "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
#define PLACE "LOCATION: http://192.168.1.1:5000/d.xml\r\n"

static WhAddress router(void)
{
    WhAddress address;
    gboolean parsed = wh_address_parse("192.168.1.1", &address);
    g_assert_true(parsed);
    return address;
}

static void assert_resolves(const char *base, const char *reference, const char *expected)
{
    WhAddress address = router();
    g_autofree char *url = wh_igd_url_resolve(base, reference, &address);
    g_assert_cmpstr(url, ==, expected);
}

static void test_right_urls(void)
{
    const char *base = "http://192.168.1.1:5000/dir/d.xml";
    assert_resolves(NULL, "http://192.168.1.1", "http://192.168.1.1:80/");
    assert_resolves(NULL, "HTTP://192.168.1.1:49000/igd.xml?a=%2F#x",
                    "http://192.168.1.1:49000/igd.xml?a=%2F");
    assert_resolves(base, "/control", "http://192.168.1.1:5000/control");
    assert_resolves(base, "control?x", "http://192.168.1.1:5000/dir/control?x");
    assert_resolves(base, "http://192.168.1.1:80/c", "http://192.168.1.1:80/c");
    assert_resolves(base, "//192.168.1.1/c", "http://192.168.1.1:80/c");
}

static void test_wrong_urls(void)
{
    static const char *const wrong[] = {
        "http://192.168.1.2/",
        "http://192.168.1.1@192.168.1.2/",
        "http://user@192.168.1.1/",
        "http://192.168.1.1.example/",
        "http://192.168.001.1/",
        "http://0xc0a80101/",
        "http://3232235777/",
        "http://192.168.257/",
        "http://192.168.1.1%2f@evil/",
        "http://[::ffff:192.168.1.1]/",
        "http://192.168.1.1:0/",
        "http://192.168.1.1:65536/",
        "http://192.168.1.1:x/",
        "http://192.168.1.1 /",
        "http://192.168.1.1/\r\nHost: x",
        "http://192.168.1.1\\@192.168.1.2/",
        "https://192.168.1.1/",
        "gopher://192.168.1.1/",
        "file:///etc/passwd",
        "javascript:1",
        "//",
        "http:",
        "http:///x",
    };
    g_autofree char *name = g_strnfill(600, 'x');
    g_autofree char *too_long = g_strconcat("http://192.168.1.1/", name, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_resolves(NULL, wrong[i], NULL);
    assert_resolves("http://192.168.1.1/", "//192.168.1.2/c", NULL);
    assert_resolves("http://192.168.1.2/", "/c", NULL);
    assert_resolves(NULL, too_long, NULL);
}

static void assert_answer(const char *text, const char *location)
{
    g_autofree char *read = wh_igd_ssdp_read(text, strlen(text));
    g_assert_cmpstr(read, ==, location);
}

static void test_answers(void)
{
    const char *place = "http://192.168.1.1:5000/d.xml";
    assert_answer(HEAD KIND PLACE "\r\n", place);
    assert_answer("HTTP/1.0 200\nlocation:http://192.168.1.1:5000/d.xml\nst:urn:schemas-upnp-org:"
                  "device:InternetGatewayDevice:2\n\n",
                  place);
    assert_answer("", NULL);
    assert_answer(HEAD, NULL);
    assert_answer(HEAD PLACE, NULL);
    assert_answer(HEAD KIND, NULL);
    assert_answer(HEAD "ST: upnp:rootdevice\r\n" PLACE, NULL);
    assert_answer("HTTP/1.1 404 No\r\n" KIND PLACE, NULL);
    assert_answer("HTTP/1.1\r\n" KIND PLACE, NULL);
    assert_answer("NOTIFY * HTTP/1.1\r\n" KIND PLACE, NULL);
    const char with_nul[] = HEAD KIND PLACE "\0";
    g_assert_null(wh_igd_ssdp_read(with_nul, sizeof with_nul - 1));
    g_autofree char *filler = g_strnfill(WH_IGD_SSDP_MOST, 'x');
    g_autofree char *too_long = g_strconcat(HEAD KIND PLACE "X: ", filler, "\r\n\r\n", NULL);
    assert_answer(too_long, NULL);
}

static void test_question(void)
{
    g_autofree char *question = wh_igd_ssdp_question(1, "239.255.255.250:1900");
    g_assert_cmpstr(question, ==,
                    "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"
                    "MAN: \"ssdp:discover\"\r\nMX: 1\r\n"
                    "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:2\r\n\r\n");
}

static void assert_value(const char *xml, const char *name, const char *expected)
{
    g_autofree char *value = wh_igd_xml_value(xml, strlen(xml), name);
    g_assert_cmpstr(value, ==, expected);
}

static void assert_only_value(const char *xml, const char *expected)
{
    g_autofree char *value = wh_igd_xml_only_value(xml, strlen(xml), "b");
    g_assert_cmpstr(value, ==, expected);
}

static void test_only_value(void)
{
    g_autofree char *fill = g_strnfill(200, ' ');
    g_autofree char *cut = g_strconcat("<a><b>x", fill, "y</b></a>", NULL);
    assert_only_value("<a><b>x</b><c>y</c></a>", "x");
    assert_only_value("<a><b>x</b><b>x</b></a>", NULL);
    assert_only_value("<a><b>x</b></a><b></b>", NULL);
    assert_only_value("<a></a>", NULL);
    assert_only_value(cut, NULL);
}

static void test_values(void)
{
    assert_value("<a><s:b>x</s:b><b>y</b></a>", "b", "x");
    assert_value("<a><b></b></a>", "b", "");
    assert_value("<a><b>1 &lt; 2 &amp;amp;</b></a>", "b", "1 < 2 &amp;");
    assert_value("<a><b>x</b></a>", "a", NULL);
    assert_value("<a><b>x</b></a>", "c", NULL);
    assert_value("<a><b>x\ty</b></a>", "b", NULL);
    assert_value("<a><b>\xff</b></a>", "b", NULL);
    assert_value("<a><b>\xe2\x80\xae</b></a>", "b", NULL);
    assert_value("", "b", NULL);
    /* What is cut off in the middle of a character ends before it. */
    g_autoptr(GString) xml = g_string_new("<a><b>");
    for (guint i = 0; i < 100; i++)
        g_string_append(xml, "\xe2\x82\xac");
    g_string_append(xml, "</b></a>");
    g_autofree char *value = wh_igd_xml_value(xml->str, xml->len, "b");
    g_assert_cmpint(g_utf8_strlen(value, -1), ==, 42);
}

#define SERVICE(type, control, events)                                                             \
    "<service><serviceType>" type "</serviceType><controlURL>" control                             \
    "</controlURL><eventSubURL>" events "</eventSubURL></service>"
#define IP "urn:schemas-upnp-org:service:WANIPConnection:2"

static WhIgdDescription *describe(const char *xml)
{
    WhAddress address = router();
    return wh_igd_description_read(xml, strlen(xml), "http://192.168.1.1:5000/dir/d.xml", &address);
}

static void test_description(void)
{
    g_autoptr(WhIgdDescription) description = describe("<root><modelName> Box </modelName>" SERVICE(
        "urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1", "/no",
        "/no") SERVICE(IP, "c", "http://192.168.1.1:6/e?a&amp;b") "</root>");
    g_assert_cmpuint(description->n_services, ==, 1);
    g_assert_cmpstr(description->services[0].type, ==, IP);
    g_assert_cmpstr(description->services[0].control, ==, "http://192.168.1.1:5000/dir/c");
    g_assert_cmpstr(description->services[0].events, ==, "http://192.168.1.1:6/e?a&b");
    g_assert_cmpstr(description->model, ==, "Box");
    g_assert_false(description->strays);
}

static void test_base(void)
{
    g_autoptr(WhIgdDescription) own =
        describe("<root><URLBase>http://192.168.1.1:7/</URLBase>" SERVICE(IP, "c", "") "</root>");
    g_assert_cmpstr(own->services[0].control, ==, "http://192.168.1.1:7/c");
    g_assert_null(own->services[0].events);
    /* A base elsewhere is as good as none. */
    g_autoptr(WhIgdDescription) foreign =
        describe("<root><URLBase>http://192.168.1.9:7/</URLBase>" SERVICE(IP, "c", "") "</root>");
    g_assert_cmpstr(foreign->services[0].control, ==, "http://192.168.1.1:5000/dir/c");
}

static void test_strays(void)
{
    g_autoptr(WhIgdDescription) both =
        describe("<root>" SERVICE(IP, "http://192.168.1.9/c", "/e") SERVICE(IP, "/c", "/e"));
    g_assert_cmpuint(both->n_services, ==, 1);
    g_assert_true(both->strays);
    g_autoptr(WhIgdDescription) events = describe("<root>" SERVICE(IP, "/c", "http://x/e"));
    g_assert_cmpuint(events->n_services, ==, 1);
    g_assert_null(events->services[0].events);
    g_assert_true(events->strays);
}

static void test_no_description(void)
{
    g_assert_null(describe(""));
    g_assert_null(describe("<root></root>"));
    g_assert_null(describe("<root>" SERVICE(IP, "", "/e")));
    g_assert_null(describe("<root>" SERVICE(IP "\"", "/c", "/e")));
    g_assert_null(describe("<root>" SERVICE("urn:other:WANIPConnection:1", "/c", "/e")));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/igd-read/right-urls", test_right_urls);
    g_test_add_func("/igd-read/wrong-urls", test_wrong_urls);
    g_test_add_func("/igd-read/answers", test_answers);
    g_test_add_func("/igd-read/question", test_question);
    g_test_add_func("/igd-read/values", test_values);
    g_test_add_func("/igd-read/only-value", test_only_value);
    g_test_add_func("/igd-read/description", test_description);
    g_test_add_func("/igd-read/base", test_base);
    g_test_add_func("/igd-read/strays", test_strays);
    g_test_add_func("/igd-read/no-description", test_no_description);
    return g_test_run();
}
