#include "platform/tray_icon.h"
#include "tests/contract/helper.h"
#include "tests/contract/tray_icon_adapter.h"

typedef struct {
    WhTrayIcon *icon;
    guint activated;
    GArray *chosen; /* of int */
    guint presences;
    WhTrayIconPresence presence;
    gboolean free_inside;
} Fixture;

static const WhTrayMenuItem menu[] = {
    {.id = 7, .label = "my_desk.example"},
    {0},
    {.id = 1, .label = "Pause", .checkable = TRUE},
    {.id = 2, .label = "Sound", .checkable = TRUE, .checked = TRUE},
    {.id = 3, .label = "Update now", .insensitive = TRUE},
    {0},
    {.id = 4, .label = "Quit"},
};

static void freed_inside(Fixture *fixture)
{
    if (fixture->free_inside)
        g_clear_pointer(&fixture->icon, wh_tray_icon_free);
}

static void activated(gpointer data)
{
    Fixture *fixture = data;

    fixture->activated++;
    freed_inside(fixture);
}

static void chosen(int id, gpointer data)
{
    Fixture *fixture = data;

    g_array_append_val(fixture->chosen, id);
    freed_inside(fixture);
}

static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
    Fixture *fixture = data;

    g_assert_cmpint(presence, !=, fixture->presence);
    g_assert_cmpint(presence, ==, wh_tray_icon_presence(fixture->icon));
    fixture->presence = presence;
    fixture->presences++;
    freed_inside(fixture);
}

static gboolean start(Fixture *fixture)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};

    if (!wh_adapter_begin()) {
        g_test_skip("There is no dbus-daemon to play the desktop on");
        return FALSE;
    }
    fixture->chosen = g_array_new(FALSE, FALSE, sizeof(int));
    fixture->icon = wh_tray_icon_new("wayhome", NULL, &callbacks, fixture);
    wh_adapter_hurry(fixture->icon);
    g_assert_cmpint(wh_tray_icon_presence(fixture->icon), ==, WH_TRAY_ICON_LOOKING);
    return TRUE;
}

static void stop(Fixture *fixture)
{
    g_clear_pointer(&fixture->icon, wh_tray_icon_free);
    g_array_unref(fixture->chosen);
    wh_adapter_end();
}

static gboolean is_shown(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_SHOWN;
}

static gboolean has_no_tray(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_NO_TRAY;
}

static gboolean start_shown(Fixture *fixture)
{
    if (!start(fixture))
        return FALSE;
    wh_adapter_tray(TRUE);
    wh_helper_until(is_shown, fixture);
    return TRUE;
}

static void test_no_tray(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    wh_helper_until(has_no_tray, &fixture);
    g_assert_cmpuint(fixture.presences, ==, 1);
    stop(&fixture);
}

static void test_tray_comes_late_and_goes(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    wh_helper_until(has_no_tray, &fixture);
    wh_adapter_tray(TRUE);
    wh_helper_until(is_shown, &fixture);
    wh_adapter_tray(FALSE);
    wh_helper_until(has_no_tray, &fixture);
    wh_adapter_tray(TRUE);
    wh_helper_until(is_shown, &fixture);
    stop(&fixture);
}

static void assert_text(char *found, const char *expected)
{
    g_assert_cmpstr(found, ==, expected);
    g_free(found);
}

static void test_shows_what_it_is_told(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    wh_tray_icon_set_icon(fixture.icon, "wayhome-ok", FALSE);
    wh_tray_icon_set_tooltip(fixture.icon, "Wayhome", "Tea & biscuits <at> home");
    wh_tray_icon_set_menu(fixture.icon, menu, G_N_ELEMENTS(menu));
    wh_adapter_tray(TRUE);
    wh_helper_until(is_shown, &fixture);
    assert_text(wh_adapter_icon(), "wayhome-ok");
    assert_text(wh_adapter_tooltip(), "Wayhome | Tea & biscuits <at> home");
    assert_text(wh_adapter_menu(),
                wh_adapter_is_plain()
                    ? "7 my_desk.example, -, 1 Pause, x2 Sound, (3 Update now), -, 4 Quit"
                    : "7 my_desk.example, -, o1 Pause, x2 Sound, (3 Update now), -, 4 Quit");
    wh_tray_icon_set_icon(fixture.icon, "wayhome-attention", TRUE);
    wh_tray_icon_set_tooltip(fixture.icon, "Wayhome needs you", NULL);
    wh_tray_icon_set_menu(fixture.icon, menu + 6, 1);
    assert_text(wh_adapter_icon(),
                wh_adapter_is_plain() ? "wayhome-attention" : "wayhome-attention!");
    assert_text(wh_adapter_tooltip(), "Wayhome needs you | ");
    assert_text(wh_adapter_menu(), "4 Quit");
    wh_tray_icon_set_menu(fixture.icon, NULL, 0);
    assert_text(wh_adapter_menu(), "");
    stop(&fixture);
}

