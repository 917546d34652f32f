#include "service/wiring/safe_seal.h"
#include "service/wiring/sentences.h"

#include <string.h>

static GPtrArray *many(guint count, const char *text)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < count; i++)
        g_ptr_array_add(list, g_strdup(text));
    return list;
}

static void check_list(guint count, const char *expected)
{
    g_autoptr(GPtrArray) names = many(count, "a");
    g_autofree char *text = wh_sentences_list(names);

    g_assert_cmpstr(text, ==, expected);
}

static void test_list(void)
{
    check_list(0, NULL);
    check_list(1, "a");
    check_list(2, "a and a");
    check_list(3, "a, a and a");
    check_list(10, "a, a, a, a, a, a, a, a, a and a");
    check_list(12, "a, a, a, a, a, a, a, a, a, a and 2 more");
}

static void test_join(void)
{
    g_autoptr(GPtrArray) none = many(0, "");
    g_autoptr(GPtrArray) two = many(2, "One.");
    g_autofree char *joined = wh_sentences_join(two);

    g_assert_null(wh_sentences_join(none));
    g_assert_cmpstr(joined, ==, "One. One.");
}

static void test_bounded(void)
{
    g_autofree char *sentence = g_strnfill(300, 'x');
    g_autoptr(GPtrArray) twenty = many(20, sentence);
    g_autofree char *joined = wh_sentences_join(twenty);

    g_assert_cmpuint(strlen(joined), <, 2100);
    g_assert_true(g_str_has_suffix(joined, "x And 14 more."));
}

/* A file that cannot be written is no trouble with the sealing, and its advice does not help. */
static void test_full_disk(void)
{
    WhVaultView view = {.place = WH_VAULT_IN_SEALED, .unsaved = 1, .file_trouble = "it is full"};
    g_autofree char *sealed = wh_safe_seal_memory(&view);
    g_autofree char *trouble = wh_safe_seal_trouble(&view);
    g_autofree char *plain = NULL;

    g_assert_null(trouble);
    g_assert_true(g_str_has_suffix(sealed, "(it is full). Put that right. It is tried again by "
                                           "itself."));
    view.place = WH_VAULT_IN_FILE;
    plain = wh_safe_seal_memory(&view);
    g_assert_true(g_str_has_suffix(plain, "Put that right and enter it again."));
    view.unsaved = 0;
    g_assert_null(wh_safe_seal_memory(&view));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/notice-sentences/list", test_list);
    g_test_add_func("/notice-sentences/join", test_join);
    g_test_add_func("/notice-sentences/bounded", test_bounded);
    g_test_add_func("/notice-sentences/full-disk", test_full_disk);
    return g_test_run();
}
