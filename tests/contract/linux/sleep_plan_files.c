#include "tests/contract/linux/sleep_plan_files.h"

#include "platform/linux/sleep_plan_private.h"
#include "tests/contract/helper.h"

#include <unistd.h>

#define DCONF "etc/gdm3/greeter.dconf-defaults"
#define GROUP "[org/gnome/settings-daemon/plugins/power]\n"

static const char schemas_text[] =
    "<schemalist>"
    "<enum id='org.gnome.settings-daemon.GsdPowerActionType'>"
    "<value nick='suspend' value='1'/><value nick='nothing' value='5'/>"
    "</enum>"
    "<schema id='org.gnome.settings-daemon.plugins.power'"
    " path='/org/gnome/settings-daemon/plugins/power/'>"
    "<key name='sleep-inactive-ac-timeout' type='i'><default>1200</default></key>"
    "<key name='sleep-inactive-ac-type' enum='org.gnome.settings-daemon.GsdPowerActionType'>"
    "<default>'suspend'</default></key>"
    "</schema>"
    "<schema id='org.mate.power-manager' path='/org/mate/power-manager/'>"
    "<key name='sleep-computer-ac' type='i'><default>0</default></key>"
    "</schema>"
    "</schemalist>";

static char *path_prepare(const char *root, const char *path)
{
    char *whole = g_build_filename(root, path, NULL);
    g_autofree char *folder = g_path_get_dirname(whole);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    return whole;
}

void wh_plan_files_link(const char *root, const char *path, const char *target)
{
    g_autofree char *whole = path_prepare(root, path);

    g_assert_cmpint(symlink(target, whole), ==, 0);
}

static void file_write(const char *root, const char *path, const char *text)
{
    g_autofree char *whole = path_prepare(root, path);
    g_autoptr(GError) error = NULL;

    g_file_set_contents(whole, text, -1, &error);
    g_assert_no_error(error);
}

GSettingsSchemaSource *wh_plan_files_schemas(const char *root)
{
    g_autofree char *folder = g_build_filename(root, "schemas", NULL);
    const char *command[] = {"glib-compile-schemas", "--strict", folder, NULL};
    g_autoptr(GError) error = NULL;
    GSettingsSchemaSource *source;
    int status = 0;

    file_write(root, "schemas/test.gschema.xml", schemas_text);
    if (!g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                      &status, NULL)) {
        g_test_skip("There is no glib-compile-schemas");
        return NULL;
    }
    g_assert_cmpint(status, ==, 0);
    source = g_settings_schema_source_new_from_directory(folder, NULL, TRUE, &error);
    g_assert_no_error(error);
    return source;
}

static void login_check(GSettingsSchemaSource *schemas, const char *root, guint minutes)
{
    g_assert_cmpuint(wh_sleep_plan_of_login(root, schemas), ==, minutes);
}

static void login_files_check(GSettingsSchemaSource *schemas, const char *root)
{
    g_autofree char *manager =
        g_build_filename(root, "etc/systemd/system/display-manager.service", NULL);

    login_check(schemas, root, 0);
    wh_plan_files_link(root, "etc/systemd/system/display-manager.service", "lightdm.service");
    login_check(schemas, root, 0);
    g_assert_cmpint(unlink(manager), ==, 0);
    wh_plan_files_link(root, "etc/systemd/system/display-manager.service",
                       "/lib/systemd/system/gdm3.service");
    login_check(schemas, root, 20);
    g_assert_cmpuint(wh_sleep_plan_of_login(root, NULL), ==, 0);
    file_write(root, "etc/dconf/db/gdm.d/10-a", GROUP "sleep-inactive-ac-timeout=601\n");
    login_check(schemas, root, 11);
    file_write(root, "etc/dconf/db/gdm.d/20-b", GROUP "sleep-inactive-ac-timeout=900\n");
    login_check(schemas, root, 15);
    file_write(root, DCONF,
               "# " GROUP GROUP "# sleep-inactive-ac-timeout=60\n"
               "sleep-inactive-ac-timeout='soon'\nsleep-inactive-ac-type=7\n");
    login_check(schemas, root, 15);
    file_write(root, DCONF, GROUP "sleep-inactive-ac-type='nothing'\n");
    login_check(schemas, root, 0);
    file_write(root, DCONF, GROUP "sleep-inactive-ac-timeout=0\n");
    login_check(schemas, root, 0);
    file_write(root, DCONF, GROUP "sleep-inactive-ac-timeout=-5\n");
    login_check(schemas, root, 0);
    file_write(root, DCONF, "no file for dconf");
    login_check(schemas, root, 15);
}

static void test_login_files(void)
{
    char *root = wh_helper_folder_new();
    g_autoptr(GSettingsSchemaSource) schemas = wh_plan_files_schemas(root);

    if (schemas != NULL)
        login_files_check(schemas, root);
    wh_helper_folder_remove(root);
}

static void session_check(GSettingsSchemaSource *schemas)
{
    g_autoptr(GSettingsSchema) schema =
        g_settings_schema_source_lookup(schemas, "org.gnome.settings-daemon.plugins.power", FALSE);
    g_autoptr(GSettings) settings = g_settings_new_full(schema, NULL, NULL);
    WhSleepPlan plan = {0};
    g_autoptr(GError) error = NULL;

    g_assert_true(wh_sleep_plan_read_desktop("ubuntu:GNOME", schemas, &plan, NULL));
    g_assert_cmpuint(plan.minutes, ==, 20);
    g_assert_cmpstr(plan.by, ==, WH_SLEEP_PLAN_BY_DESKTOP);
    g_settings_set_int(settings, "sleep-inactive-ac-timeout", 90);
    g_assert_true(wh_sleep_plan_read_desktop("GNOME", schemas, &plan, NULL));
    g_assert_cmpuint(plan.minutes, ==, 2);
    g_settings_set_string(settings, "sleep-inactive-ac-type", "nothing");
    g_assert_true(wh_sleep_plan_read_desktop("GNOME", schemas, &plan, NULL));
    g_assert_cmpuint(plan.minutes, ==, 0);
    g_assert_null(plan.by);
    /* Settings without a key that is looked for would end the program. */
    g_assert_false(wh_sleep_plan_read_desktop("MATE", schemas, &plan, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    g_clear_error(&error);
    g_assert_false(wh_sleep_plan_read_desktop("KDE", schemas, &plan, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    g_clear_error(&error);
    g_assert_false(wh_sleep_plan_read_desktop("GNOME", NULL, &plan, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void test_session(void)
{
    char *root = wh_helper_folder_new();
    g_autoptr(GSettingsSchemaSource) schemas = wh_plan_files_schemas(root);

    /* Nothing of whoever runs the tests is touched. */
    g_setenv("GSETTINGS_BACKEND", "memory", TRUE);
    if (schemas != NULL)
        session_check(schemas);
    wh_helper_folder_remove(root);
}

void wh_plan_files_add_tests(void)
{
    g_test_add_func("/sleep-plan/linux/login-files", test_login_files);
    g_test_add_func("/sleep-plan/linux/session", test_session);
}