static void test_click(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    wh_adapter_activate();
    wh_helper_for_count(&fixture.activated, 1);
    wh_adapter_activate();
    wh_helper_for_count(&fixture.activated, 2);
    g_assert_cmpuint(fixture.chosen->len, ==, 0);
    stop(&fixture);
}

static void test_choice(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    wh_tray_icon_set_menu(fixture.icon, menu, G_N_ELEMENTS(menu));
    wh_adapter_choose(7);
    wh_adapter_choose(2);
    wh_adapter_choose(4);
    wh_helper_for_count(&fixture.chosen->len, 3);
    g_assert_cmpint(g_array_index(fixture.chosen, int, 0), ==, 7);
    g_assert_cmpint(g_array_index(fixture.chosen, int, 1), ==, 2);
    g_assert_cmpint(g_array_index(fixture.chosen, int, 2), ==, 4);
    g_assert_cmpuint(fixture.activated, ==, 0);
    stop(&fixture);
}

/* What comes after the last choice has come as well. */
static void test_choice_of_nothing(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    wh_tray_icon_set_menu(fixture.icon, menu, G_N_ELEMENTS(menu));
    wh_adapter_choose(0);
    wh_adapter_choose(3);
    wh_adapter_choose(99);
    wh_adapter_choose(-1);
    wh_adapter_choose(4);
    wh_helper_for_count(&fixture.chosen->len, 1);
    wh_helper_settle();
    g_assert_cmpuint(fixture.chosen->len, ==, 1);
    g_assert_cmpint(g_array_index(fixture.chosen, int, 0), ==, 4);
    stop(&fixture);
}

static void test_silent_after_free(void)
{
    Fixture fixture = {0};
    guint presences;

    if (!start_shown(&fixture))
        return;
    wh_tray_icon_set_menu(fixture.icon, menu, G_N_ELEMENTS(menu));
    presences = fixture.presences;
    wh_adapter_activate();
    wh_adapter_choose(7);
    g_clear_pointer(&fixture.icon, wh_tray_icon_free);
    wh_adapter_tray(FALSE);
    wh_helper_settle();
    g_assert_cmpuint(fixture.activated, ==, 0);
    g_assert_cmpuint(fixture.chosen->len, ==, 0);
    g_assert_cmpuint(fixture.presences, ==, presences);
    stop(&fixture);
}

static void test_free_at_once(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    g_clear_pointer(&fixture.icon, wh_tray_icon_free);
    wh_helper_settle();
    g_assert_cmpuint(fixture.presences, ==, 0);
    stop(&fixture);
}

static void test_free_inside_click(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    fixture.free_inside = TRUE;
    wh_adapter_activate();
    wh_adapter_activate();
    wh_helper_for_count(&fixture.activated, 1);
    g_assert_null(fixture.icon);
    wh_helper_settle();
    g_assert_cmpuint(fixture.activated, ==, 1);
    stop(&fixture);
}

static void test_free_inside_choice(void)
{
    Fixture fixture = {0};

    if (!start_shown(&fixture))
        return;
    wh_tray_icon_set_menu(fixture.icon, menu, G_N_ELEMENTS(menu));
    fixture.free_inside = TRUE;
    wh_adapter_choose(7);
    wh_adapter_choose(4);
    wh_helper_for_count(&fixture.chosen->len, 1);
    g_assert_null(fixture.icon);
    wh_helper_settle();
    g_assert_cmpuint(fixture.chosen->len, ==, 1);
    stop(&fixture);
}

static void test_free_inside_presence(void)
{
    for (guint i = 0; i < 2; i++) {
        Fixture fixture = {0};

        if (!start(&fixture))
            return;
        fixture.free_inside = TRUE;
        if (i == 0)
            wh_adapter_tray(TRUE);
        wh_helper_for_count(&fixture.presences, 1);
        g_assert_null(fixture.icon);
        wh_helper_settle();
        g_assert_cmpuint(fixture.presences, ==, 1);
        stop(&fixture);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tray-icon/no-tray", test_no_tray);
    g_test_add_func("/tray-icon/tray-comes-late-and-goes", test_tray_comes_late_and_goes);
    g_test_add_func("/tray-icon/shows-what-it-is-told", test_shows_what_it_is_told);
    g_test_add_func("/tray-icon/click", test_click);
    g_test_add_func("/tray-icon/choice", test_choice);
    g_test_add_func("/tray-icon/choice-of-nothing", test_choice_of_nothing);
    g_test_add_func("/tray-icon/silent-after-free", test_silent_after_free);
    g_test_add_func("/tray-icon/free-at-once", test_free_at_once);
    g_test_add_func("/tray-icon/free-inside-click", test_free_inside_click);
    g_test_add_func("/tray-icon/free-inside-choice", test_free_inside_choice);
    g_test_add_func("/tray-icon/free-inside-presence", test_free_inside_presence);
    wh_adapter_add_tests();
    return g_test_run();
}
