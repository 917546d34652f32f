#include "platform/paths.h"
#include "tests/contract/helper.h"
#include "tests/contract/paths_adapter.h"

#include <string.h>

static void test_absolute_and_apart(void)
{
    char *paths[6];

    wh_adapter_set_runtime(TRUE);
    paths[0] = wh_paths_state_folder(WH_PATHS_SYSTEM);
    paths[1] = wh_paths_state_folder(WH_PATHS_USER);
    paths[2] = wh_paths_config_folder(WH_PATHS_SYSTEM);
    paths[3] = wh_paths_config_folder(WH_PATHS_USER);
    paths[4] = wh_paths_control_address(WH_PATHS_SYSTEM);
    paths[5] = wh_paths_control_address(WH_PATHS_USER);
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_assert_true(g_path_is_absolute(paths[i]));
        for (guint j = 0; j < i; j++)
            g_assert_cmpstr(paths[i], !=, paths[j]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++)
        g_free(paths[i]);
}

static void test_no_runtime_folder(void)
{
    g_autofree char *system = NULL;

    if (!wh_adapter_set_runtime(FALSE)) {
        g_test_skip("whole system: its control addresses need no folder");
        return;
    }
    system = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_assert_nonnull(system);
    g_assert_null(wh_paths_control_address(WH_PATHS_USER));
}

static void make_state(const char *path, gboolean expected)
{
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(wh_paths_make_state_folder(WH_PATHS_USER, path, &error), ==, expected);
    g_assert_cmpint(g_file_test(path, G_FILE_TEST_IS_DIR), ==, expected);
    g_assert_cmpint(error == NULL, ==, expected);
}

static void test_state_folder_is_made(void)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "one", "tw\u00f6", NULL);
    g_autofree char *file = g_build_filename(folder, "file", NULL);
    g_autofree char *below = g_build_filename(file, "below", NULL);

    make_state(path, TRUE);
    make_state(path, TRUE);
    g_assert_true(g_file_set_contents(file, "", 0, NULL));
    make_state(below, FALSE);
    make_state(file, FALSE);
    wh_helper_folder_remove(folder);
}

static void test_beside_the_program(void)
{
    g_autofree char *program = wh_paths_program("/usr/libexec/wayhome/wayhomed");
    g_autofree char *locale = wh_paths_locale_folder("/usr/share/locale");

    g_assert_true(g_path_is_absolute(program));
    g_assert_true(g_path_is_absolute(locale));
    g_assert_nonnull(strstr(program, "wayhomed"));
}

static void test_ca_folder_exists(void)
{
    g_autofree char *folder = wh_paths_ca_folder();

    if (folder != NULL)
        g_assert_true(g_file_test(folder, G_FILE_TEST_IS_DIR));
}

static void test_system_has_a_name(void)
{
    g_assert_cmpstr(wh_paths_system_name(), !=, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paths/absolute-and-apart", test_absolute_and_apart);
    g_test_add_func("/paths/no-runtime-folder", test_no_runtime_folder);
    g_test_add_func("/paths/state-folder-is-made", test_state_folder_is_made);
    g_test_add_func("/paths/beside-the-program", test_beside_the_program);
    g_test_add_func("/paths/ca-folder-exists", test_ca_folder_exists);
    g_test_add_func("/paths/system-has-a-name", test_system_has_a_name);
    wh_adapter_add_tests();
    return g_test_run();
}
