#include "platform/tray_icon.h"

#include "platform/linux/desktop/tray_icon_private.h"
#include "tests/contract/linux/tray_icon_tests.h"
#include "tests/contract/tray_icon_adapter.h"

#include <pango/pango.h>

static WhTestPanel **panel(void)
{
    static WhTestPanel *the_panel;

    return &the_panel;
}

WhTestPanel *wh_test_panel(void)
{
    return *panel();
}

gboolean wh_adapter_begin(void)
{
    *panel() = wh_test_panel_new();
    return *panel() != NULL;
}

void wh_adapter_end(void)
{
    g_clear_pointer(panel(), wh_test_panel_free);
}

void wh_adapter_hurry(WhTrayIcon *icon)
{
    wh_tray_icon_set_patience(icon, 20, 20);
}

void wh_adapter_tray(gboolean present)
{
    wh_test_panel_set_present(*panel(), present);
}

void wh_adapter_activate(void)
{
    wh_test_panel_send_item(*panel(), "Activate", g_variant_new("(ii)", 3, 4));
}

void wh_adapter_choose(int id)
{
    wh_test_panel_send_menu(*panel(), "Event",
                            g_variant_new("(isvu)", id, "clicked", g_variant_new_string(""), 0));
}

static char *text_property(const char *name)
{
    g_autoptr(GVariant) value = wh_test_panel_property(*panel(), name);

    return g_variant_dup_string(value, NULL);
}

char *wh_adapter_icon(void)
{
    g_autofree char *status = text_property("Status");
    gboolean attention = g_str_equal(status, "NeedsAttention");
    g_autofree char *name = text_property(attention ? "AttentionIconName" : "IconName");

    return g_strconcat(name, attention ? "!" : NULL, NULL);
}

static char *without_markup(const char *markup)
{
    char *text = NULL;

    g_assert_true(pango_parse_markup(markup, -1, 0, NULL, &text, NULL, NULL));
    return text;
}

char *wh_adapter_tooltip(void)
{
    g_autoptr(GVariant) tooltip = wh_test_panel_property(*panel(), "ToolTip");
    g_autofree char *heading = text_property("Title");
    g_autofree char *body = NULL;
    const char *title;
    const char *markup;

    g_variant_get(tooltip, "(&sa(iiay)&s&s)", NULL, NULL, &title, &markup);
    g_assert_cmpstr(title, ==, heading);
    body = without_markup(markup);
    return g_strconcat(title, " | ", body, NULL);
}

static void line_append(GString *text, int id, GVariant *properties)
{
    const char *label = "";
    const char *kind;
    gboolean enabled = TRUE;
    gboolean checkable = g_variant_lookup(properties, "toggle-type", "&s", &kind);
    int checked = 0;
    g_auto(GStrv) parts = NULL;
    g_autofree char *plain = NULL;

    if (g_variant_lookup(properties, "type", "&s", &kind) && g_str_equal(kind, "separator")) {
        g_string_append(text, "-");
        return;
    }
    g_variant_lookup(properties, "label", "&s", &label);
    g_variant_lookup(properties, "enabled", "b", &enabled);
    g_variant_lookup(properties, "toggle-state", "i", &checked);
    parts = g_strsplit(label, "__", -1);
    plain = g_strjoinv("_", parts);
    g_string_append_printf(text, "%s%s%d %s%s", enabled ? "" : "(",
                           !checkable ? "" : (checked == 1 ? "x" : "o"), id, plain,
                           enabled ? "" : ")");
}

char *wh_adapter_menu(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) layout = wh_test_panel_call_menu(
        *panel(), "GetLayout", g_variant_new_parsed("(0, -1, @as [])"), &error);
    g_autoptr(GVariantIter) lines = NULL;
    GString *text = g_string_new(NULL);
    GVariant *line;

    g_assert_no_error(error);
    g_variant_get(layout, "(u(ia{sv}av))", NULL, NULL, NULL, &lines);
    while (g_variant_iter_next(lines, "v", &line)) {
        g_autoptr(GVariant) owned = line;
        g_autoptr(GVariant) properties = g_variant_get_child_value(owned, 1);
        int id;

        g_variant_get_child(owned, 0, "i", &id);
        g_string_append(text, text->len == 0 ? "" : ", ");
        line_append(text, id, properties);
    }
    return g_string_free(text, FALSE);
}

gboolean wh_adapter_is_plain(void)
{
    return FALSE;
}

void wh_adapter_add_tests(void)
{
    wh_test_tray_icon_add_panel_tests();
    wh_test_tray_icon_add_menu_tests();
    wh_test_tray_icon_add_host_tests();
}
