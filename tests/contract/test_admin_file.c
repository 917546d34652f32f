#include "platform/admin_file.h"
#include "platform/credentials.h"
#include "tests/contract/helper.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

typedef struct {
    char *folder;
    char *path;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = wh_helper_folder_new();
    world->path = g_build_filename(world->folder, "a.conf", NULL);
}

static void teardown(World *world, gconstpointer data)
{
    g_unsetenv("CREDENTIALS_DIRECTORY");
    g_free(world->path);
    wh_helper_folder_remove(world->folder);
}

static void put(const char *path, const char *text, mode_t mode)
{
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(chmod(path, mode), ==, 0);
}

typedef char *(*Reader)(const char *path, gsize *length, GError **error);

static void assert_read(Reader reader, const char *path, const char *expected)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *bytes = reader(path, &length, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(bytes, ==, expected);
    g_assert_cmpuint(length, ==, strlen(expected));
    wh_admin_file_wipe(bytes, length);
}

static void assert_fails(Reader reader, const char *path, int code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    g_assert_null(reader(path, &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_cmpuint(length, ==, 77);
}

static void test_reads(World *world, gconstpointer data)
{
    g_autofree char *most = g_strnfill(WH_ADMIN_FILE_MOST, 'x');
    g_autofree char *more = g_strconcat(most, "x", NULL);

    put(world->path, "text", 0644);
    assert_read(wh_admin_file_read, world->path, "text");
    put(world->path, "", 0600);
    assert_read(wh_admin_file_read, world->path, "");
    put(world->path, most, 0600);
    assert_read(wh_admin_file_read_secret, world->path, most);
    put(world->path, more, 0600);
    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void test_absent(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_NOT_FOUND);
    assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_NOT_FOUND);
    g_assert_null(wh_admin_file_list(world->path, ".conf", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void test_what_others_may_write(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    put(world->path, "text", 0620);
    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_PERMISSION_DENIED);
    put(world->path, "text", 0602);
    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpint(chmod(world->folder, 0777), ==, 0);
    g_assert_null(wh_admin_file_list(world->folder, ".conf", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_secret_is_private(World *world, gconstpointer data)
{
    g_autofree char *link = g_build_filename(world->folder, "link", NULL);

    put(world->path, "text", 0640);
    assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_PERMISSION_DENIED);
    put(world->path, "text", 0604);
    assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_PERMISSION_DENIED);
    put(world->path, "text", 0400);
    assert_read(wh_admin_file_read_secret, world->path, "text");
    g_assert_cmpint(symlink(world->path, link), ==, 0);
    assert_read(wh_admin_file_read, link, "text");
    g_assert_cmpint(chmod(world->path, 0600), ==, 0);
    g_assert_null(wh_admin_file_read_secret(link, &(gsize){0}, NULL));
}

/* Nobody writes to the pipe. */
static void test_no_file(World *world, gconstpointer data)
{
    g_assert_cmpint(mkfifo(world->path, 0600), ==, 0);
    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_PERMISSION_DENIED);
    assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_PERMISSION_DENIED);
    assert_fails(wh_admin_file_read, world->folder, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_lists_in_order(World *world, gconstpointer data)
{
    const char *const names[] = {"b.conf", "a.conf", "c.conf~", ".d.conf", "10.conf", NULL};
    g_autofree char *joined = NULL;

    for (guint i = 0; names[i] != NULL; i++) {
        g_autofree char *path = g_build_filename(world->folder, names[i], NULL);

        put(path, "", 0600);
    }
    g_auto(GStrv) found = wh_admin_file_list(world->folder, ".conf", NULL);
    joined = g_strjoinv(" ", found);
    g_assert_cmpstr(joined, ==, "10.conf a.conf b.conf");
}

static void test_credentials(World *world, gconstpointer data)
{
    g_autofree char *path = g_build_filename(world->folder, "token", NULL);

    assert_fails(wh_credentials_read, "token", G_IO_ERROR_NOT_FOUND);
    put(path, "abc\n", 0400);
    assert_fails(wh_credentials_read, "token", G_IO_ERROR_NOT_FOUND);
    g_setenv("CREDENTIALS_DIRECTORY", world->folder, TRUE);
    assert_read(wh_credentials_read, "token", "abc\n");
    assert_fails(wh_credentials_read, "other", G_IO_ERROR_NOT_FOUND);
    assert_fails(wh_credentials_read, "../token", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails(wh_credentials_read, "..", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails(wh_credentials_read, "", G_IO_ERROR_INVALID_ARGUMENT);
}

static void test_outdated_credential(World *world, gconstpointer data)
{
    char *origins = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(world->folder, "token", NULL);
    g_autofree char *origin = g_build_filename(origins, "token", NULL);

    g_setenv("CREDENTIALS_DIRECTORY", world->folder, TRUE);
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

#define ADD(path, func) g_test_add("/admin-file/" path, World, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("reads", test_reads);
    ADD("absent", test_absent);
    ADD("what-others-may-write", test_what_others_may_write);
    ADD("secret-is-private", test_secret_is_private);
    ADD("no-file", test_no_file);
    ADD("lists-in-order", test_lists_in_order);
    ADD("credentials", test_credentials);
    ADD("outdated-credential", test_outdated_credential);
    return g_test_run();
}
