#include "tests/contract/helper.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_SECONDS 30

static gboolean expire(gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_CONTINUE;
}

void wh_helper_until(WhHelperFunc done, gpointer data)
{
    gboolean expired = FALSE;
    guint timer = g_timeout_add_seconds(DEADLINE_SECONDS, expire, &expired);

    while (!done(data) && !expired)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(timer);
    g_assert_false(expired);
}

typedef struct {
    const guint *counter;
    guint at_least;
} Count;

static gboolean count_is_reached(gpointer data)
{
    Count *count = data;

    return *count->counter >= count->at_least;
}

void wh_helper_for_count(const guint *counter, guint at_least)
{
    Count count = {counter, at_least};

    wh_helper_until(count_is_reached, &count);
}

void wh_helper_settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

void wh_helper_assert_bytes(gconstpointer found, gsize found_length, gconstpointer expected,
                            gsize expected_length)
{
    g_assert_cmpuint(found_length, ==, expected_length);
    g_assert_true(memcmp(found, expected, found_length) == 0);
}

char *wh_helper_folder_new(void)
{
    g_autoptr(GError) error = NULL;
    char *path = g_dir_make_tmp("wayhome-XXXXXX", &error);

    g_assert_no_error(error);
    return path;
}

static gboolean is_real_folder(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static void tree_remove(const char *path)
{
    if (is_real_folder(path)) {
        GDir *folder = g_dir_open(path, 0, NULL);
        const char *name;

        g_assert_nonnull(folder);
        while ((name = g_dir_read_name(folder)) != NULL) {
            g_autofree char *entry = g_build_filename(path, name, NULL);

            tree_remove(entry);
        }
        g_dir_close(folder);
    }
    g_assert_cmpint(g_remove(path), ==, 0);
}

void wh_helper_folder_remove(char *path)
{
    tree_remove(path);
    g_free(path);
}
