#include "platform/credentials.h"

#include "tests/contract/helper.h"

#include <string.h>
#include <sys/stat.h>
#include <utime.h>

typedef struct {
    char *folder;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->folder = wh_helper_folder_new();
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    g_unsetenv("CREDENTIALS_DIRECTORY");
    wh_helper_folder_remove(fixture->folder);
}

static void put(const char *path, const char *text, mode_t mode)
{
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(chmod(path, mode), ==, 0);
}

static void assert_read(const char *name, const char *expected)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    g_autofree char *bytes = wh_credentials_read(name, &length, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(bytes, ==, expected);
    g_assert_cmpuint(length, ==, strlen(expected));
}

static void assert_fails(const char *name, int code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    g_assert_null(wh_credentials_read(name, &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_cmpuint(length, ==, 77);
}

static void test_credentials(Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "token", NULL);

    assert_fails("token", G_IO_ERROR_NOT_FOUND);
    put(path, "abc\n", 0400);
    assert_fails("token", G_IO_ERROR_NOT_FOUND);
    g_setenv("CREDENTIALS_DIRECTORY", fixture->folder, TRUE);
    assert_read("token", "abc\n");
    assert_fails("other", G_IO_ERROR_NOT_FOUND);
    assert_fails("../token", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails("..", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails("", G_IO_ERROR_INVALID_ARGUMENT);
}

static void test_outdated_credential(Fixture *fixture, gconstpointer data)
{
    char *origins = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(fixture->folder, "token", NULL);
    g_autofree char *origin = g_build_filename(origins, "token", NULL);

    g_setenv("CREDENTIALS_DIRECTORY", fixture->folder, TRUE);
    put(path, "abc", 0400);
    g_assert_false(wh_credentials_is_outdated("token", origins));
    put(origin, "abc", 0400);
    g_assert_cmpint(utime(origin, &(struct utimbuf){1700000001, 1700000001}), ==, 0);
    g_assert_false(wh_credentials_is_outdated("token", origins));
    g_assert_cmpint(utime(path, &(struct utimbuf){1700000000, 1700000000}), ==, 0);
    g_assert_true(wh_credentials_is_outdated("token", origins));
    /* The service was started by a clock that knew nothing. */
    g_assert_cmpint(utime(path, &(struct utimbuf){900, 900}), ==, 0);
    g_assert_false(wh_credentials_is_outdated("token", origins));
    g_assert_false(wh_credentials_is_outdated("other", origins));
    wh_helper_folder_remove(origins);
}

#define ADD(path, func) g_test_add("/credentials/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("handed-over", test_credentials);
    ADD("outdated", test_outdated_credential);
    return g_test_run();
}
