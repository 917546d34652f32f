#include "app/tray/tray.h"

/* status and tooltip: what the icon shows now; status -1: nothing so far. */
struct WhTray {
    WhModel *model;
    char *name;
    WhTrayIcon *icon;
    WhTrayMenu *menu;
    WhTrayFuncs funcs;
    gpointer data;
    int status;
    char *tooltip;
};

static void activated(gpointer data)
{
    WhTray *tray = data;
    WhTrayChoice choice = {.action = WH_TRAY_OPEN};

    tray->funcs.chosen(&choice, tray->data);
}

static void chosen(int id, gpointer data)
{
    WhTray *tray = data;
    WhTrayChoice choice;
    g_autofree char *host = NULL;
    g_autofree char *address = NULL;

    if (!wh_tray_menu_choice(tray->menu, id, &choice))
        return;
    /* The menu may be written anew while the choice is carried out. */
    choice.host = host = g_strdup(choice.host);
    choice.address = address = g_strdup(choice.address);
    tray->funcs.chosen(&choice, tray->data);
}

static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
    WhTray *tray = data;

    if (tray->funcs.presence != NULL)
        tray->funcs.presence(presence, tray->data);
}

static void show_status(WhTray *tray, WhStatus status)
{
    if (tray->status == (int)status)
        return;
    tray->status = (int)status;
    wh_tray_icon_set_icon(tray->icon, wh_status_icon(status), status == WH_STATUS_ATTENTION);
}

static void show_tooltip(WhTray *tray)
{
    g_autofree char *tooltip = wh_tray_menu_tooltip(tray->model);

    if (g_strcmp0(tray->tooltip, tooltip) == 0)
        return;
    wh_tray_icon_set_tooltip(tray->icon, tray->name, tooltip);
    g_free(tray->tooltip);
    tray->tooltip = g_steal_pointer(&tooltip);
}

static void show_menu(WhTray *tray)
{
    guint count;
    const WhTrayMenuItem *items;

    if (!wh_tray_menu_update(tray->menu, tray->model))
        return;
    items = wh_tray_menu_items(tray->menu, &count);
    wh_tray_icon_set_menu(tray->icon, items, count);
}

static void changed(WhModel *model, gpointer data)
{
    WhTray *tray = data;

    show_status(tray, wh_model_status(model));
    show_tooltip(tray);
    show_menu(tray);
}

WhTray *wh_tray_new(WhModel *model, const char *id, const char *name, const char *icon_folder,
                    const WhTrayFuncs *funcs, gpointer data)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};
    WhTray *tray = g_new0(WhTray, 1);

    tray->model = g_object_ref(model);
    tray->name = g_strdup(name);
    tray->menu = wh_tray_menu_new(name);
    tray->funcs = *funcs;
    tray->data = data;
    tray->status = -1;
    tray->icon = wh_tray_icon_new(id, icon_folder, &callbacks, tray);
    g_signal_connect(model, "changed", G_CALLBACK(changed), tray);
    changed(model, tray);
    return tray;
}

void wh_tray_free(WhTray *tray)
{
    if (tray == NULL)
        return;
    g_signal_handlers_disconnect_by_data(tray->model, tray);
    wh_tray_icon_free(tray->icon);
    wh_tray_menu_free(tray->menu);
    g_object_unref(tray->model);
    g_free(tray->name);
    g_free(tray->tooltip);
    g_free(tray);
}

WhTrayIconPresence wh_tray_presence(WhTray *tray)
{
    return wh_tray_icon_presence(tray->icon);
}
