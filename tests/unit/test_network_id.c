#include "service/base/network_id.h"

static void test_normalize(void)
{
    static const struct {
        const char *text;
        const char *expected; /* NULL: no id */
    } rows[] = {
        {"aa:bb:cc:dd:ee:01/192.168.1.0/24", "aa:bb:cc:dd:ee:01/192.168.1.0/24"},
        {"AA-BB-CC-DD-EE-01/192.168.1.77/24", "aa:bb:cc:dd:ee:01/192.168.1.0/24"},
        {"aa:bb:cc:dd:ee:01/10.1.2.3/13", "aa:bb:cc:dd:ee:01/10.0.0.0/13"},
        {"aa:bb:cc:dd:ee:01/10.1.2.3/32", "aa:bb:cc:dd:ee:01/10.1.2.3/32"},
        {"aa:bb:cc:dd:ee:01/FE80::1/64", "aa:bb:cc:dd:ee:01/fe80::/64"},
        {"aa:bb:cc:dd:ee:01/192.168.1.0/33", NULL},
        {"aa:bb:cc:dd:ee:01/192.168.1.0/-1", NULL},
        {"aa:bb:cc:dd:ee:01/192.168.1.0/", NULL},
        {"aa:bb:cc:dd:ee:01/192.168.1.0/24/1", NULL},
        {"aa:bb:cc:dd:ee:01/192.168.1.0", NULL},
        {"aa:bb:cc:dd:ee:01", NULL},
        {"192.168.1.0/24", NULL},
        {"aa:bb:cc:dd:ee:01 /192.168.1.0/24", NULL},
        {"\xff/192.168.1.0/24", NULL},
        {"", NULL},
        {NULL, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *id = wh_network_id_normalize(rows[i].text);
        g_assert_cmpstr(id, ==, rows[i].expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/network-id/normalize", test_normalize);
    return g_test_run();
}
