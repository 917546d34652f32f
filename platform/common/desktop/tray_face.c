#include "platform/common/desktop/tray_face.h"

static void item_clear(gpointer data)
{
    WhTrayMenuItem *item = data;

    g_free((char *)item->label);
}

static gboolean text_set(char **text, const char *value)
{
    if (value == NULL)
        value = "";
    if (g_strcmp0(*text, value) == 0)
        return FALSE;
    g_free(*text);
    *text = g_strdup(value);
    return TRUE;
}

WhTrayFace *wh_tray_face_new(const char *id, const char *icon_folder)
{
    WhTrayFace *face = g_new0(WhTrayFace, 1);

    text_set(&face->id, id);
    text_set(&face->icon_folder, icon_folder);
    text_set(&face->icon, id);
    text_set(&face->title, id);
    text_set(&face->body, NULL);
    face->menu = g_array_new(FALSE, FALSE, sizeof(WhTrayMenuItem));
    g_array_set_clear_func(face->menu, item_clear);
    return face;
}

void wh_tray_face_free(WhTrayFace *face)
{
    if (face == NULL)
        return;
    g_free(face->id);
    g_free(face->icon_folder);
    g_free(face->icon);
    g_free(face->title);
    g_free(face->body);
    g_array_unref(face->menu);
    g_free(face);
}

gboolean wh_tray_face_set_icon(WhTrayFace *face, const char *name, gboolean attention)
{
    gboolean differs = text_set(&face->icon, name);

    differs = differs || !face->attention != !attention;
    face->attention = attention;
    return differs;
}

gboolean wh_tray_face_set_tooltip(WhTrayFace *face, const char *title, const char *body)
{
    gboolean title_differs = text_set(&face->title, title);
    gboolean body_differs = text_set(&face->body, body);

    return title_differs || body_differs;
}

static gboolean item_equal(const WhTrayMenuItem *a, const WhTrayMenuItem *b)
{
    return a->id == b->id && g_strcmp0(a->label, b->label) == 0 &&
           !a->insensitive == !b->insensitive && !a->checkable == !b->checkable &&
           !a->checked == !b->checked;
}

static gboolean menu_equal(const GArray *menu, const WhTrayMenuItem *items, guint count)
{
    if (menu->len != count)
        return FALSE;
    for (guint i = 0; i < count; i++)
        if (!item_equal(&g_array_index(menu, WhTrayMenuItem, i), &items[i]))
            return FALSE;
    return TRUE;
}

gboolean wh_tray_face_set_menu(WhTrayFace *face, const WhTrayMenuItem *items, guint count)
{
    if (menu_equal(face->menu, items, count))
        return FALSE;
    g_array_set_size(face->menu, 0);
    for (guint i = 0; i < count; i++) {
        WhTrayMenuItem item = items[i];

        item.label = g_strdup(item.label);
        g_array_append_val(face->menu, item);
    }
    return TRUE;
}

gboolean wh_tray_face_can_choose(WhTrayFace *face, int id)
{
    if (id <= 0)
        return FALSE;
    for (guint i = 0; i < face->menu->len; i++) {
        const WhTrayMenuItem *item = &g_array_index(face->menu, WhTrayMenuItem, i);

        if (item->id == id)
            return !item->insensitive;
    }
    return FALSE;
}
