#include "platform/linux/desktop/tray_icon_private.h"
#include "platform/linux/desktop/xembed_menu.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/tray_icon_panel.h"

#include <gdk/gdkx.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <sys/wait.h>

#define EMBEDDED_NOTIFY 0 /* of the XEmbed protocol */

typedef struct {
    WhTestPanel *panel;
    char **environment; /* GTestDBus forgets the display */
    GPid tray;
    WhTrayIcon *icon;
    WhTrayIconPresence presence;
    gboolean settled;
    int chosen;
} Fixture;

static const WhTrayMenuItem menu[] = {
    {.id = 7, .label = "my_desk.example"},
    {0},
    {.id = 1, .label = "Pause", .checkable = TRUE},
    {.id = 2, .label = "Sound", .checkable = TRUE, .checked = TRUE},
    {.id = 3, .label = "Update now", .insensitive = TRUE},
};

static void activated(gpointer data)
{
}

static void chosen(int id, gpointer data)
{
    ((Fixture *)data)->chosen = id;
}

static GtkWidget *embedded_window(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *each = windows; each != NULL; each = each->next)
        if (g_str_equal(G_OBJECT_TYPE_NAME(each->data), "GtkTrayIcon"))
            return each->data;
    return NULL;
}

/* The tray's message that it has embedded the window comes after it has asked the X server to keep
 * the embedded window should it die; before that GTK, and the program with it, would not survive.
 */
static GdkFilterReturn message_seen(GdkXEvent *xevent, GdkEvent *event, gpointer data)
{
    const XEvent *message = xevent;

    if (message->type == ClientMessage &&
        message->xclient.message_type == gdk_x11_get_xatom_by_name("_XEMBED") &&
        message->xclient.data.l[1] == EMBEDDED_NOTIFY)
        ((Fixture *)data)->settled = TRUE;
    return GDK_FILTER_CONTINUE;
}

static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
    ((Fixture *)data)->presence = presence;
}

static gboolean is_settled(gpointer data)
{
    return ((Fixture *)data)->settled;
}

static gboolean is_shown(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_SHOWN;
}

static gboolean has_no_tray(gpointer data)
{
    return ((Fixture *)data)->presence == WH_TRAY_ICON_NO_TRAY;
}

static gboolean tray_start(Fixture *fixture)
{
    const char *command[] = {"trayer", "--edge", "top", "--widthtype", "request", NULL};

    return g_spawn_async(NULL, (char **)command, fixture->environment,
                         G_SPAWN_SEARCH_PATH_FROM_ENVP | G_SPAWN_DO_NOT_REAP_CHILD |
                             G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                         NULL, NULL, &fixture->tray, NULL);
}

static void tray_stop(Fixture *fixture)
{
    if (fixture->tray == 0)
        return;
    kill(fixture->tray, SIGKILL);
    waitpid(fixture->tray, NULL, 0);
    fixture->tray = 0;
}

static gboolean start(Fixture *fixture, gboolean with_tray)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};
    g_autofree char *tray = g_find_program_in_path("trayer");

    fixture->environment = g_get_environ();
    fixture->panel = tray == NULL ? NULL : wh_test_panel_new();
    if (fixture->panel == NULL) {
        g_test_skip("There is no trayer or no dbus-daemon");
        g_strfreev(fixture->environment);
        return FALSE;
    }
    gdk_window_add_filter(NULL, message_seen, fixture);
    g_assert_true(!with_tray || tray_start(fixture));
    fixture->icon = wh_tray_icon_new("wayhome", WH_BINARY_DIR "/icons", &callbacks, fixture);
    wh_tray_icon_set_patience(fixture->icon, 20, 20);
    return TRUE;
}

static void stop(Fixture *fixture)
{
    gdk_window_remove_filter(NULL, message_seen, fixture);
    wh_tray_icon_free(fixture->icon);
    /* The window is gone for the X server too, before the tray could take it along. */
    gdk_display_sync(gdk_display_get_default());
    tray_stop(fixture);
    wh_test_panel_free(fixture->panel);
    for (char **entry = fixture->environment; *entry != NULL; entry++) {
        g_auto(GStrv) parts = g_strsplit(*entry, "=", 2);

        g_setenv(parts[0], parts[1], TRUE);
    }
    g_strfreev(fixture->environment);
}

