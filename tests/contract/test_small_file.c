#include "platform/small_file.h"
#include "tests/contract/helper.h"
#include "tests/support/system.h"

#include <string.h>

static void assert_read(const char *path, const char *bytes, gsize expected)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    g_autofree char *read = wh_small_file_read(path, &length, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(length, ==, expected);
    g_assert_true(memcmp(read, bytes, length) == 0);
    g_assert_cmpint(read[length], ==, '\0');
}

static void assert_fails(const char *path, int code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    g_assert_null(wh_small_file_read(path, &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_cmpuint(length, ==, 77);
}

static void put(const char *path, const char *bytes, gsize length)
{
    g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void test_reads(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "file", NULL);
    g_autofree char *most = g_strnfill(WH_SMALL_FILE_MOST + 1, 'x');

    put(path, "", 0);
    assert_read(path, "", 0);
    put(path, "a\0b", 3);
    assert_read(path, "a\0b", 3);
    put(path, most, WH_SMALL_FILE_MOST);
    assert_read(path, most, WH_SMALL_FILE_MOST);
    put(path, most, WH_SMALL_FILE_MOST + 1);
    assert_fails(path, G_IO_ERROR_MESSAGE_TOO_LARGE);
    wh_helper_folder_remove(folder);
}

static void test_absent(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "file", NULL);
    g_autofree char *below = g_build_filename(path, "below", NULL);

    assert_fails(path, G_IO_ERROR_NOT_FOUND);
    put(path, "", 0);
    assert_fails(below, G_IO_ERROR_NOT_FOUND);
    wh_helper_folder_remove(folder);
}

/* A pipe that nobody writes to would never be opened. */
static void test_no_file(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "pipe", NULL);

    if (wh_test_make_pipe(path))
        assert_fails(path, G_IO_ERROR_NOT_REGULAR_FILE);
    assert_fails(folder, G_IO_ERROR_NOT_REGULAR_FILE);
    wh_helper_folder_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/small-file/reads", test_reads);
    g_test_add_func("/small-file/absent", test_absent);
    g_test_add_func("/small-file/no-file", test_no_file);
    return g_test_run();
}
