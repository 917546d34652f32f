#include "platform/admin_file.h"
#include "tests/contract/admin_file_adapter.h"
#include "tests/contract/helper.h"
#include "tests/support/system.h"

#include <string.h>

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
    g_free(world->path);
    wh_helper_folder_remove(world->folder);
}

/* FALSE: such rights cannot be had here. */
static gboolean put(const char *path, const char *text, guint mode)
{
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return wh_adapter_set_mode(path, mode);
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

    if (!put(world->path, "text", 0620)) {
        g_test_skip("Nobody can be let in here");
        return;
    }
    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_PERMISSION_DENIED);
    put(world->path, "text", 0602);
    assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_true(wh_adapter_set_mode(world->folder, 0777));
    g_assert_null(wh_admin_file_list(world->folder, ".conf", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_secret_is_private(World *world, gconstpointer data)
{
    put(world->path, "text", 0600);
    assert_read(wh_admin_file_read_secret, world->path, "text");
    if (!put(world->path, "text", 0640)) {
        g_test_skip("Nobody can be let in here");
        return;
    }
    assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_PERMISSION_DENIED);
    put(world->path, "text", 0604);
    assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_PERMISSION_DENIED);
    assert_read(wh_admin_file_read, world->path, "text");
}

static void test_secret_is_no_link(World *world, gconstpointer data)
{
    g_autofree char *link = g_build_filename(world->folder, "link", NULL);

    put(world->path, "text", 0600);
    if (!wh_test_make_link(world->path, link)) {
        g_test_skip("Links cannot be made here");
        return;
    }
    assert_read(wh_admin_file_read, link, "text");
    g_assert_null(wh_admin_file_read_secret(link, &(gsize){0}, NULL));
}

/* Nobody writes to the pipe. */
static void test_no_file(World *world, gconstpointer data)
{
    if (wh_test_make_pipe(world->path)) {
        assert_fails(wh_admin_file_read, world->path, G_IO_ERROR_PERMISSION_DENIED);
        assert_fails(wh_admin_file_read_secret, world->path, G_IO_ERROR_PERMISSION_DENIED);
    }
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

#define ADD(path, func) g_test_add("/admin-file/" path, World, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("reads", test_reads);
    ADD("absent", test_absent);
    ADD("what-others-may-write", test_what_others_may_write);
    ADD("secret-is-private", test_secret_is_private);
    ADD("secret-is-no-link", test_secret_is_no_link);
    ADD("no-file", test_no_file);
    ADD("lists-in-order", test_lists_in_order);
    wh_adapter_add_tests();
    return g_test_run();
}
