#include "platform/credentials.h"

#include <gio/gio.h>

static void assert_fails(const char *name, gint code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    g_assert_null(wh_credentials_read(name, &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_cmpuint(length, ==, 77);
}

/* Whatever a variable says: it is not the service manager who set it. */
static void test_none(void)
{
    g_setenv("CREDENTIALS_DIRECTORY", g_get_tmp_dir(), TRUE);
    assert_fails("token", G_IO_ERROR_NOT_FOUND);
    assert_fails("", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails("..", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails("..\\token", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails("a/b", G_IO_ERROR_INVALID_ARGUMENT);
    assert_fails("C:token", G_IO_ERROR_INVALID_ARGUMENT);
    g_assert_false(wh_credentials_is_outdated("token", g_get_tmp_dir()));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/credentials/windows/none", test_none);
    return g_test_run();
}
