#include "service/base/secret.h"

#include <string.h>

static void test_holds_a_copy(void)
{
    char text[] = "hunter2";
    g_autoptr(WhSecret) secret = wh_secret_new(text, -1);
    text[0] = 'X';
    g_assert_cmpstr(wh_secret_peek(secret), ==, "hunter2");
    g_assert_cmpuint(wh_secret_length(secret), ==, 7);
}

static void test_takes_a_length(void)
{
    g_autoptr(WhSecret) part = wh_secret_new("hunter2", 4);
    g_assert_cmpstr(wh_secret_peek(part), ==, "hunt");
    g_autoptr(WhSecret) with_nul = wh_secret_new("a\0b", 3);
    g_assert_cmpuint(wh_secret_length(with_nul), ==, 3);
    g_assert_cmpmem(wh_secret_peek(with_nul), 4, "a\0b", 4);
    g_autoptr(WhSecret) empty = wh_secret_new("", -1);
    g_assert_cmpuint(wh_secret_length(empty), ==, 0);
    g_assert_cmpstr(wh_secret_peek(empty), ==, "");
}

static void test_references(void)
{
    WhSecret *secret = wh_secret_new("hunter2", -1);
    WhSecret *other = wh_secret_ref(secret);
    g_assert_true(other == secret);
    wh_secret_unref(secret);
    g_assert_cmpstr(wh_secret_peek(other), ==, "hunter2");
    wh_secret_unref(other);
    wh_secret_unref(NULL);
}

static void test_equal(void)
{
    g_autoptr(WhSecret) a = wh_secret_new("hunter2", -1);
    g_autoptr(WhSecret) same = wh_secret_new("hunter2", -1);
    g_autoptr(WhSecret) first = wh_secret_new("Hunter2", -1);
    g_autoptr(WhSecret) last = wh_secret_new("hunter3", -1);
    g_autoptr(WhSecret) shorter = wh_secret_new("hunter", -1);
    g_autoptr(WhSecret) longer = wh_secret_new("hunter2\0", 8);
    g_assert_true(wh_secret_equal(a, a));
    g_assert_true(wh_secret_equal(a, same));
    g_assert_false(wh_secret_equal(a, first));
    g_assert_false(wh_secret_equal(a, last));
    g_assert_false(wh_secret_equal(a, shorter));
    g_assert_false(wh_secret_equal(a, longer));
}

static void test_wipe(void)
{
    char text[] = "before hunter2 after";
    wh_wipe(text + 7, 7);
    g_assert_cmpmem(text, sizeof text, "before \0\0\0\0\0\0\0 after", sizeof text);
    wh_wipe(text, 0);
    g_assert_cmpint(text[0], ==, 'b');
    wh_wipe(NULL, 0);
    wh_wipe_free(NULL);
    wh_wipe_free(g_strdup("hunter2"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/secret/copy", test_holds_a_copy);
    g_test_add_func("/secret/length", test_takes_a_length);
    g_test_add_func("/secret/references", test_references);
    g_test_add_func("/secret/equal", test_equal);
    g_test_add_func("/secret/wipe", test_wipe);
    return g_test_run();
}
