#include "platform/linux/desktop/tray_icon_private.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/tray_icon_tests.h"
#include "tests/contract/tray_icon_adapter.h"

#include <unistd.h>

typedef struct {
    WhTrayIcon *icon;
    WhTrayIconPresence presence;
    guint activated;
} Fixture;

static void activated(gpointer data)
{
    ((Fixture *)data)->activated++;
}

static void chosen(int id, gpointer data)
{
}

static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
    ((Fixture *)data)->presence = presence;
}

static gboolean begin(void)
{
    if (wh_adapter_begin())
        return TRUE;
    g_test_skip("There is no dbus-daemon to play the desktop on");
    return FALSE;
}

static void icon_make(Fixture *fixture)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};

    fixture->icon = wh_tray_icon_new("wayhome", "/usr/share/icons", &callbacks, fixture);
    wh_adapter_hurry(fixture->icon);
}

static gboolean is_shown(gpointer data)
{
    Fixture *fixture = data;

    return fixture->presence == WH_TRAY_ICON_SHOWN;
}

static gboolean has_no_tray(gpointer data)
{
    Fixture *fixture = data;

    return fixture->presence == WH_TRAY_ICON_NO_TRAY;
}

static gboolean start_shown(Fixture *fixture)
{
    if (!begin())
        return FALSE;
    wh_adapter_tray(TRUE);
    icon_make(fixture);
    wh_helper_until(is_shown, fixture);
    return TRUE;
}

static void stop(Fixture *fixture)
{
    g_clear_pointer(&fixture->icon, wh_tray_icon_free);
    wh_adapter_end();
}

static void assert_registered(const char *name)
{
    const GPtrArray *names = wh_test_panel_registrations(wh_test_panel());

    g_assert_cmpuint(names->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(names, 0), ==, name);
}

static char *own_name(void)
{
    return g_strdup_printf("org.kde.StatusNotifierItem-%d-1", (int)getpid());
}

static void test_registers_by_name(void)
{
    Fixture fixture = {0};
    g_autofree char *name = own_name();

    if (!start_shown(&fixture))
        return;
    assert_registered(name);
    stop(&fixture);
}

static void test_registers_again(void)
{
    Fixture fixture = {0};
    g_autofree char *name = own_name();

    if (!start_shown(&fixture))
        return;
    wh_adapter_tray(FALSE);
    wh_helper_until(has_no_tray, &fixture);
    wh_adapter_tray(TRUE);
    wh_helper_until(is_shown, &fixture);
    assert_registered(name);
    stop(&fixture);
}

static void test_registers_by_path_without_a_name(void)
{
    Fixture fixture = {0};
    g_autofree char *name = own_name();

    if (!begin())
        return;
    wh_test_panel_own_name(wh_test_panel(), name);
    wh_adapter_tray(TRUE);
    icon_make(&fixture);
    wh_helper_until(is_shown, &fixture);
    assert_registered("/StatusNotifierItem");
    wh_adapter_activate();
    wh_helper_for_count(&fixture.activated, 1);
    stop(&fixture);
}

static void test_refused_is_not_shown(void)
{
    Fixture fixture = {0};

    if (!begin())
        return;
    wh_test_panel_set_refusing(wh_test_panel());
    wh_adapter_tray(TRUE);
    icon_make(&fixture);
    wh_helper_until(has_no_tray, &fixture);
    stop(&fixture);
}

static void test_watcher_without_host(void)
{
    Fixture fixture = {0};

    if (!begin())
        return;
    wh_test_panel_set_hosts(wh_test_panel(), 0, FALSE);
    wh_adapter_tray(TRUE);
    icon_make(&fixture);
    wh_helper_until(has_no_tray, &fixture);
    for (guint i = 0; i < 2; i++) {
        gboolean by_signal = i == 0;

        wh_test_panel_set_hosts(wh_test_panel(), 1, by_signal);
        wh_helper_until(is_shown, &fixture);
        wh_test_panel_set_hosts(wh_test_panel(), 0, by_signal);
        wh_helper_until(has_no_tray, &fixture);
    }
    stop(&fixture);
}

/* The item's answer to a call that was sent later shows that it has looked. */
static void test_one_host_of_two_goes(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    wh_test_panel_set_hosts(wh_test_panel(), 2, TRUE);
    wh_test_panel_set_hosts(wh_test_panel(), 1, TRUE);
    for (guint i = 0; i < 3; i++)
        g_free(wh_adapter_icon());
    wh_helper_settle();
    g_assert_cmpint(fixture.presence, ==, WH_TRAY_ICON_SHOWN);
    stop(&fixture);
}

