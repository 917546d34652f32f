#include "platform/paths.h"

#include "tests/contract/paths_adapter.h"

gboolean wh_adapter_set_runtime(gboolean available)
{
    if (available)
        g_setenv("XDG_RUNTIME_DIR", "/run/user/1234", TRUE);
    else
        g_unsetenv("XDG_RUNTIME_DIR");
    return TRUE;
}

static void state_check(WhPathsScope scope, const char *expected)
{
    g_autofree char *path = wh_paths_state_folder(scope);

    g_assert_cmpstr(path, ==, expected);
}

static void test_system_state(void)
{
    g_unsetenv("STATE_DIRECTORY");
    state_check(WH_PATHS_SYSTEM, "/var/lib/wayhome");
    g_setenv("STATE_DIRECTORY", "/srv/one:/srv/two", TRUE);
    state_check(WH_PATHS_SYSTEM, "/srv/one");
    g_unsetenv("STATE_DIRECTORY");
}

static void test_user_folders(void)
{
    g_autofree char *fallback = g_build_filename(g_get_home_dir(), ".local/state/wayhome", NULL);
    g_autofree char *config = NULL;

    g_setenv("XDG_STATE_HOME", "/elsewhere/state", TRUE);
    g_setenv("STATE_DIRECTORY", "/srv/one", TRUE);
    state_check(WH_PATHS_USER, "/elsewhere/state/wayhome");
    g_setenv("XDG_STATE_HOME", "relative", TRUE);
    state_check(WH_PATHS_USER, fallback);
    g_unsetenv("XDG_STATE_HOME");
    state_check(WH_PATHS_USER, fallback);
    g_unsetenv("STATE_DIRECTORY");
    g_setenv("XDG_CONFIG_HOME", "/elsewhere/config", TRUE);
    config = wh_paths_config_folder(WH_PATHS_USER);
    g_assert_cmpstr(config, ==, "/elsewhere/config/wayhome");
}

static void test_control_addresses(void)
{
    g_autofree char *system = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *user = NULL;

    wh_adapter_set_runtime(TRUE);
    user = wh_paths_control_address(WH_PATHS_USER);
    g_assert_cmpstr(system, ==, "/run/wayhome/control");
    g_assert_cmpstr(user, ==, "/run/user/1234/wayhome/control");
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/paths/linux/system-state", test_system_state);
    g_test_add_func("/paths/linux/user-folders", test_user_folders);
    g_test_add_func("/paths/linux/control-addresses", test_control_addresses);
}
