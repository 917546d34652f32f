#include "platform/paths.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"
#include "tests/contract/helper.h"
#include "tests/contract/paths_adapter.h"

#include <string.h>

gboolean wh_adapter_set_runtime(gboolean available)
{
    return available;
}

static void expect_end(char *path, const char *end)
{
    g_assert_true(g_path_is_absolute(path));
    g_assert_true(g_str_has_suffix(path, end));
    g_free(path);
}

static void test_folders(void)
{
    /* Whoever starts a program sets these as they like. */
    g_setenv("ProgramData", "C:\\elsewhere", TRUE);
    g_setenv("LOCALAPPDATA", "C:\\elsewhere", TRUE);
    g_setenv("APPDATA", "C:\\elsewhere", TRUE);
    expect_end(wh_paths_state_folder(WH_PATHS_SYSTEM), "ProgramData\\Wayhome\\state");
    expect_end(wh_paths_config_folder(WH_PATHS_SYSTEM), "ProgramData\\Wayhome\\config");
    expect_end(wh_paths_state_folder(WH_PATHS_USER), "Local\\Wayhome\\state");
    expect_end(wh_paths_config_folder(WH_PATHS_USER), "Roaming\\Wayhome");
}

static void test_control_addresses(void)
{
    g_autofree char *system = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *user = wh_paths_control_address(WH_PATHS_USER);

    g_assert_cmpstr(system, ==, "\\\\.\\pipe\\wayhome");
    g_assert_true(g_str_has_prefix(user, "\\\\.\\pipe\\wayhome-S-1-"));
}

static void test_programs(void)
{
    g_autofree char *here = g_win32_get_package_installation_directory_of_module(NULL);
    g_autofree char *program = wh_paths_program("/usr/libexec/wayhome/wayhomed");

    g_assert_true(g_str_has_prefix(program, here));
    g_assert_true(g_str_has_suffix(program, "\\wayhomed.exe"));
    expect_end(wh_paths_locale_folder("/usr/share/locale"), "\\share\\locale");
}

/* Made by somebody beforehand, so that everyone may write. */
static void test_open_folder_is_refused(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "state", NULL);
    g_autofree wchar_t *wide = wh_windows_wide(path);
    PSECURITY_DESCRIPTOR everyone = wh_access_descriptor("D:P(A;OICI;FA;;;WD)", &error);

    g_assert_no_error(error);
    g_assert_true(CreateDirectoryW(wide, NULL));
    g_assert_true(SetFileSecurityW(wide, DACL_SECURITY_INFORMATION, everyone));
    LocalFree(everyone);
    g_assert_false(wh_paths_make_state_folder(WH_PATHS_SYSTEM, path, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_nonnull(strstr(error->message, path));
    wh_helper_folder_remove(folder);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/paths/windows/folders", test_folders);
    g_test_add_func("/paths/windows/control-addresses", test_control_addresses);
    g_test_add_func("/paths/windows/programs", test_programs);
    g_test_add_func("/paths/windows/open-folder-is-refused", test_open_folder_is_refused);
}
