#include "platform/linux/desktop/xembed_icon.h"

#include "platform/linux/desktop/xembed_menu.h"

#include <gdk/gdkx.h>

/* GTK gives no other way to such a tray than this class, which it calls deprecated. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

struct WhXembedIcon {
    WhTrayFace *face;
    WhXembedIconCallbacks callbacks;
    gpointer data;
    GtkStatusIcon *status;
    GtkWidget *menu; /* the one that was opened last */
};

static void menu_drop(WhXembedIcon *icon)
{
    if (icon->menu == NULL)
        return;
    gtk_widget_destroy(icon->menu);
    g_clear_object(&icon->menu);
}

/* The menu may be older than what can be chosen. */
static void line_chosen(int id, gpointer data)
{
    WhXembedIcon *icon = data;

    if (wh_tray_face_can_choose(icon->face, id))
        icon->callbacks.chosen(id, icon->data);
}

static void activated(GtkStatusIcon *status, gpointer data)
{
    WhXembedIcon *icon = data;

    icon->callbacks.activated(icon->data);
}

static gboolean released(GtkStatusIcon *status, GdkEventButton *event, gpointer data)
{
    WhXembedIcon *icon = data;

    if (event->button != GDK_BUTTON_MIDDLE)
        return GDK_EVENT_PROPAGATE;
    icon->callbacks.activated(icon->data);
    return GDK_EVENT_STOP;
}

static void menu_wanted(GtkStatusIcon *status, guint button, guint time, gpointer data)
{
    WhXembedIcon *icon = data;

    menu_drop(icon);
    icon->menu = g_object_ref_sink(wh_xembed_menu_new(icon->face, line_chosen, icon));
    gtk_menu_popup(GTK_MENU(icon->menu), NULL, NULL, gtk_status_icon_position_menu, status, button,
                   time);
}

static void embedded_changed(GObject *status, GParamSpec *property, gpointer data)
{
    WhXembedIcon *icon = data;

    icon->callbacks.embedded_changed(icon->data);
}

/* Once is enough; GTK keeps a folder that is given twice, and looks there twice. */
static void folder_offer(const char *folder)
{
    GtkIconTheme *theme = gtk_icon_theme_get_default();
    g_auto(GStrv) known = NULL;

    gtk_icon_theme_get_search_path(theme, &known, NULL);
    if (*folder != '\0' && !g_strv_contains((const char *const *)known, folder))
        gtk_icon_theme_append_search_path(theme, folder);
}

/* Windows are embedded under X only; elsewhere GTK's class is of no use, and loud. */
static gboolean display_embeds(void)
{
    GdkDisplay *display = gdk_display_get_default();

    return display != NULL && GDK_IS_X11_DISPLAY(display);
}

WhXembedIcon *wh_xembed_icon_new(WhTrayFace *face, const WhXembedIconCallbacks *callbacks,
                                 gpointer data)
{
    WhXembedIcon *icon;

    if (!display_embeds())
        return NULL;
    icon = g_new0(WhXembedIcon, 1);
    icon->face = face;
    icon->callbacks = *callbacks;
    icon->data = data;
    folder_offer(face->icon_folder);
    icon->status = gtk_status_icon_new_from_icon_name(face->icon);
    wh_xembed_icon_update(icon);
    g_signal_connect(icon->status, "activate", G_CALLBACK(activated), icon);
    g_signal_connect(icon->status, "button-release-event", G_CALLBACK(released), icon);
    g_signal_connect(icon->status, "popup-menu", G_CALLBACK(menu_wanted), icon);
    g_signal_connect(icon->status, "notify::embedded", G_CALLBACK(embedded_changed), icon);
    return icon;
}

void wh_xembed_icon_free(WhXembedIcon *icon)
{
    if (icon == NULL)
        return;
    g_signal_handlers_disconnect_by_data(icon->status, icon);
    menu_drop(icon);
    gtk_status_icon_set_visible(icon->status, FALSE);
    g_object_unref(icon->status);
    g_free(icon);
}

gboolean wh_xembed_icon_is_embedded(WhXembedIcon *icon)
{
    return icon != NULL && gtk_status_icon_is_embedded(icon->status);
}

void wh_xembed_icon_update(WhXembedIcon *icon)
{
    const WhTrayFace *face = icon->face;
    g_autofree char *markup = g_markup_printf_escaped(
        *face->body == '\0' ? "<b>%s</b>%s" : "<b>%s</b>\n%s", face->title, face->body);

    if (g_strcmp0(gtk_status_icon_get_icon_name(icon->status), face->icon) != 0)
        gtk_status_icon_set_from_icon_name(icon->status, face->icon);
    gtk_status_icon_set_title(icon->status, face->title);
    gtk_status_icon_set_tooltip_markup(icon->status, markup);
}

G_GNUC_END_IGNORE_DEPRECATIONS