static void test_middle_click(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    wh_test_panel_send_item(wh_test_panel(), "SecondaryActivate", g_variant_new("(ii)", 0, 0));
    wh_helper_for_count(&fixture.activated, 1);
    wh_test_panel_send_item(wh_test_panel(), "Scroll", g_variant_new("(is)", 120, "vertical"));
    wh_test_panel_send_item(wh_test_panel(), "ContextMenu", g_variant_new("(ii)", 0, 0));
    g_free(wh_adapter_icon());
    g_assert_cmpuint(fixture.activated, ==, 1);
    stop(&fixture);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char **)a, *(char **)b);
}

/* An empty picture among them makes a host stumble. */
static void test_exact_properties(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer = NULL;
    g_autoptr(GVariantIter) values = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *joined = NULL;
    Fixture fixture = {0};
    char *name;

    if (!start_shown(&fixture))
        return;
    answer = wh_test_panel_call_item(wh_test_panel(), "org.freedesktop.DBus.Properties", "GetAll",
                                     g_variant_new("(s)", "org.kde.StatusNotifierItem"), &error);
    g_assert_no_error(error);
    g_variant_get(answer, "(a{sv})", &values);
    while (g_variant_iter_next(values, "{sv}", &name, NULL))
        g_ptr_array_add(names, name);
    g_ptr_array_sort(names, by_name);
    g_ptr_array_add(names, NULL);
    joined = g_strjoinv(" ", (char **)names->pdata);
    g_assert_cmpstr(joined, ==,
                    "AttentionIconName Category IconName IconThemePath Id ItemIsMenu Menu Status "
                    "Title ToolTip WindowId");
    stop(&fixture);
}

static guint signal_count(const char *text)
{
    const GPtrArray *signals = wh_test_panel_signals(wh_test_panel());
    guint count = 0;

    for (guint i = 0; i < signals->len; i++)
        if (g_str_equal(g_ptr_array_index(signals, i), text))
            count++;
    return count;
}

static void test_tells_of_changes_once(void)
{
    static const WhTrayMenuItem item = {.id = 1, .label = "Quit"};
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    for (guint i = 0; i < 2; i++) {
        wh_tray_icon_set_icon(fixture.icon, "wayhome-attention", TRUE);
        wh_tray_icon_set_tooltip(fixture.icon, "Wayhome", "Look.");
        wh_tray_icon_set_menu(fixture.icon, &item, 1);
    }
    g_free(wh_adapter_icon());
    g_assert_cmpuint(signal_count("NewIcon"), ==, 1);
    g_assert_cmpuint(signal_count("NewAttentionIcon"), ==, 1);
    g_assert_cmpuint(signal_count("NewStatus ('NeedsAttention',)"), ==, 1);
    g_assert_cmpuint(signal_count("NewTitle"), ==, 1);
    g_assert_cmpuint(signal_count("NewToolTip"), ==, 1);
    g_assert_cmpuint(signal_count("LayoutUpdated (uint32 2, 0)"), ==, 1);
    wh_tray_icon_set_icon(fixture.icon, "wayhome-ok", FALSE);
    g_free(wh_adapter_icon());
    g_assert_cmpuint(signal_count("NewStatus ('Active',)"), ==, 1);
    stop(&fixture);
}

static void test_no_bus(void)
{
    Fixture fixture = {0};

    g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
    icon_make(&fixture);
    wh_tray_icon_set_icon(fixture.icon, "wayhome-ok", FALSE);
    wh_tray_icon_set_menu(fixture.icon, NULL, 0);
    wh_helper_until(has_no_tray, &fixture);
    wh_tray_icon_free(fixture.icon);
    g_unsetenv("DBUS_SESSION_BUS_ADDRESS");
}

void wh_test_tray_icon_add_panel_tests(void)
{
    g_test_add_func("/tray-icon/linux/registers-by-name", test_registers_by_name);
    g_test_add_func("/tray-icon/linux/registers-again", test_registers_again);
    g_test_add_func("/tray-icon/linux/registers-by-path-without-a-name",
                    test_registers_by_path_without_a_name);
    g_test_add_func("/tray-icon/linux/refused-is-not-shown", test_refused_is_not_shown);
    g_test_add_func("/tray-icon/linux/watcher-without-host", test_watcher_without_host);
    g_test_add_func("/tray-icon/linux/one-host-of-two-goes", test_one_host_of_two_goes);
    g_test_add_func("/tray-icon/linux/middle-click", test_middle_click);
    g_test_add_func("/tray-icon/linux/exact-properties", test_exact_properties);
    g_test_add_func("/tray-icon/linux/tells-of-changes-once", test_tells_of_changes_once);
    g_test_add_func("/tray-icon/linux/no-bus", test_no_bus);
}
