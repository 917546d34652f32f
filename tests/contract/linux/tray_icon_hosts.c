#include "tests/contract/helper.h"
#include "tests/contract/linux/tray_icon_tests.h"
#include "tests/contract/tray_icon_adapter.h"

/* What a host remembers of the menu. GNOME's asks layouts for two properties only and fetches the
 * others once, when it meets a line; KDE's takes from a layout what is there, and leaves the rest
 * as it was. heard: how many signals it has worked off. */
typedef struct {
    gboolean is_gnome;
    GArray *order;     /* of int */
    GHashTable *lines; /* id -> table of name -> GVariant */
    guint heard;
} Host;

typedef struct {
    WhTrayIcon *icon;
    WhTrayIconPresence presence;
    Host host;
} Fixture;

static void activated(gpointer data)
{
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

static void take_properties(Host *host, int id, GVariant *properties)
{
    GHashTable *line = g_hash_table_lookup(host->lines, GINT_TO_POINTER(id));
    GVariantIter iter;
    GVariant *value;
    char *name;

    if (line == NULL)
        return;
    g_variant_iter_init(&iter, properties);
    while (g_variant_iter_next(&iter, "{sv}", &name, &value))
        g_hash_table_replace(line, name, value);
}

static void fetch_properties(Host *host, int id)
{
    g_autoptr(GVariant) answer = wh_test_panel_call_menu(
        wh_test_panel(), "GetGroupProperties", g_variant_new_parsed("([%i], @as [])", id), NULL);
    g_autoptr(GVariantIter) lines = NULL;
    GVariant *properties;

    g_variant_get(answer, "(a(ia{sv}))", &lines);
    while (g_variant_iter_next(lines, "(i@a{sv})", &id, &properties)) {
        take_properties(host, id, properties);
        g_variant_unref(properties);
    }
}

static void meet(Host *host, int id, GVariant *properties)
{
    gboolean is_new = !g_hash_table_contains(host->lines, GINT_TO_POINTER(id));

    g_array_append_val(host->order, id);
    if (is_new)
        g_hash_table_insert(host->lines, GINT_TO_POINTER(id),
                            g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                  (GDestroyNotify)g_variant_unref));
    take_properties(host, id, properties);
    if (is_new && host->is_gnome)
        fetch_properties(host, id);
}

static gboolean is_gone(gpointer id, gpointer line, gpointer data)
{
    Host *host = data;

    for (guint i = 0; i < host->order->len; i++)
        if (g_array_index(host->order, int, i) == GPOINTER_TO_INT(id))
            return FALSE;
    return TRUE;
}

static void fetch_layout(Host *host)
{
    const char *question =
        host->is_gnome ? "(0, -1, ['type', 'children-display'])" : "(0, 1, @as [])";
    g_autoptr(GVariant) layout =
        wh_test_panel_call_menu(wh_test_panel(), "GetLayout", g_variant_new_parsed(question), NULL);
    g_autoptr(GVariantIter) lines = NULL;
    GVariant *line;

    g_array_set_size(host->order, 0);
    g_variant_get(layout, "(u(ia{sv}av))", NULL, NULL, NULL, &lines);
    while (g_variant_iter_next(lines, "v", &line)) {
        g_autoptr(GVariant) owned = line;
        g_autoptr(GVariant) properties = g_variant_get_child_value(owned, 1);
        int id;

        g_variant_get_child(owned, 0, "i", &id);
        meet(host, id, properties);
    }
    g_hash_table_foreach_remove(host->lines, is_gone, host);
}

static void remove_properties(Host *host, int id, GVariantIter *names)
{
    GHashTable *line = g_hash_table_lookup(host->lines, GINT_TO_POINTER(id));
    const char *name;

    while (g_variant_iter_next(names, "&s", &name))
        if (line != NULL)
            g_hash_table_remove(line, name);
}

static void hear_properties(Host *host, const char *values)
{
    g_autoptr(GVariant) parsed = g_variant_parse(NULL, values, NULL, NULL, NULL);
    g_autoptr(GVariantIter) updated = NULL;
    g_autoptr(GVariantIter) removed = NULL;
    GVariant *properties;
    GVariantIter *names;
    int id;

    g_variant_get(parsed, "(a(ia{sv})a(ias))", &updated, &removed);
    while (g_variant_iter_next(updated, "(i@a{sv})", &id, &properties)) {
        take_properties(host, id, properties);
        g_variant_unref(properties);
    }
    while (g_variant_iter_next(removed, "(ias)", &id, &names)) {
        remove_properties(host, id, names);
        g_variant_iter_free(names);
    }
}

/* Signals stand in the queue of this process once an answer that came after them is here. */
static void catch_up(Host *host)
{
    const GPtrArray *signals = wh_test_panel_signals(wh_test_panel());

    g_variant_unref(wh_test_panel_property(wh_test_panel(), "Menu"));
    wh_helper_settle();
    for (; host->heard < signals->len; host->heard++) {
        const char *signal = g_ptr_array_index(signals, host->heard);

        if (g_str_has_prefix(signal, "LayoutUpdated "))
            fetch_layout(host);
        else if (g_str_has_prefix(signal, "ItemsPropertiesUpdated "))
            hear_properties(host, signal + strlen("ItemsPropertiesUpdated "));
    }
}

static gboolean flag_of(GHashTable *line, const char *name, gboolean usual)
{
    GVariant *value = g_hash_table_lookup(line, name);

    return value == NULL ? usual : g_variant_get_boolean(value);
}

