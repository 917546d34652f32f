#include "platform/windows/text.h"

#include <string.h>

static void expect_back(const char *text)
{
    g_autofree wchar_t *wide = wh_windows_wide(text);
    g_autofree char *back = wh_windows_utf8(wide);

    g_assert_cmpstr(back, ==, text);
}

static void test_there_and_back(void)
{
    expect_back("");
    expect_back("a\u00e4\u20ac\U0001f3e0");
    g_assert_null(wh_windows_wide(NULL));
    g_assert_null(wh_windows_wide("\xff"));
    g_assert_null(wh_windows_utf8(NULL));
}

static void test_half_pairs(void)
{
    const wchar_t text[] = {0xd83c, 'a', 0xdfe0, 0xd83c, 0};
    g_autofree char *utf8 = wh_windows_utf8(text);
    g_autofree char *part = wh_windows_utf8_of(L"abc\0d", 5);
    g_autofree char *cut = wh_windows_utf8_of(L"abc", 2);

    g_assert_cmpstr(utf8, ==, "\ufffda\ufffd\ufffd");
    g_assert_cmpstr(part, ==, "abc");
    g_assert_cmpstr(cut, ==, "ab");
}

static void test_error_texts(void)
{
    g_autofree char *known = wh_windows_error_text(ERROR_FILE_NOT_FOUND);
    g_autofree char *same = wh_windows_error_text(0x80070000U | ERROR_FILE_NOT_FOUND);
    g_autofree char *unknown = wh_windows_error_text(123456789);

    g_assert_cmpuint(strlen(known), >, 5);
    g_assert_false(g_str_has_suffix(known, "."));
    g_assert_null(strpbrk(known, "\r\n"));
    g_assert_cmpstr(known, ==, same);
    g_assert_cmpstr(unknown, ==, "error 123456789");
}

static void expect_code(guint32 code, gint expected)
{
    g_autoptr(GError) error = NULL;

    wh_windows_set_error(&error, code, "It is %d", 7);
    g_assert_error(error, G_IO_ERROR, expected);
    g_assert_true(g_str_has_prefix(error->message, "It is 7: "));
}

static void test_codes(void)
{
    expect_code(ERROR_FILE_NOT_FOUND, G_IO_ERROR_NOT_FOUND);
    expect_code(ERROR_PATH_NOT_FOUND, G_IO_ERROR_NOT_FOUND);
    expect_code(ERROR_ACCESS_DENIED, G_IO_ERROR_PERMISSION_DENIED);
    expect_code(0x80070000U | ERROR_ACCESS_DENIED, G_IO_ERROR_PERMISSION_DENIED);
    expect_code(ERROR_SHARING_VIOLATION, G_IO_ERROR_BUSY);
    expect_code(ERROR_OPERATION_ABORTED, G_IO_ERROR_CANCELLED);
    expect_code(ERROR_DISK_FULL, G_IO_ERROR_NO_SPACE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/there-and-back", test_there_and_back);
    g_test_add_func("/text/half-pairs", test_half_pairs);
    g_test_add_func("/text/error-texts", test_error_texts);
    g_test_add_func("/text/codes", test_codes);
    return g_test_run();
}
