#include "platform/linux/desktop/dbus_menu_layout.h"

#define ROOT 0
#define FIRST_SEPARATOR (1 << 30)

static const WhTrayMenuItem *line(const WhTrayFace *face, guint index)
{
    return &g_array_index(face->menu, WhTrayMenuItem, index);
}

static int line_id(const WhTrayFace *face, guint index)
{
    int id = line(face, index)->id;

    return id == 0 ? FIRST_SEPARATOR + (int)index : id;
}

static const WhTrayMenuItem *find(const WhTrayFace *face, int id)
{
    for (guint i = 0; i < face->menu->len; i++)
        if (line_id(face, i) == id)
            return line(face, i);
    return NULL;
}

gboolean wh_dbus_menu_layout_has(const WhTrayFace *face, int id)
{
    return id == ROOT || find(face, id) != NULL;
}

static void add(GVariantBuilder *properties, const char *const *names, const char *name,
                GVariant *value)
{
    g_autoptr(GVariant) owned = g_variant_ref_sink(value);

    if (names == NULL || names[0] == NULL || g_strv_contains(names, name))
        g_variant_builder_add(properties, "{sv}", name, owned);
}

/* One underscore marks the key that chooses the line; two are one that is shown. */
static GVariant *label_value(const char *label)
{
    g_auto(GStrv) parts = g_strsplit(label, "_", -1);

    return g_variant_new_take_string(g_strjoinv("__", parts));
}

static void add_line(GVariantBuilder *properties, const char *const *names,
                     const WhTrayMenuItem *item)
{
    if (item->id == 0) {
        add(properties, names, "type", g_variant_new_string("separator"));
        return;
    }
    add(properties, names, "label", label_value(item->label == NULL ? "" : item->label));
    add(properties, names, "enabled", g_variant_new_boolean(!item->insensitive));
    add(properties, names, "visible", g_variant_new_boolean(TRUE));
    if (item->checkable) {
        add(properties, names, "toggle-type", g_variant_new_string("checkmark"));
        add(properties, names, "toggle-state", g_variant_new_int32(item->checked ? 1 : 0));
    }
}

GVariant *wh_dbus_menu_layout_properties(const WhTrayFace *face, int id, const char *const *names)
{
    g_auto(GVariantBuilder) properties = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);

    if (id == ROOT)
        add(&properties, names, "children-display", g_variant_new_string("submenu"));
    else
        add_line(&properties, names, find(face, id));
    return g_variant_builder_end(&properties);
}

static void add_to_group(GVariantBuilder *group, const WhTrayFace *face, int id,
                         const char *const *names)
{
    g_variant_builder_add(group, "(i@a{sv})", id, wh_dbus_menu_layout_properties(face, id, names));
}

static gboolean is_repeated(const int *ids, gsize index)
{
    for (gsize i = 0; i < index; i++)
        if (ids[i] == ids[index])
            return TRUE;
    return FALSE;
}

GVariant *wh_dbus_menu_layout_group(const WhTrayFace *face, const int *ids, gsize count,
                                    const char *const *names)
{
    g_auto(GVariantBuilder) group = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(ia{sv})"));

    for (gsize i = 0; i < count; i++)
        if (wh_dbus_menu_layout_has(face, ids[i]) && !is_repeated(ids, i))
            add_to_group(&group, face, ids[i], names);
    if (count == 0) {
        add_to_group(&group, face, ROOT, names);
        for (guint i = 0; i < face->menu->len; i++)
            add_to_group(&group, face, line_id(face, i), names);
    }
    return g_variant_builder_end(&group);
}

GVariant *wh_dbus_menu_layout_tree(const WhTrayFace *face, int id, int depth,
                                   const char *const *names)
{
    g_auto(GVariantBuilder) children = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("av"));

    if (id == ROOT && depth != 0)
        for (guint i = 0; i < face->menu->len; i++)
            g_variant_builder_add(&children, "v",
                                  wh_dbus_menu_layout_tree(face, line_id(face, i), 0, names));
    return g_variant_new("(i@a{sv}av)", id, wh_dbus_menu_layout_properties(face, id, names),
                         &children);
}
