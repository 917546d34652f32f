#include "tests/contract/helper.h"
#include "tests/contract/linux/tray_icon_tests.h"
#include "tests/contract/tray_icon_adapter.h"

#define SEPARATOR "1073741825"

static const WhTrayMenuItem menu[] = {
    {.id = 7, .label = "a_b__c.example"},
    {0},
    {.id = 2, .label = "Pause", .checkable = TRUE, .checked = TRUE},
    {.id = 3, .label = "Update now", .insensitive = TRUE},
};

typedef struct {
    WhTrayIcon *icon;
    WhTrayIconPresence presence;
    guint count;
    int chosen;
} Fixture;

static void activated(gpointer data)
{
}

static void chosen(int id, gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    fixture->chosen = id;
}

static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
    ((Fixture *)data)->presence = presence;
}

static gboolean is_shown(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_SHOWN;
}

static gboolean start(Fixture *fixture)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};

    if (!wh_adapter_begin()) {
        g_test_skip("There is no dbus-daemon to play the desktop on");
        return FALSE;
    }
    wh_adapter_tray(TRUE);
    fixture->icon = wh_tray_icon_new("wayhome", NULL, &callbacks, fixture);
    wh_tray_icon_set_menu(fixture->icon, menu, G_N_ELEMENTS(menu));
    wh_helper_until(is_shown, fixture);
    return TRUE;
}

static void stop(Fixture *fixture)
{
    wh_tray_icon_free(fixture->icon);
    wh_adapter_end();
}

