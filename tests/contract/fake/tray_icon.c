#include "platform/fake/desktop_fake.h"
#include "tests/contract/tray_icon_adapter.h"

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_tray_icon_reset();
}

void wh_adapter_hurry(WhTrayIcon *icon)
{
    wh_fake_tray_icon_set_presence(WH_TRAY_ICON_NO_TRAY);
}

void wh_adapter_tray(gboolean present)
{
    wh_fake_tray_icon_set_presence(present ? WH_TRAY_ICON_SHOWN : WH_TRAY_ICON_NO_TRAY);
}

void wh_adapter_activate(void)
{
    wh_fake_tray_icon_activate();
}

void wh_adapter_choose(int id)
{
    wh_fake_tray_icon_choose(id);
}

char *wh_adapter_icon(void)
{
    return g_strconcat(wh_fake_tray_icon_name(), wh_fake_tray_icon_attention() ? "!" : NULL, NULL);
}

char *wh_adapter_tooltip(void)
{
    return g_strconcat(wh_fake_tray_icon_title(), " | ", wh_fake_tray_icon_body(), NULL);
}

char *wh_adapter_menu(void)
{
    GString *text = g_string_new(NULL);
    guint count;
    const WhTrayMenuItem *items = wh_fake_tray_icon_menu(&count);

    for (guint i = 0; i < count; i++) {
        const WhTrayMenuItem *item = &items[i];

        g_string_append(text, i == 0 ? "" : ", ");
        if (item->id == 0)
            g_string_append(text, "-");
        else
            g_string_append_printf(text, "%s%s%d %s%s", item->insensitive ? "(" : "",
                                   !item->checkable ? "" : (item->checked ? "x" : "o"), item->id,
                                   item->label, item->insensitive ? ")" : "");
    }
    return g_string_free(text, FALSE);
}

static void test_counts_changes(void)
{
    static const WhTrayIconCallbacks callbacks = {0};
    static const WhTrayMenuItem item = {.id = 1, .label = "Quit"};
    g_autoptr(WhTrayIcon) icon = wh_tray_icon_new("wayhome", NULL, &callbacks, NULL);

    for (guint i = 0; i < 2; i++) {
        wh_tray_icon_set_icon(icon, "wayhome-ok", FALSE);
        wh_tray_icon_set_tooltip(icon, "Wayhome", "All is well.");
        wh_tray_icon_set_menu(icon, &item, 1);
        g_assert_cmpuint(wh_fake_tray_icon_changes(), ==, 3);
    }
    g_assert_cmpint(wh_fake_tray_icon_line("Quit")->id, ==, 1);
    g_assert_null(wh_fake_tray_icon_line("Open"));
    g_clear_pointer(&icon, wh_tray_icon_free);
    g_assert_cmpstr(wh_fake_tray_icon_name(), ==, "");
    wh_fake_tray_icon_reset();
}

gboolean wh_adapter_is_plain(void)
{
    return FALSE;
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/tray-icon/fake/counts-changes", test_counts_changes);
}
