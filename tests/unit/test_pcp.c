#include "service/gateway/pcp.h"

#include <string.h>

#define HEADER "\2\x80\0\0\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\0\0\0\0\0"

static const struct {
    const char *name;
    const char *bytes;
    gsize length;
    guint8 result;
} good[] = {
    {"announcement", HEADER, 24, 0},
    {"what is reserved does not count",
     "\2\x80\7\0\0\0\0\1\0\0\1\2\1\2\3\4\5\6\7\x08\x09\x0a\x0b\x0c", 24, 0},
    {"empty option", HEADER "\x81\0\0\0", 28, 0},
    {"option that is filled up", HEADER "\x81\0\0\1\7\0\0\0", 32, 0},
    {"two options", HEADER "\x81\0\0\4\1\2\3\4\x82\0\0\0", 36, 0},
    {"unsupported version", "\2\x80\0\1\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\0\0\0\0\0", 24, 1},
    {"an error repeats what was sent, whatever it was",
     "\2\x80\0\3\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\0\0\0\0\0\1\0\xff\xff", 28, 3},
};

static const struct {
    const char *name;
    const char *bytes;
    gsize length;
} bad[] = {
    {"empty", "", 0},
    {"header that is cut", HEADER, 23},
    {"no whole words", HEADER "\0\0", 26},
    {"option behind the end", HEADER "\x81\0\0\5\1\2\3\4", 32},
    {"option of 65535 octets", HEADER "\x81\0\xff\xff", 28},
    {"second option behind the end", HEADER "\x81\0\0\0\x82\0\0\1", 32},
    {"request", "\2\0\0\0\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\0\0\0\0\0", 24},
    {"answer to MAP", "\2\x81\0\0\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\0\0\0\0\0", 24},
    {"version 1", "\1\x80\0\0\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\0\0\0\0\0", 24},
    {"NAT-PMP", "\0\x80\0\0\0\0\0\1\x0b\x16\x21\x2c", 12},
};

/* In memory of its own size, so that a sanitizer notices a read behind it. */
static gboolean read_exactly(const char *bytes, gsize length, WhPcpAnswer *answer)
{
    g_autofree guint8 *exact = g_memdup2(bytes, length);
    guint8 nothing = 0;
    return wh_pcp_read_announce(exact != NULL ? exact : &nothing, length, answer);
}

static void test_good(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
        WhPcpAnswer answer;
        g_test_message("%s", good[i].name);
        g_assert_true(read_exactly(good[i].bytes, good[i].length, &answer));
        g_assert_cmpuint(answer.result, ==, good[i].result);
        g_assert_cmpuint(answer.epoch, ==, 0x102);
    }
}

static void test_bad(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        WhPcpAnswer answer = {.epoch = 77};
        g_test_message("%s", bad[i].name);
        g_assert_false(read_exactly(bad[i].bytes, bad[i].length, &answer));
        g_assert_cmpuint(answer.epoch, ==, 77);
    }
}

/* One option may fill what RFC 6887 section 7 allows, and no word more. */
static void test_longest(void)
{
    guint8 bytes[1104] = HEADER;
    WhPcpAnswer answer;
    bytes[24] = 0x81;
    bytes[26] = (1100 - 28) >> 8;
    bytes[27] = (1100 - 28) & 0xff;
    g_assert_true(wh_pcp_read_announce(bytes, 1100, &answer));
    bytes[27] += 4;
    g_assert_false(wh_pcp_read_announce(bytes, 1104, &answer));
}

static void test_request(void)
{
    guint8 request[WH_PCP_REQUEST_SIZE];
    WhAddress self;
    memset(request, 9, sizeof request);
    g_assert_true(wh_address_parse("192.168.1.2", &self));
    wh_pcp_write_announce(&self, request);
    g_assert_cmpmem(request, sizeof request,
                    "\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\xa8\1\2", 24);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pcp/good", test_good);
    g_test_add_func("/pcp/bad", test_bad);
    g_test_add_func("/pcp/longest", test_longest);
    g_test_add_func("/pcp/request", test_request);
    return g_test_run();
}
