#include "service/gateway/gena_request.h"

#include <string.h>

#define PATH "/0123"
#define FIRST "NOTIFY " PATH " HTTP/1.1\r\n"
#define FIELDS "NT: upnp:event\r\nNTS: upnp:propchange\r\nSID: uuid:1\r\n"

static guint read_text(const char *head, char **sid)
{
    return wh_gena_request_read(head, strlen(head), PATH, sid);
}

static void test_head_length(void)
{
    g_assert_cmpuint(wh_gena_head_length("", 0), ==, 0);
    g_assert_cmpuint(wh_gena_head_length("\r\n", 2), ==, 0);
    g_assert_cmpuint(wh_gena_head_length("a\r\n\r", 4), ==, 0);
    g_assert_cmpuint(wh_gena_head_length("a\r\n\r\nbody", 9), ==, 5);
    g_assert_cmpuint(wh_gena_head_length("a\n\nbody", 7), ==, 3);
}

static void test_right(void)
{
    static const char *const right[] = {
        FIRST FIELDS "\r\n",
        FIRST "nt:upnp:event\nnts:  UPNP:PROPCHANGE \nsid:\tuuid:1\n\n",
        FIRST FIELDS "SID: uuid:2\r\n\r\n",
        FIRST "NTS: upnp:propchange\r\nNT: upnp:event\r\nSIDE: x\r\nSID: uuid:1\r\n\r\n",
        "NOTIFY " PATH " HTTP/1.0\r\nHost: a\r\n" FIELDS "SEQ: 4294967296\r\n\r\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(right); i++) {
        g_autofree char *sid = NULL;
        g_assert_cmpuint(read_text(right[i], &sid), ==, 200);
        g_assert_cmpstr(sid, ==, "uuid:1");
    }
}

static void test_wrong(void)
{
    static const struct {
        const char *head;
        guint status;
    } wrong[] = {
        {"", 400},
        {"\r\n\r\n", 400},
        {"NOTIFY " PATH "\r\n\r\n", 400},
        {"NOTIFY " PATH " HTTP/1.1 x\r\n" FIELDS "\r\n", 400},
        {"NOTIFY  " PATH " HTTP/1.1\r\n" FIELDS "\r\n", 400},
        {"NOTIFY " PATH " SPDY/1\r\n" FIELDS "\r\n", 400},
        {"POST " PATH " HTTP/1.1\r\n" FIELDS "\r\n", 405},
        {"notify " PATH " HTTP/1.1\r\n" FIELDS "\r\n", 405},
        {"NOTIFY /0124 HTTP/1.1\r\n" FIELDS "\r\n", 404},
        {"NOTIFY /01234 HTTP/1.1\r\n" FIELDS "\r\n", 404},
        {"NOTIFY / HTTP/1.1\r\n" FIELDS "\r\n", 404},
        {FIRST "\r\n", 400},
        {FIRST "NT: upnp:event\r\nSID: uuid:1\r\n\r\n", 400},
        {FIRST "NT: other\r\nNTS: upnp:propchange\r\nSID: uuid:1\r\n\r\n", 412},
        {FIRST "NT: upnp:event\r\nNTS: ssdp:alive\r\nSID: uuid:1\r\n\r\n", 412},
        {FIRST "NT: upnp:event\r\nNTS: upnp:propchange\r\n\r\n", 412},
        {FIRST "NT: upnp:event\r\nNTS: upnp:propchange\r\nSID: \r\n\r\n", 412},
        {FIRST "NT: upnp:event\r\nNTS: upnp:propchange\r\nSID: a b\r\n\r\n", 412},
    };
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        char *sid = NULL;
        g_assert_cmpuint(read_text(wrong[i].head, &sid), ==, wrong[i].status);
        g_assert_null(sid);
    }
    char *sid = NULL;
    const char with_nul[] = FIRST FIELDS "X: \0\r\n\r\n";
    g_assert_cmpuint(wh_gena_request_read(with_nul, sizeof with_nul - 1, PATH, &sid), ==, 400);
    g_assert_null(sid);
}

static void test_names(void)
{
    g_autofree char *longest = g_strnfill(WH_GENA_SID_MOST, 'x');
    g_autofree char *too_long = g_strnfill(WH_GENA_SID_MOST + 1, 'x');
    g_assert_true(wh_gena_sid_is_right("uuid:0c5f2d7c-1111"));
    g_assert_true(wh_gena_sid_is_right(longest));
    g_assert_false(wh_gena_sid_is_right(too_long));
    g_assert_false(wh_gena_sid_is_right(""));
    g_assert_false(wh_gena_sid_is_right("a b"));
    g_assert_false(wh_gena_sid_is_right("a\r\nb"));
    g_assert_false(wh_gena_sid_is_right("\xc3\xa4"));
}

static void test_timeouts(void)
{
    g_assert_cmpint(wh_gena_timeout_read("Second-1800"), ==, 1800 * WH_SECOND);
    g_assert_cmpint(wh_gena_timeout_read("second-300"), ==, 300 * WH_SECOND);
    g_assert_cmpint(wh_gena_timeout_read("Second-0"), ==, 20 * WH_SECOND);
    g_assert_cmpint(wh_gena_timeout_read("Second-99999999"), ==, WH_DAY);
    const char *const usual[] = {NULL,
                                 "",
                                 "infinite",
                                 "Second-infinite",
                                 "Second--1",
                                 "Second-",
                                 "Second-99999999999999999999"};
    for (guint i = 0; i < G_N_ELEMENTS(usual); i++)
        g_assert_cmpint(wh_gena_timeout_read(usual[i]), ==, 30 * WH_MINUTE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gena-request/head-length", test_head_length);
    g_test_add_func("/gena-request/right", test_right);
    g_test_add_func("/gena-request/wrong", test_wrong);
    g_test_add_func("/gena-request/names", test_names);
    g_test_add_func("/gena-request/timeouts", test_timeouts);
    return g_test_run();
}
