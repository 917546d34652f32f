#include "platform/windows/text.h"

#include <string.h>

/* A letter of three bytes, how many of them a secret has, and how many make a piece of it. */
#define LETTER "\u20ac"
#define SECRET 500
#define SIGNS 100

/* Blocks with holes between them, so that nothing grows where it is. */
#define BLOCKS 1000

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

/* How often there are SIGNS letters in a row, or more, in the memory of this process that can be
 * written. */
static guint rows_within(const guint8 *bytes, gsize length)
{
    guint found = 0;

    for (gsize i = 0; i + 3 * SIGNS <= length;) {
        gsize n = 0;
        while (i + 3 * (n + 1) <= length && memcmp(bytes + i + 3 * n, LETTER, 3) == 0)
            n++;
        found += n >= SIGNS ? 1 : 0;
        i += MAX(1, 3 * n);
    }
    return found;
}

static guint rows_in_memory(void)
{
    MEMORY_BASIC_INFORMATION region = {0};
    guint8 *at = NULL;
    guint found = 0;

    for (; VirtualQuery(at, &region, sizeof region) != 0; at += region.RegionSize) {
        at = region.BaseAddress;
        if (region.State == MEM_COMMIT && region.Type == MEM_PRIVATE &&
            region.Protect == PAGE_READWRITE)
            found += rows_within(at, region.RegionSize);
    }
    return found;
}

/* A secret is converted in one place, which whoever asked for it wipes. */
static void test_leaves_nothing_behind(void)
{
    wchar_t wide[SECRET];
    gpointer blocks[BLOCKS];

    for (gsize i = 0; i < SECRET; i++)
        wide[i] = 0x20ac;
    for (gsize i = 0; i < BLOCKS; i++)
        blocks[i] = g_malloc((gsize)600 << (i / 2 % 2));
    for (gsize i = 0; i < BLOCKS; i += 2)
        g_clear_pointer(&blocks[i], g_free);
    guint before = rows_in_memory();
    char *secret = wh_windows_utf8_of(wide, SECRET);
    g_assert_cmpuint(rows_in_memory(), ==, before + 1);
    SecureZeroMemory(secret, strlen(secret));
    g_assert_cmpuint(rows_in_memory(), ==, before);
    g_free(secret);
    for (gsize i = 0; i < BLOCKS; i++)
        g_free(blocks[i]);
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
    g_test_add_func("/text/leaves-nothing-behind", test_leaves_nothing_behind);
    g_test_add_func("/text/error-texts", test_error_texts);
    g_test_add_func("/text/codes", test_codes);
    return g_test_run();
}
