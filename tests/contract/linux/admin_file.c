#include "platform/admin_file.h"

#include "tests/contract/admin_file_adapter.h"
#include "tests/contract/helper.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOMEBODY 12345

gboolean wh_adapter_set_mode(const char *path, guint mode)
{
    return chmod(path, mode) == 0;
}

/* Another user's file could be another text the next moment. */
static void test_owner(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "a.conf", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) other = NULL;
    gsize length = 0;

    g_assert_true(g_file_set_contents(path, "text", -1, NULL));
    if (geteuid() != 0 || chown(path, SOMEBODY, SOMEBODY) != 0) {
        g_test_skip("only root can give a file to somebody");
    } else {
        g_assert_null(wh_admin_file_read(path, &length, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
        g_assert_nonnull(strstr(error->message, "chown"));
        g_assert_cmpint(chown(folder, SOMEBODY, SOMEBODY), ==, 0);
        g_assert_null(wh_admin_file_list(folder, ".conf", &other));
        g_assert_error(other, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    }
    wh_helper_folder_remove(folder);
}

static void test_read_only_secret(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "a.conf", NULL);
    gsize length = 0;

    g_assert_true(g_file_set_contents(path, "text", -1, NULL));
    g_assert_cmpint(chmod(path, 0400), ==, 0);
    char *bytes = wh_admin_file_read_secret(path, &length, NULL);
    wh_helper_assert_bytes(bytes, length, "text", 4);
    wh_admin_file_wipe(bytes, length);
    wh_helper_folder_remove(folder);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/admin-file/linux/read-only-secret", test_read_only_secret);
    g_test_add_func("/admin-file/linux/owner", test_owner);
}