/* `parameters` and `expected` are in GVariant's text format; NULL: an error that says so. */
static void assert_answer(const char *method, const char *parameters, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer = NULL;
    g_autoptr(GVariant) wanted = NULL;

    answer =
        wh_test_panel_call_menu(wh_test_panel(), method, g_variant_new_parsed(parameters), &error);
    if (expected == NULL) {
        g_assert_error(error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
        return;
    }
    g_assert_no_error(error);
    wanted = g_variant_parse(g_variant_get_type(answer), expected, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpvariant(answer, wanted);
}

static void test_layout(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    assert_answer(
        "GetLayout", "(0, -1, @as [])",
        "(1, (0, {'children-display': <'submenu'>}, ["
        "<(7, {'label': <'a__b____c.example'>, 'enabled': <true>, 'visible': <true>}, @av [])>,"
        "<(" SEPARATOR ", {'type': <'separator'>}, @av [])>,"
        "<(2, {'label': <'Pause'>, 'enabled': <true>, 'visible': <true>, 'toggle-type': "
        "<'checkmark'>, 'toggle-state': <1>},"
        " @av [])>,"
        "<(3, {'label': <'Update now'>, 'enabled': <false>, 'visible': <true>}, @av [])>]))");
    assert_answer("GetLayout", "(0, 0, @as [])", "(1, (0, {'children-display': <'submenu'>}, []))");
    assert_answer("GetLayout", "(2, -1, ['toggle-state', 'enabled'])",
                  "(1, (2, {'enabled': <true>, 'toggle-state': <1>}, []))");
    assert_answer("GetLayout", "(" SEPARATOR ", 1, @as [])",
                  "(1, (" SEPARATOR ", {'type': <'separator'>}, []))");
    assert_answer("GetLayout", "(99, -1, @as [])", NULL);
    wh_tray_icon_set_menu(fixture.icon, menu, 1);
    assert_answer("GetLayout", "(0, 1, ['label'])",
                  "(2, (0, {}, [<(7, {'label': <'a__b____c.example'>}, @av [])>]))");
    stop(&fixture);
}

static void test_properties(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    assert_answer("GetGroupProperties", "([2, 99, 7], ['label'])",
                  "([(2, {'label': <'Pause'>}), (7, {'label': <'a__b____c.example'>})],)");
    assert_answer("GetGroupProperties", "(@ai [], ['enabled', 'children-display'])",
                  "([(0, {'children-display': <'submenu'>}), (7, {'enabled': <true>}), (" SEPARATOR
                  ", {}),"
                  " (2, {'enabled': <true>}),"
                  " (3, {'enabled': <false>})],)");
    assert_answer("GetProperty", "(3, 'label')", "(<'Update now'>,)");
    assert_answer("GetProperty", "(3, 'icon-name')", NULL);
    assert_answer("GetProperty", "(99, 'label')", NULL);
    stop(&fixture);
}

/* One that asks for the same a million times gets no more than one that asks once. */
static void test_same_line_many_times(void)
{
    Fixture fixture = {0};
    g_auto(GVariantBuilder) ids = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("ai"));
    g_autoptr(GVariant) answer = NULL;
    g_autoptr(GVariant) wanted = NULL;
    g_autoptr(GError) error = NULL;

    if (!start(&fixture))
        return;
    for (guint i = 0; i < 100000; i++)
        g_variant_builder_add(&ids, "i", 7);
    answer = wh_test_panel_call_menu(wh_test_panel(), "GetGroupProperties",
                                     g_variant_new("(ai@as)", &ids, g_variant_new_strv(NULL, 0)),
                                     &error);
    g_assert_no_error(error);
    wanted = g_variant_ref_sink(g_variant_new_parsed(
        "([(7, {'label': <'a__b____c.example'>, 'enabled': <true>, 'visible': <true>})],)"));
    g_assert_cmpvariant(answer, wanted);
    stop(&fixture);
}

static void test_about_to_show(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    assert_answer("AboutToShow", "(0,)", "(false,)");
    assert_answer("AboutToShow", "(99,)", NULL);
    assert_answer("AboutToShowGroup", "([0, 99, 7],)", "([], [99])");
    stop(&fixture);
}

static void test_events(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    assert_answer("Event", "(0, 'opened', <''>, uint32 0)", "()");
    assert_answer("Event", "(7, 'hovered', <''>, uint32 0)", "()");
    assert_answer("Event", "(" SEPARATOR ", 'clicked', <''>, uint32 0)", "()");
    assert_answer("Event", "(3, 'clicked', <''>, uint32 0)", "()");
    assert_answer("Event", "(99, 'clicked', <''>, uint32 0)", NULL);
    g_assert_cmpuint(fixture.count, ==, 0);
    assert_answer("Event", "(2, 'clicked', <0>, uint32 5)", "()");
    g_assert_cmpuint(fixture.count, ==, 1);
    g_assert_cmpint(fixture.chosen, ==, 2);
    stop(&fixture);
}

static void test_event_group(void)
{
    Fixture fixture = {0};

    if (!start(&fixture))
        return;
    assert_answer("EventGroup",
                  "([(0, 'closed', <''>, uint32 0), (99, 'clicked', <''>, 0),"
                  " (7, 'clicked', <''>, 0)],)",
                  "([99],)");
    g_assert_cmpuint(fixture.count, ==, 1);
    g_assert_cmpint(fixture.chosen, ==, 7);
    assert_answer("EventGroup", "([(98, 'clicked', <''>, uint32 0)],)", NULL);
    assert_answer("EventGroup", "(@a(isvu) [],)", "([],)");
    g_assert_cmpuint(fixture.count, ==, 1);
    stop(&fixture);
}

void wh_test_tray_icon_add_menu_tests(void)
{
    g_test_add_func("/tray-icon/linux/menu/layout", test_layout);
    g_test_add_func("/tray-icon/linux/menu/properties", test_properties);
    g_test_add_func("/tray-icon/linux/menu/same-line-many-times", test_same_line_many_times);
    g_test_add_func("/tray-icon/linux/menu/about-to-show", test_about_to_show);
    g_test_add_func("/tray-icon/linux/menu/events", test_events);
    g_test_add_func("/tray-icon/linux/menu/event-group", test_event_group);
}