static void append_line(GString *text, GHashTable *line)
{
    GVariant *label = g_hash_table_lookup(line, "label");
    GVariant *toggle = g_hash_table_lookup(line, "toggle-state");
    gboolean checkable = g_hash_table_contains(line, "toggle-type");
    gboolean enabled = flag_of(line, "enabled", TRUE);

    if (g_hash_table_contains(line, "type")) {
        g_string_append(text, "-");
        return;
    }
    g_string_append_printf(text, "%s%s%s%s", enabled ? "" : "(",
                           !checkable                         ? ""
                           : g_variant_get_int32(toggle) == 1 ? "x "
                                                              : "o ",
                           label != NULL ? g_variant_get_string(label, NULL) : "?",
                           enabled ? "" : ")");
}

static void assert_sees(Host *host, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);

    catch_up(host);
    for (guint i = 0; i < host->order->len; i++) {
        int id = g_array_index(host->order, int, i);

        g_string_append(text, i > 0 ? ", " : "");
        append_line(text, g_hash_table_lookup(host->lines, GINT_TO_POINTER(id)));
    }
    g_assert_cmpstr(text->str, ==, expected);
}

static const WhTrayMenuItem menu[] = {
    {.id = 7, .label = "home — 203.0.113.9"},
    {0},
    {.id = 3, .label = "Update now", .insensitive = TRUE},
    {.id = 2, .label = "Pause", .checkable = TRUE},
};

static gboolean start(Fixture *fixture, gboolean is_gnome)
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
    fixture->host.is_gnome = is_gnome;
    fixture->host.order = g_array_new(FALSE, FALSE, sizeof(int));
    fixture->host.lines =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    fetch_layout(&fixture->host);
    assert_sees(&fixture->host, "home — 203.0.113.9, -, (Update now), o Pause");
    return TRUE;
}

static void stop(Fixture *fixture)
{
    wh_tray_icon_free(fixture->icon);
    g_array_unref(fixture->host.order);
    g_hash_table_unref(fixture->host.lines);
    wh_adapter_end();
}

static void test_lines_that_change(gconstpointer is_gnome)
{
    WhTrayMenuItem items[] = {menu[0], menu[1], menu[2], menu[3]};
    Fixture fixture = {0};

    if (!start(&fixture, is_gnome != NULL))
        return;
    items[0].label = "home — 203.0.113.10";
    items[2].insensitive = FALSE;
    items[3].checked = TRUE;
    wh_tray_icon_set_menu(fixture.icon, items, G_N_ELEMENTS(items));
    assert_sees(&fixture.host, "home — 203.0.113.10, -, Update now, x Pause");
    items[2].insensitive = TRUE;
    items[3].checkable = FALSE;
    wh_tray_icon_set_menu(fixture.icon, items, G_N_ELEMENTS(items));
    assert_sees(&fixture.host, "home — 203.0.113.10, -, (Update now), Pause");
    stop(&fixture);
}

/* A known line changes with the same word that brings a new one. */
static void test_lines_that_come(gconstpointer is_gnome)
{
    WhTrayMenuItem items[] = {
        menu[0], {.id = 8, .label = "nas — 203.0.113.9"}, menu[1], menu[2], menu[3]};
    Fixture fixture = {0};

    if (!start(&fixture, is_gnome != NULL))
        return;
    items[0].label = "home — Paused";
    items[3].insensitive = FALSE;
    wh_tray_icon_set_menu(fixture.icon, items, G_N_ELEMENTS(items));
    assert_sees(&fixture.host, "home — Paused, nas — 203.0.113.9, -, Update now, o Pause");
    wh_tray_icon_set_menu(fixture.icon, menu + 2, 2);
    assert_sees(&fixture.host, "(Update now), o Pause");
    wh_tray_icon_set_menu(fixture.icon, menu, G_N_ELEMENTS(menu));
    assert_sees(&fixture.host, "home — 203.0.113.9, -, (Update now), o Pause");
    stop(&fixture);
}

/* An open menu is not built anew for a word in it. */
static void test_layout_stays(void)
{
    WhTrayMenuItem items[] = {menu[0], menu[1], menu[2], menu[3]};
    const GPtrArray *signals;
    Fixture fixture = {0};

    if (!start(&fixture, TRUE))
        return;
    items[0].label = "home — 203.0.113.10";
    wh_tray_icon_set_menu(fixture.icon, items, G_N_ELEMENTS(items));
    catch_up(&fixture.host);
    signals = wh_test_panel_signals(wh_test_panel());
    for (guint i = 0; i < signals->len; i++)
        g_assert_false(g_str_has_prefix(g_ptr_array_index(signals, i), "LayoutUpdated"));
    stop(&fixture);
}

void wh_test_tray_icon_add_host_tests(void)
{
    g_test_add_data_func("/tray-icon/linux/host/gnome/lines-that-change", "gnome",
                         test_lines_that_change);
    g_test_add_data_func("/tray-icon/linux/host/gnome/lines-that-come", "gnome",
                         test_lines_that_come);
    g_test_add_data_func("/tray-icon/linux/host/kde/lines-that-change", NULL,
                         test_lines_that_change);
    g_test_add_data_func("/tray-icon/linux/host/kde/lines-that-come", NULL, test_lines_that_come);
    g_test_add_func("/tray-icon/linux/host/layout-stays", test_layout_stays);
}
