/* Who may read what the store keeps, in the modes and links of this system. */
#include "tests/unit/test_store_folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char *folder;
    WhStore *store;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = test_store_folder_new();
    world->store = test_store_open(world->folder);
}

static void teardown(World *world, gconstpointer data)
{
    wh_store_free(world->store);
    test_store_folder_free(world->folder);
}

static void check_mode(const char *path, guint expected)
{
    GStatBuf status;
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmphex(status.st_mode & 0777, ==, expected);
}

static void check_modes(const char *folder)
{
    check_mode(folder, 0700);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    guint files = 0;
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = test_store_file(folder, name);
        check_mode(path, 0600);
        files++;
    }
    g_assert_cmpuint(files, ==, 4);
}

static void test_modes(void)
{
    static const mode_t masks[] = {0, 022, 0277};
    for (guint i = 0; i < G_N_ELEMENTS(masks); i++) {
        char *folder = test_store_folder_new();
        mode_t before = umask(masks[i]);
        /* An administrator's folder; with the last mask this test could not enter a new one. */
        if (masks[i] == 0277)
            g_assert_cmpint(g_mkdir(folder, 0700) | g_chmod(folder, 0700), ==, 0);
        g_autoptr(WhStore) store = test_store_open(folder);
        test_store_put_account(store, "one", "");
        umask(before);
        check_modes(folder);
        g_clear_pointer(&store, wh_store_free);
        test_store_folder_free(folder);
    }
}

static void check_refused(const char *folder, int code)
{
    g_autoptr(GError) error = NULL;
    char *notice = NULL;
    g_assert_null(wh_store_open(folder, &notice, &error));
    g_assert_error(error, WH_STORE_ERROR, code);
    g_assert_null(notice);
    g_assert_true(g_str_has_suffix(error->message, "."));
}

/* What the link leads to is somebody else's. */
static void check_link_refused(World *world, const char *name)
{
    g_autofree char *path = test_store_file(world->folder, name);
    g_autofree char *target = test_store_file(world->folder, "target");
    GStatBuf status;
    g_remove(path);
    g_assert_true(g_file_set_contents(target, "mine", -1, NULL));
    g_assert_cmpint(g_chmod(target, 0644) | symlink(target, path), ==, 0);
    check_refused(world->folder, WH_STORE_ERROR_OPEN);
    g_assert_cmpint(g_stat(target, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0777, ==, 0644);
    g_assert_cmpint(status.st_size, ==, strlen("mine"));
    g_remove(path);
}

static void test_link(World *world, gconstpointer data)
{
    g_clear_pointer(&world->store, wh_store_free);
    check_link_refused(world, "wayhome.db");
    check_link_refused(world, "wayhome.lock");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/files/modes", test_modes);
    g_test_add("/store/files/link", World, NULL, setup, test_link, teardown);
    return g_test_run();
}
