#include "platform/tray_icon.h"

#include "platform/windows/desktop/icon_image.h"
#include "tests/contract/helper.h"
#include "tests/contract/tray_icon_adapter.h"
#include "tests/contract/windows/shell_double.h"

#include <shellapi.h>
#include <string.h>

gboolean wh_adapter_begin(void)
{
    /* Where GTK looks for icons when there is no display. */
    g_setenv("XDG_DATA_DIRS", WH_BINARY_DIR, TRUE);
    wh_shell_double_reset();
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_shell_double_reset();
}

void wh_adapter_hurry(WhTrayIcon *icon)
{
}

void wh_adapter_tray(gboolean present)
{
    wh_shell_double_set_present(present);
}

void wh_adapter_activate(void)
{
    wh_shell_double_send(NIN_SELECT);
}

void wh_adapter_choose(int id)
{
    wh_shell_double_choose(id);
}

char *wh_adapter_icon(void)
{
    static const char *const names[] = {"wayhome", "wayhome-ok", "wayhome-attention"};
    g_autofree char *picture = wh_shell_double_picture();

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        HICON same = wh_icon_image_new(names[i], NULL, 16);
        g_autofree char *sum = wh_shell_double_sum(same);

        DestroyIcon(same);
        if (g_strcmp0(sum, picture) == 0)
            return g_strdup(names[i]);
    }
    return g_strdup("another picture");
}

char *wh_adapter_tooltip(void)
{
    g_autofree char *tip = wh_shell_double_tip();
    g_auto(GStrv) lines = g_strsplit(tip, "\n", 2);

    return g_strconcat(lines[0], " | ", lines[1], NULL);
}

char *wh_adapter_menu(void)
{
    return wh_shell_double_menu();
}

gboolean wh_adapter_is_plain(void)
{
    return TRUE;
}

typedef struct {
    WhTrayIcon *icon;
    guint activated;
    WhTrayIconPresence presence;
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

static gboolean is_shown(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_SHOWN;
}

static gboolean has_no_tray(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_NO_TRAY;
}

static void start(Fixture *fixture)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};

    wh_adapter_begin();
    wh_adapter_tray(TRUE);
    fixture->icon = wh_tray_icon_new("wayhome", NULL, &callbacks, fixture);
    wh_helper_until(is_shown, fixture);
}

static void stop(Fixture *fixture)
{
    wh_tray_icon_free(fixture->icon);
    g_assert_cmpuint(wh_shell_double_icons(), ==, 0);
    wh_adapter_end();
}

static void test_keyboard(void)
{
    Fixture fixture = {0};

    start(&fixture);
    wh_shell_double_send(NIN_KEYSELECT);
    wh_helper_for_count(&fixture.activated, 1);
    stop(&fixture);
}

/* The taskbar crashed and came again before anybody noticed. */
static void test_taskbar_restarts(void)
{
    Fixture fixture = {0};

    start(&fixture);
    wh_tray_icon_set_tooltip(fixture.icon, "Wayhome", "still here");
    wh_shell_double_restart();
    g_assert_cmpuint(wh_shell_double_icons(), ==, 1);
    g_autofree char *tip = wh_adapter_tooltip();
    g_assert_cmpstr(tip, ==, "Wayhome | still here");
    wh_adapter_activate();
    wh_helper_for_count(&fixture.activated, 1);
    stop(&fixture);
}

/* As while people sign in: it is asked again. */
static void test_taskbar_is_busy(void)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};
    Fixture fixture = {0};

    wh_adapter_begin();
    wh_adapter_tray(TRUE);
    wh_shell_double_set_busy(TRUE);
    fixture.icon = wh_tray_icon_new("wayhome", NULL, &callbacks, &fixture);
    wh_helper_until(has_no_tray, &fixture);
    wh_shell_double_set_busy(FALSE);
    wh_helper_until(is_shown, &fixture);
    stop(&fixture);
}

/* What nobody would hear of is not left in the tray. */
static void test_taskbar_is_old(void)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};
    Fixture fixture = {0};

    wh_adapter_begin();
    wh_adapter_tray(TRUE);
    wh_shell_double_set_old(TRUE);
    fixture.icon = wh_tray_icon_new("wayhome", NULL, &callbacks, &fixture);
    wh_helper_until(has_no_tray, &fixture);
    g_assert_cmpuint(wh_shell_double_icons(), ==, 0);
    wh_shell_double_set_old(FALSE);
    wh_helper_until(is_shown, &fixture);
    stop(&fixture);
}

static void test_long_tip(void)
{
    Fixture fixture = {0};
    g_autofree char *filling = g_strnfill(115, 'x');
    g_autofree char *body = g_strconcat(filling, "\xf0\x9f\x8f\xa0\xf0\x9f\x8f\xa0", "end", NULL);
    g_autofree char *expected = g_strconcat("Wayhome | ", filling, "\xf0\x9f\x8f\xa0…", NULL);

    start(&fixture);
    wh_tray_icon_set_tooltip(fixture.icon, "Wayhome", body);
    g_autofree char *tip = wh_adapter_tooltip();
    g_assert_cmpstr(tip, ==, expected);
    stop(&fixture);
}

static void test_labels_with_signs(void)
{
    static const WhTrayMenuItem items[] = {{.id = 1, .label = "Tea & _biscuits\there"}};
    Fixture fixture = {0};

    start(&fixture);
    wh_tray_icon_set_menu(fixture.icon, items, 1);
    g_autofree char *menu = wh_adapter_menu();
    g_assert_cmpstr(menu, ==, "1 Tea && _biscuits here");
    stop(&fixture);
}

static void test_same_again_costs_nothing(void)
{
    static const WhTrayMenuItem items[] = {{.id = 1, .label = "Quit"}};
    Fixture fixture = {0};
    guint calls;

    start(&fixture);
    for (guint i = 0; i < 2; i++) {
        wh_tray_icon_set_icon(fixture.icon, "wayhome-ok", FALSE);
        wh_tray_icon_set_tooltip(fixture.icon, "Wayhome", "fine");
        wh_tray_icon_set_menu(fixture.icon, items, 1);
        if (i == 0)
            calls = wh_shell_double_calls();
    }
    g_assert_cmpuint(wh_shell_double_calls(), ==, calls);
    stop(&fixture);
}

static void test_unknown_icon(void)
{
    Fixture fixture = {0};

    start(&fixture);
    wh_tray_icon_set_icon(fixture.icon, "no-such-icon", FALSE);
    g_assert_cmpuint(wh_shell_double_icons(), ==, 1);
    stop(&fixture);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/tray-icon/windows/keyboard", test_keyboard);
    g_test_add_func("/tray-icon/windows/taskbar-restarts", test_taskbar_restarts);
    g_test_add_func("/tray-icon/windows/taskbar-is-busy", test_taskbar_is_busy);
    g_test_add_func("/tray-icon/windows/taskbar-is-old", test_taskbar_is_old);
    g_test_add_func("/tray-icon/windows/long-tip", test_long_tip);
    g_test_add_func("/tray-icon/windows/labels-with-signs", test_labels_with_signs);
    g_test_add_func("/tray-icon/windows/same-again-costs-nothing", test_same_again_costs_nothing);
    g_test_add_func("/tray-icon/windows/unknown-icon", test_unknown_icon);
}
