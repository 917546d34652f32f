#include "platform/tray_icon.h"

#include "platform/common/desktop/tray_face.h"
#include "platform/windows/desktop/desk.h"
#include "platform/windows/desktop/icon_image.h"

/* desk: NULL when the system has no more windows; then there is no tray for this program. */
struct WhTrayIcon {
    WhTrayIconCallbacks callbacks;
    gpointer data;
    WhTrayFace *face;
    WhTrayIconPresence presence;
    WhDesk *desk;
    guint picture_size;
    guint complaint; /* the source that says that there is no tray */
};

static void activated(gpointer data)
{
    WhTrayIcon *icon = data;

    icon->callbacks.activated(icon->data);
}

/* The menu may be older than what can be chosen. */
static void chosen(int id, gpointer data)
{
    WhTrayIcon *icon = data;

    if (wh_tray_face_can_choose(icon->face, id))
        icon->callbacks.chosen(id, icon->data);
}

/* The last thing whoever calls this does: the callee may free the icon. */
static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
    WhTrayIcon *icon = data;

    if (icon->presence == presence)
        return;
    icon->presence = presence;
    icon->callbacks.presence(presence, icon->data);
}

static void picture_update(WhTrayIcon *icon)
{
    icon->picture_size = wh_desk_icon_size(icon->desk, FALSE);
    wh_desk_tray_set_picture(
        icon->desk,
        wh_icon_image_new(icon->face->icon, icon->face->icon_folder, icon->picture_size));
}

static void resized(gpointer data)
{
    WhTrayIcon *icon = data;

    if (icon->picture_size != wh_desk_icon_size(icon->desk, FALSE))
        picture_update(icon);
}

static void tip_update(WhTrayIcon *icon)
{
    const WhTrayFace *face = icon->face;
    g_autofree char *tip =
        g_strconcat(face->title, *face->body != '\0' ? "\n" : NULL, face->body, NULL);

    wh_desk_tray_set_tip(icon->desk, tip);
}

static gboolean no_desk(gpointer data)
{
    WhTrayIcon *icon = data;

    icon->complaint = 0;
    presence_changed(WH_TRAY_ICON_NO_TRAY, icon);
    return G_SOURCE_REMOVE;
}

WhTrayIcon *wh_tray_icon_new(const char *id, const char *icon_folder,
                             const WhTrayIconCallbacks *callbacks, gpointer data)
{
    static const WhDeskTrayFuncs funcs = {{activated, chosen, presence_changed}, resized};
    WhTrayIcon *icon = g_new0(WhTrayIcon, 1);

    icon->callbacks = *callbacks;
    icon->data = data;
    icon->face = wh_tray_face_new(id, icon_folder);
    icon->desk = wh_desk_acquire();
    if (icon->desk == NULL) {
        icon->complaint = g_idle_add(no_desk, icon);
        return icon;
    }
    wh_desk_tray_open(icon->desk, &funcs, icon);
    picture_update(icon);
    tip_update(icon);
    wh_desk_tray_show(icon->desk);
    return icon;
}

void wh_tray_icon_free(WhTrayIcon *icon)
{
    if (icon == NULL)
        return;
    if (icon->desk != NULL)
        wh_desk_tray_close(icon->desk);
    wh_desk_release(icon->desk);
    if (icon->complaint != 0)
        g_source_remove(icon->complaint);
    wh_tray_face_free(icon->face);
    g_free(icon);
}

/* Windows leaves it to the person which icons stay in view: `attention` is the picture's own. */
void wh_tray_icon_set_icon(WhTrayIcon *icon, const char *name, gboolean attention)
{
    if (wh_tray_face_set_icon(icon->face, name, attention) && icon->desk != NULL)
        picture_update(icon);
}

void wh_tray_icon_set_tooltip(WhTrayIcon *icon, const char *title, const char *body)
{
    if (wh_tray_face_set_tooltip(icon->face, title, body) && icon->desk != NULL)
        tip_update(icon);
}

void wh_tray_icon_set_menu(WhTrayIcon *icon, const WhTrayMenuItem *items, guint count)
{
    if (wh_tray_face_set_menu(icon->face, items, count) && icon->desk != NULL)
        wh_desk_tray_set_menu(icon->desk, icon->face->menu);
}

WhTrayIconPresence wh_tray_icon_presence(WhTrayIcon *icon)
{
    return icon->presence;
}
