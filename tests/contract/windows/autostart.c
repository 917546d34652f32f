#include "platform/autostart.h"

#include "platform/windows/text.h"
#include "tests/contract/autostart_adapter.h"

#include <string.h>

#define ID "org.wayhome.Wayhome"
#define VERSION L"Software\\Microsoft\\Windows\\CurrentVersion\\"
#define RUN VERSION L"Run"
#define APPROVED VERSION L"Explorer\\StartupApproved\\Run"
#define PLAY L"Software\\WayhomeTest"

/* A key of the test's own stands for one of the system's. In a volatile one no lasting key can be
 * made. */
static void point(HKEY root, const wchar_t *name, DWORD options)
{
    HKEY key;

    RegOverridePredefKey(root, NULL);
    g_assert_cmpint(RegCreateKeyExW(HKEY_CURRENT_USER, name, 0, NULL, options, KEY_ALL_ACCESS, NULL,
                                    &key, NULL),
                    ==, ERROR_SUCCESS);
    g_assert_cmpint(RegOverridePredefKey(root, key), ==, ERROR_SUCCESS);
    RegCloseKey(key);
}

static void forget(void)
{
    RegOverridePredefKey(HKEY_CURRENT_USER, NULL);
    RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL);
    RegDeleteTreeW(HKEY_CURRENT_USER, PLAY);
}

void wh_adapter_begin(void)
{
    forget();
    point(HKEY_LOCAL_MACHINE, PLAY L"\\Computer", REG_OPTION_NON_VOLATILE);
    point(HKEY_CURRENT_USER, PLAY L"\\Person", REG_OPTION_NON_VOLATILE);
}

void wh_adapter_end(void)
{
    forget();
}

static void put(HKEY root, const wchar_t *key, const wchar_t *name, const char *text)
{
    g_autofree wchar_t *wide = wh_windows_wide(text);

    g_assert_cmpint(
        RegSetKeyValueW(root, key, name, REG_SZ, wide, (DWORD)((wcslen(wide) + 1) * sizeof *wide)),
        ==, ERROR_SUCCESS);
}

static wchar_t *name_of(const char *id)
{
    return wh_windows_wide(strrchr(id, '.') + 1);
}

void wh_adapter_provide(const char *id)
{
    g_autofree wchar_t *name = name_of(id);

    put(HKEY_LOCAL_MACHINE, RUN, name, "\"C:\\x.exe\" --background");
}

void wh_adapter_forbid_writing(void)
{
    point(HKEY_CURRENT_USER, PLAY L"\\Volatile", REG_OPTION_VOLATILE);
}

static char *own_command(void)
{
    wchar_t text[256];
    DWORD length = sizeof text;

    return RegGetValueW(HKEY_CURRENT_USER, RUN, L"Wayhome", RRF_RT_REG_SZ, NULL, text, &length) ==
                   ERROR_SUCCESS
               ? wh_windows_utf8(text)
               : NULL;
}

static void approve(HKEY root, BYTE state)
{
    BYTE data[12] = {state};

    g_assert_cmpint(RegSetKeyValueW(root, APPROVED, L"Wayhome", REG_BINARY, data, sizeof data), ==,
                    ERROR_SUCCESS);
}

static void set(gboolean enabled)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(wh_autostart_set_enabled(ID, "Wayhome", "C:\\Program Files\\w.exe",
                                           "--background", enabled, &error));
    g_assert_no_error(error);
}

static void test_own_command(void)
{
    wh_adapter_begin();
    set(TRUE);
    g_autofree char *command = own_command();
    g_assert_cmpstr(command, ==, "\"C:\\Program Files\\w.exe\" --background");
    set(FALSE);
    g_assert_null(own_command());
    wh_adapter_end();
}

/* One for everybody is left as it is. */
static void test_over_everybody(void)
{
    wh_adapter_begin();
    wh_adapter_provide(ID);
    set(TRUE);
    g_assert_false(wh_autostart_is_refused(ID));
    set(FALSE);
    g_assert_true(wh_autostart_is_refused(ID));
    set(TRUE);
    g_assert_false(wh_autostart_is_refused(ID));
    g_assert_null(own_command());
    wh_adapter_end();
}

/* What the Task Manager writes. */
static void test_task_manager(void)
{
    wh_adapter_begin();
    wh_adapter_provide(ID);
    approve(HKEY_CURRENT_USER, 2);
    g_assert_true(wh_autostart_is_enabled(ID));
    approve(HKEY_CURRENT_USER, 3);
    g_assert_false(wh_autostart_is_enabled(ID));
    approve(HKEY_CURRENT_USER, 7);
    g_assert_false(wh_autostart_is_enabled(ID));
    approve(HKEY_CURRENT_USER, 6);
    g_assert_true(wh_autostart_is_enabled(ID));
    approve(HKEY_LOCAL_MACHINE, 3);
    g_assert_false(wh_autostart_is_enabled(ID));
    set(TRUE);
    g_assert_true(wh_autostart_is_enabled(ID));
    g_autofree char *command = own_command();
    g_assert_nonnull(command);
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/autostart/windows/own-command", test_own_command);
    g_test_add_func("/autostart/windows/over-everybody", test_over_everybody);
    g_test_add_func("/autostart/windows/task-manager", test_task_manager);
}
