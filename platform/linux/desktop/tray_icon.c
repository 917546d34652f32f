#include "platform/tray_icon.h"

#include "platform/linux/desktop/dbus_menu.h"
#include "platform/linux/desktop/status_notifier_item.h"
#include "platform/linux/desktop/tray_icon_private.h"
#include "platform/linux/desktop/tray_watcher.h"
#include "platform/linux/desktop/xembed_icon.h"

#define PANEL_MILLISECONDS 1000
#define OLD_TRAY_MILLISECONDS 3000

/* An icon over D-Bus from the start to the end. While no panel shows it, an embedded one besides.
 */
struct WhTrayIcon {
    WhTrayIconCallbacks callbacks;
    gpointer data;
    WhTrayFace *face;
    WhTrayIconPresence presence;
    GCancellable *connecting;
    WhStatusNotifierItem *item; /* this and the next two: NULL without a bus */
    WhDbusMenu *menu;
    WhTrayWatcher *watcher;
    WhXembedIcon *xembed;
    guint patience; /* the timer that runs out for the panel, or for the older tray */
    guint panel_milliseconds;
    guint old_tray_milliseconds;
};

/* The last thing whoever calls this does: the callee may free the icon. */
static void presence_set(WhTrayIcon *icon, WhTrayIconPresence presence)
{
    if (icon->presence == presence)
        return;
    icon->presence = presence;
    icon->callbacks.presence(presence, icon->data);
}

static void patience_end(WhTrayIcon *icon)
{
    if (icon->patience != 0)
        g_source_remove(icon->patience);
    icon->patience = 0;
}

static void patience_start(WhTrayIcon *icon, guint milliseconds, GSourceFunc over)
{
    patience_end(icon);
    icon->patience = g_timeout_add(milliseconds, over, icon);
}

static void activated(gpointer data)
{
    WhTrayIcon *icon = data;

    icon->callbacks.activated(icon->data);
}

static void chosen(int id, gpointer data)
{
    WhTrayIcon *icon = data;

    icon->callbacks.chosen(id, icon->data);
}

static gboolean old_tray_over(gpointer data)
{
    WhTrayIcon *icon = data;

    icon->patience = 0;
    presence_set(icon, WH_TRAY_ICON_NO_TRAY);
    return G_SOURCE_REMOVE;
}

/* Shown, or waiting for a tray that embeds: it may have gone for a restart only. */
static void embedded_changed(gpointer data)
{
    WhTrayIcon *icon = data;

    if (wh_xembed_icon_is_embedded(icon->xembed)) {
        patience_end(icon);
        presence_set(icon, WH_TRAY_ICON_SHOWN);
        return;
    }
    patience_start(icon, icon->old_tray_milliseconds, old_tray_over);
    presence_set(icon, WH_TRAY_ICON_LOOKING);
}

static gboolean panel_over(gpointer data)
{
    static const WhXembedIconCallbacks callbacks = {activated, chosen, embedded_changed};
    WhTrayIcon *icon = data;

    icon->patience = 0;
    icon->xembed = wh_xembed_icon_new(icon->face, &callbacks, icon);
    if (icon->xembed == NULL)
        presence_set(icon, WH_TRAY_ICON_NO_TRAY);
    else
        embedded_changed(icon);
    return G_SOURCE_REMOVE;
}

static void look(WhTrayIcon *icon)
{
    patience_start(icon, icon->panel_milliseconds, panel_over);
    presence_set(icon, WH_TRAY_ICON_LOOKING);
}

static void hosted_changed(gpointer data)
{
    WhTrayIcon *icon = data;

    if (!wh_tray_watcher_is_hosted(icon->watcher)) {
        look(icon);
        return;
    }
    patience_end(icon);
    g_clear_pointer(&icon->xembed, wh_xembed_icon_free);
    presence_set(icon, WH_TRAY_ICON_SHOWN);
}

static void bus_use(WhTrayIcon *icon, GDBusConnection *bus)
{
    icon->item = wh_status_notifier_item_new(bus, icon->face, activated, icon);
    icon->menu = wh_dbus_menu_new(bus, icon->face, chosen, icon);
    if (icon->item != NULL && icon->menu != NULL)
        icon->watcher = wh_tray_watcher_new(bus, hosted_changed, icon);
}

/* Without a bus no panel can answer: the older kind of tray is tried in the same breath. */
static void bus_connected(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);
    WhTrayIcon *icon = data;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (bus != NULL) {
        bus_use(icon, bus);
        return;
    }
    g_info("The icon is not offered over D-Bus: %s", error->message);
    if (icon->xembed != NULL)
        return;
    patience_end(icon);
    panel_over(icon);
}

WhTrayIcon *wh_tray_icon_new(const char *id, const char *icon_folder,
                             const WhTrayIconCallbacks *callbacks, gpointer data)
{
    WhTrayIcon *icon = g_new0(WhTrayIcon, 1);

    icon->callbacks = *callbacks;
    icon->data = data;
    icon->face = wh_tray_face_new(id, icon_folder);
    icon->connecting = g_cancellable_new();
    icon->panel_milliseconds = PANEL_MILLISECONDS;
    icon->old_tray_milliseconds = OLD_TRAY_MILLISECONDS;
    g_bus_get(G_BUS_TYPE_SESSION, icon->connecting, bus_connected, icon);
    look(icon);
    return icon;
}

void wh_tray_icon_free(WhTrayIcon *icon)
{
    if (icon == NULL)
        return;
    patience_end(icon);
    g_cancellable_cancel(icon->connecting);
    g_object_unref(icon->connecting);
    wh_tray_watcher_free(icon->watcher);
    wh_dbus_menu_free(icon->menu);
    wh_status_notifier_item_free(icon->item);
    wh_xembed_icon_free(icon->xembed);
    wh_tray_face_free(icon->face);
    g_free(icon);
}

void wh_tray_icon_set_icon(WhTrayIcon *icon, const char *name, gboolean attention)
{
    if (!wh_tray_face_set_icon(icon->face, name, attention))
        return;
    if (icon->item != NULL)
        wh_status_notifier_item_icon_changed(icon->item);
    if (icon->xembed != NULL)
        wh_xembed_icon_update(icon->xembed);
}

void wh_tray_icon_set_tooltip(WhTrayIcon *icon, const char *title, const char *body)
{
    if (!wh_tray_face_set_tooltip(icon->face, title, body))
        return;
    if (icon->item != NULL)
        wh_status_notifier_item_tooltip_changed(icon->item);
    if (icon->xembed != NULL)
        wh_xembed_icon_update(icon->xembed);
}

void wh_tray_icon_set_menu(WhTrayIcon *icon, const WhTrayMenuItem *items, guint count)
{
    if (wh_tray_face_set_menu(icon->face, items, count) && icon->menu != NULL)
        wh_dbus_menu_changed(icon->menu);
}

WhTrayIconPresence wh_tray_icon_presence(WhTrayIcon *icon)
{
    return icon->presence;
}

void wh_tray_icon_set_patience(WhTrayIcon *icon, guint panel, guint old_tray)
{
    icon->panel_milliseconds = panel;
    icon->old_tray_milliseconds = old_tray;
    if (icon->presence == WH_TRAY_ICON_LOOKING && icon->xembed == NULL)
        look(icon);
}
