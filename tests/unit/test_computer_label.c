#include "service/declared/computer_label.h"

#include <string.h>

static void check(const char *name, const char *computer, const char *expected)
{
    const char *why = NULL;
    g_autofree char *filled = wh_computer_label_fill_in(name, computer, &why);

    g_assert_cmpstr(filled, ==, expected);
    g_assert_true((filled == NULL) == (why != NULL));
}

static void test_fills_in(void)
{
    check("home.example.org", "box", "home.example.org");
    check("%h.example.org", "Web-7.internal.example", "web-7.example.org");
    check("cam-%h-%h", "a", "cam-a-a");
    check("100%%.example", "box", "100%.example");
    check("%%h", "box", "%h");
}

static void test_refuses(void)
{
    check("%h.example.org", "", NULL);
    check("%h.example.org", ".example", NULL);
    check("%h.example.org", "under_score", NULL);
    check("%h.example.org", "-edge", NULL);
    check("%h.example.org", "edge-.example", NULL);
    check("%h.example.org", "localhost.localdomain", NULL);
    check("%H.example.org", "box", NULL);
    check("name%", "box", NULL);
    check("home.example.org", "under_score", "home.example.org");
}

static void test_length(void)
{
    g_autofree char *most = g_strnfill(63, 'a');
    g_autofree char *more = g_strnfill(64, 'a');

    check("%h", most, most);
    check("%h", more, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/computer-label/fills-in", test_fills_in);
    g_test_add_func("/computer-label/refuses", test_refuses);
    g_test_add_func("/computer-label/length", test_length);
    return g_test_run();
}
