#include "platform/linux/desktop/dbus_menu_difference.h"

gboolean wh_dbus_menu_difference_is_of_layout(GVariant *before, GVariant *now)
{
    gsize count = g_variant_n_children(now);

    if (g_variant_n_children(before) != count)
        return TRUE;
    for (gsize i = 0; i < count; i++) {
        int one;
        int other;

        g_variant_get_child(before, i, "(i@a{sv})", &one, NULL);
        g_variant_get_child(now, i, "(i@a{sv})", &other, NULL);
        if (one != other)
            return TRUE;
    }
    return FALSE;
}

static GVariant *properties_of(GVariant *lines, int id)
{
    GVariantIter iter;
    GVariant *properties;
    int found;

    g_variant_iter_init(&iter, lines);
    while (g_variant_iter_next(&iter, "(i@a{sv})", &found, &properties)) {
        if (found == id)
            return properties;
        g_variant_unref(properties);
    }
    return NULL;
}

static void add_vanished(GVariantBuilder *removed, int id, GVariant *before, GVariant *now)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    GVariantIter iter;
    const char *name;

    g_variant_iter_init(&iter, before);
    while (g_variant_iter_next(&iter, "{&sv}", &name, NULL)) {
        g_autoptr(GVariant) value = g_variant_lookup_value(now, name, NULL);

        if (value == NULL)
            g_ptr_array_add(names, (gpointer)name);
    }
    if (names->len > 0)
        g_variant_builder_add(
            removed, "(i@as)", id,
            g_variant_new_strv((const char *const *)names->pdata, (gssize)names->len));
}

GVariant *wh_dbus_menu_difference_of_properties(GVariant *before, GVariant *now)
{
    g_auto(GVariantBuilder) updated = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(ia{sv})"));
    g_auto(GVariantBuilder) removed = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(ias)"));
    gboolean differs = FALSE;
    GVariantIter iter;
    GVariant *properties;
    int id;

    g_variant_iter_init(&iter, now);
    while (g_variant_iter_next(&iter, "(i@a{sv})", &id, &properties)) {
        g_autoptr(GVariant) owned = properties;
        g_autoptr(GVariant) old = properties_of(before, id);

        if (old == NULL || g_variant_equal(old, owned))
            continue;
        differs = TRUE;
        g_variant_builder_add(&updated, "(i@a{sv})", id, owned);
        add_vanished(&removed, id, old, owned);
    }
    return differs ? g_variant_new("(a(ia{sv})a(ias))", &updated, &removed) : NULL;
}