static gboolean is_embedded(gpointer data)
{
    return embedded_window() != NULL;
}

static gboolean is_not_embedded(gpointer data)
{
    return embedded_window() == NULL;
}

static void test_tray_comes_and_goes(void)
{
    Fixture fixture = {0};

    if (!start(&fixture, FALSE))
        return;
    wh_helper_until(has_no_tray, &fixture);
    g_assert_true(tray_start(&fixture));
    wh_helper_until(is_shown, &fixture);
    wh_helper_until(is_settled, &fixture);
    tray_stop(&fixture);
    wh_helper_until(has_no_tray, &fixture);
    g_assert_true(tray_start(&fixture));
    wh_helper_until(is_shown, &fixture);
    stop(&fixture);
}

static void test_panel_takes_over(void)
{
    Fixture fixture = {0};

    if (!start(&fixture, TRUE))
        return;
    wh_helper_until(is_shown, &fixture);
    g_assert_true(is_embedded(NULL));
    wh_test_panel_set_present(fixture.panel, TRUE);
    wh_helper_for_count(&wh_test_panel_registrations(fixture.panel)->len, 1);
    wh_helper_until(is_not_embedded, NULL);
    g_assert_cmpint(fixture.presence, ==, WH_TRAY_ICON_SHOWN);
    wh_test_panel_set_present(fixture.panel, FALSE);
    wh_helper_until(is_embedded, NULL);
    wh_helper_until(is_shown, &fixture);
    stop(&fixture);
}

static void test_finds_its_icons(void)
{
    Fixture fixture = {0};

    if (!start(&fixture, FALSE))
        return;
    wh_helper_until(has_no_tray, &fixture);
    wh_tray_icon_set_icon(fixture.icon, "wayhome-offline", FALSE);
    wh_tray_icon_set_tooltip(fixture.icon, "A & B", "<not markup>");
    g_assert_true(gtk_icon_theme_has_icon(gtk_icon_theme_get_default(), "wayhome-offline"));
    stop(&fixture);
}

static GtkWidget *line(GtkWidget *widget, guint index)
{
    g_autoptr(GList) lines = gtk_container_get_children(GTK_CONTAINER(widget));

    return g_list_nth_data(lines, index);
}

static void test_menu(void)
{
    g_autoptr(WhTrayFace) face = wh_tray_face_new("wayhome", NULL);
    g_autoptr(GtkWidget) widget = NULL;
    Fixture fixture = {0};

    wh_tray_face_set_menu(face, menu, G_N_ELEMENTS(menu));
    widget = g_object_ref_sink(wh_xembed_menu_new(face, chosen, &fixture));
    g_assert_cmpint(fixture.chosen, ==, 0);
    g_assert_cmpstr(gtk_menu_item_get_label(GTK_MENU_ITEM(line(widget, 0))), ==, "my_desk.example");
    g_assert_false(gtk_menu_item_get_use_underline(GTK_MENU_ITEM(line(widget, 0))));
    g_assert_true(GTK_IS_SEPARATOR_MENU_ITEM(line(widget, 1)));
    g_assert_false(gtk_check_menu_item_get_active(GTK_CHECK_MENU_ITEM(line(widget, 2))));
    g_assert_true(gtk_check_menu_item_get_active(GTK_CHECK_MENU_ITEM(line(widget, 3))));
    g_assert_false(gtk_widget_get_sensitive(line(widget, 4)));
    gtk_menu_item_activate(GTK_MENU_ITEM(line(widget, 0)));
    g_assert_cmpint(fixture.chosen, ==, 7);
    gtk_menu_item_activate(GTK_MENU_ITEM(line(widget, 2)));
    g_assert_cmpint(fixture.chosen, ==, 1);
    gtk_widget_destroy(widget);
}

static void test_no_display(void)
{
    g_test_skip("whole program: there is no display; xvfb-run brings one");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!gtk_init_check(&argc, &argv)) {
        g_test_add_func("/xembed-icon/no-display", test_no_display);
        return g_test_run();
    }
    g_test_add_func("/xembed-icon/tray-comes-and-goes", test_tray_comes_and_goes);
    g_test_add_func("/xembed-icon/panel-takes-over", test_panel_takes_over);
    g_test_add_func("/xembed-icon/finds-its-icons", test_finds_its_icons);
    g_test_add_func("/xembed-icon/menu", test_menu);
    return g_test_run();
}
