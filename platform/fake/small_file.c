#include "platform/small_file.h"

/* Reads the real file, in the plainest way: tests of what is read make files. */
char *wh_small_file_read(const char *path, gsize *length, GError **error)
{
    g_autofree char *text = NULL;
    gsize count = 0;

    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "It is not there");
        return NULL;
    }
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "It is no file");
        return NULL;
    }
    if (!g_file_get_contents(path, &text, &count, NULL)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "It cannot be read");
        return NULL;
    }
    if (count > WH_SMALL_FILE_MOST) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "It is too long");
        return NULL;
    }
    *length = count;
    return g_steal_pointer(&text);
}
