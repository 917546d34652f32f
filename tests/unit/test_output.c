#include "app/cli/output.h"

#include <string.h>

static GString **printed_slot(void)
{
    static GString *printed = NULL;
    return &printed;
}

static void keep(const char *text)
{
    g_string_append(*printed_slot(), text);
}

static void expect_wrapped(const char *head, guint indent, const char *text, const char *lines)
{
    g_autoptr(GString) printed = g_string_new(NULL);
    *printed_slot() = printed;
    GPrintFunc before = g_set_print_handler(keep);
    wh_output_wrapped(head, indent, text);
    g_set_print_handler(before);
    g_assert_cmpstr(printed->str, ==, lines);
}

static void test_clean(void)
{
    g_autofree char *plain = wh_output_clean("plain ä 漢");
    g_assert_cmpstr(plain, ==, "plain ä 漢");
    static const char *const tricks[] = {"\x1b",     "\n",           "\r",           "\x7f",
                                         "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6", "\xff"};
    for (guint i = 0; i < G_N_ELEMENTS(tricks); i++) {
        g_autofree char *text = g_strconcat("a", tricks[i], "b", NULL);
        g_autofree char *clean = wh_output_clean(text);
        g_assert_cmpstr(clean, ==,
                        "a\xef\xbf\xbd"
                        "b");
    }
}

static void test_wrapped(void)
{
    expect_wrapped("  IPv4", 8, "short", "  IPv4  short\n");
    expect_wrapped("a long head: ", 2, "word", "a long head: word\n");
    g_autofree char *forty = g_strnfill(40, 'x');
    g_autofree char *two = g_strdup_printf("%s %s end", forty, forty);
    g_autofree char *lines = g_strdup_printf("h   %s\n    %s end\n", forty, forty);
    expect_wrapped("h", 4, two, lines);
    g_autofree char *huge = g_strnfill(100, 'y');
    g_autofree char *line = g_strdup_printf("    %s\n    z\n", huge);
    g_autofree char *text = g_strdup_printf("%s z", huge);
    expect_wrapped("", 4, text, line);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/output/clean", test_clean);
    g_test_add_func("/output/wrapped", test_wrapped);
    return g_test_run();
}
