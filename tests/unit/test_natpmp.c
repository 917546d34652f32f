#include "service/gateway/natpmp.h"

#include <string.h>

/* address NULL: it names none. */
static const struct {
    const char *name;
    const char *bytes;
    gsize length;
    guint16 result;
    guint32 epoch;
    const char *address;
} good[] = {
    {"address", "\0\x80\0\0\0\0\x01\x02\x0b\x16\x21\x2c", 12, 0, 0x102, "11.22.33.44"},
    {"large epoch", "\0\x80\0\0\xff\xff\xff\xff\xff\xff\xff\xff", 12, 0, G_MAXUINT32,
     "255.255.255.255"},
    {"private", "\0\x80\0\0\0\0\0\1\x0a\0\0\1", 12, 0, 1, "10.0.0.1"},
    {"unset", "\0\x80\0\0\0\0\0\1\0\0\0\0", 12, 0, 1, NULL},
    {"not authorized", "\0\x80\0\2\0\0\0\1\0\0\0\0", 12, 2, 1, NULL},
    {"network failure", "\0\x80\0\3\0\0\0\1", 8, 3, 1, NULL},
    {"network failure with a rest", "\0\x80\0\3\0\0\0\1\x0b\x16\x21\x2c", 12, 3, 1, NULL},
    {"out of resources", "\0\x80\0\4\0\0\0\1", 8, 4, 1, NULL},
    {"unsupported opcode", "\0\x80\0\5\0\0\0\1", 8, 5, 1, NULL},
    {"unknown result", "\0\x80\1\0\0\0\0\1", 8, 256, 1, NULL},
    {"unsupported version", "\0\x80\0\1\0\0\0\1", 8, 1, 1, NULL},
    {"unsupported version, opcode of the request", "\0\0\0\1\0\0\0\1", 8, 1, 1, NULL},
};

static const struct {
    const char *name;
    const char *bytes;
    gsize length;
} bad[] = {
    {"empty", "", 0},
    {"the request", "\0\0", 2},
    {"one octet short of a header", "\0\x80\0\3\0\0\0", 7},
    {"success without address", "\0\x80\0\0\0\0\0\1", 8},
    {"one octet short", "\0\x80\0\0\0\0\0\1\x0b\x16\x21", 11},
    {"one octet too many", "\0\x80\0\0\0\0\0\1\x0b\x16\x21\x2c\0", 13},
    {"error of ten octets", "\0\x80\0\3\0\0\0\1\0\0", 10},
    {"answer about a port", "\0\x81\0\0\0\0\0\1\0\1\0\2\0\0\0\3", 16},
    {"another opcode", "\0\x81\0\0\0\0\0\1\x0b\x16\x21\x2c", 12},
    {"opcode of a request", "\0\0\0\0\0\0\0\1\x0b\x16\x21\x2c", 12},
    {"another version", "\1\x80\0\0\0\0\0\1\x0b\x16\x21\x2c", 12},
    {"PCP", "\2\x80\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0", 24},
};

/* In memory of its own size, so that a sanitizer notices a read behind it. */
static gboolean read_exactly(const char *bytes, gsize length, WhNatpmpAnswer *answer)
{
    g_autofree guint8 *exact = g_memdup2(bytes, length);
    guint8 nothing = 0;
    return wh_natpmp_read(exact != NULL ? exact : &nothing, length, answer);
}

static void test_good(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
        WhNatpmpAnswer answer;
        g_test_message("%s", good[i].name);
        g_assert_true(read_exactly(good[i].bytes, good[i].length, &answer));
        g_assert_cmpuint(answer.result, ==, good[i].result);
        g_assert_cmpuint(answer.epoch, ==, good[i].epoch);
        g_assert_cmpint(answer.has_address, ==, good[i].address != NULL);
        if (good[i].address == NULL)
            continue;
        char text[WH_ADDRESS_STRLEN];
        g_assert_cmpint(answer.address.family, ==, WH_FAMILY_IPV4);
        g_assert_cmpstr(wh_address_format(&answer.address, text), ==, good[i].address);
    }
}

static void test_bad(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        WhNatpmpAnswer answer = {.epoch = 77};
        g_test_message("%s", bad[i].name);
        g_assert_false(read_exactly(bad[i].bytes, bad[i].length, &answer));
        g_assert_cmpuint(answer.epoch, ==, 77);
    }
}

static void test_request(void)
{
    guint8 request[WH_NATPMP_REQUEST_SIZE] = {9, 9};
    wh_natpmp_write_request(request);
    g_assert_cmpmem(request, sizeof request, "\0\0", 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/natpmp/good", test_good);
    g_test_add_func("/natpmp/bad", test_bad);
    g_test_add_func("/natpmp/request", test_request);
    return g_test_run();
}
