#include "tests/contract/sleep_plan_adapter.h"

#include "platform/linux/sleep_plan_private.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/sleep_monitor_bus.h"
#include "tests/contract/linux/sleep_plan_files.h"

/* logind of a test. */
typedef struct {
    char *folder;
    WhTestBus *bus;
    const char *action;
    guint64 wait; /* microseconds */
    const char *can_suspend;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static const char interfaces[] =
    "<node>"
    "<interface name='org.freedesktop.login1.Manager'>"
    "<method name='CanSuspend'><arg type='s' direction='out'/></method>"
    "<property name='IdleAction' type='s' access='read'/>"
    "<property name='IdleActionUSec' type='t' access='read'/>"
    "</interface>"
    "</node>";

static void method_called(GDBusConnection *connection, const char *sender, const char *path,
                          const char *interface, const char *method, GVariant *parameters,
                          GDBusMethodInvocation *invocation, gpointer data)
{
    g_dbus_method_invocation_return_value(invocation, g_variant_new("(s)", world()->can_suspend));
}

static GVariant *property_get(GDBusConnection *connection, const char *sender, const char *path,
                              const char *interface, const char *property, GError **error,
                              gpointer data)
{
    if (g_str_equal(property, "IdleAction"))
        return g_variant_new_string(world()->action);
    return g_variant_new_uint64(world()->wait);
}

static void logind_play(void)
{
    static const GDBusInterfaceVTable table = {
        .method_call = method_called,
        .get_property = property_get,
    };
    g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(interfaces, NULL);
    g_autoptr(GError) error = NULL;

    g_dbus_connection_register_object(wh_test_bus_logind(world()->bus), "/org/freedesktop/login1",
                                      node->interfaces[0], &table, NULL, NULL, &error);
    g_assert_no_error(error);
}

gboolean wh_adapter_begin(guint seconds)
{
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "bus", NULL);

    *world() = (World){
        .folder = folder,
        .bus = wh_test_bus_new(path),
        .action = seconds > 0 ? "suspend" : "ignore",
        .wait = seconds > 0 ? seconds * (guint64)G_USEC_PER_SEC : 30 * 60 * G_USEC_PER_SEC,
        .can_suspend = "yes",
    };
    if (world()->bus == NULL) {
        g_test_skip("There is no dbus-daemon to play the system bus");
        wh_helper_folder_remove(folder);
        return FALSE;
    }
    logind_play();
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_test_bus_free(world()->bus);
    wh_helper_folder_remove(world()->folder);
    *world() = (World){0};
}

void wh_adapter_nobody(void)
{
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
}

void wh_adapter_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    wh_sleep_plan_read_below(world()->folder, NULL, cancellable, done, data);
}

typedef struct {
    guint done;
    WhSleepPlan plan;
} Answer;

static void done(GObject *source, GAsyncResult *result, gpointer data)
{
    Answer *answer = data;
    g_autoptr(GError) error = NULL;

    wh_sleep_plan_read_finish(result, &answer->plan, &error);
    g_assert_no_error(error);
    answer->done++;
}

static void check(GSettingsSchemaSource *schemas, guint minutes, const char *by)
{
    Answer answer = {0};

    wh_sleep_plan_read_below(world()->folder, schemas, NULL, done, &answer);
    wh_helper_for_count(&answer.done, 1);
    g_assert_cmpuint(answer.plan.minutes, ==, minutes);
    g_assert_cmpstr(answer.plan.by, ==, by);
}

static void test_actions(void)
{
    if (!wh_adapter_begin(600))
        return;
    world()->action = "lock";
    check(NULL, 0, NULL);
    world()->action = "reboot";
    check(NULL, 0, NULL);
    world()->action = "suspend-then-hibernate";
    check(NULL, 10, WH_SLEEP_PLAN_BY_SYSTEM);
    world()->action = "poweroff";
    check(NULL, 10, WH_SLEEP_PLAN_BY_SYSTEM);
    world()->wait = G_MAXUINT64;
    check(NULL, 0, NULL);
    wh_adapter_end();
}

static void test_cannot_sleep(void)
{
    if (!wh_adapter_begin(600))
        return;
    world()->can_suspend = "challenge";
    check(NULL, 10, WH_SLEEP_PLAN_BY_SYSTEM);
    world()->can_suspend = "na";
    check(NULL, 0, NULL);
    world()->action = "poweroff";
    check(NULL, 10, WH_SLEEP_PLAN_BY_SYSTEM);
    wh_adapter_end();
}

static void test_masked(void)
{
    if (!wh_adapter_begin(600))
        return;
    wh_plan_files_link(world()->folder, "etc/systemd/system/sleep.target",
                       "/lib/systemd/system/sleep.target");
    check(NULL, 10, WH_SLEEP_PLAN_BY_SYSTEM);
    wh_plan_files_link(world()->folder, "run/systemd/system/suspend.target", "/dev/null");
    check(NULL, 0, NULL);
    wh_adapter_end();
}

static void test_login_screen(void)
{
    g_autoptr(GSettingsSchemaSource) schemas = NULL;

    if (!wh_adapter_begin(3600))
        return;
    schemas = wh_plan_files_schemas(world()->folder);
    if (schemas != NULL) {
        check(schemas, 60, WH_SLEEP_PLAN_BY_SYSTEM);
        wh_plan_files_link(world()->folder, "etc/systemd/system/display-manager.service",
                           "/lib/systemd/system/gdm.service");
        check(schemas, 20, WH_SLEEP_PLAN_BY_LOGIN);
        world()->wait = 5 * 60 * (guint64)G_USEC_PER_SEC;
        check(schemas, 5, WH_SLEEP_PLAN_BY_SYSTEM);
        world()->action = "ignore";
        world()->can_suspend = "na";
        check(schemas, 0, NULL);
    }
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/sleep-plan/linux/actions", test_actions);
    g_test_add_func("/sleep-plan/linux/cannot-sleep", test_cannot_sleep);
    g_test_add_func("/sleep-plan/linux/masked", test_masked);
    g_test_add_func("/sleep-plan/linux/login-screen", test_login_screen);
    wh_plan_files_add_tests();
}
