#include "app/model/item_private.h"

#include <string.h>

#define READ_ONLY (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

void wh_item_install_text(GObjectClass *class, guint id, const char *name)
{
    g_object_class_install_property(class, id,
                                    g_param_spec_string(name, NULL, NULL, NULL, READ_ONLY));
}

void wh_item_install_flag(GObjectClass *class, guint id, const char *name)
{
    g_object_class_install_property(class, id,
                                    g_param_spec_boolean(name, NULL, NULL, FALSE, READ_ONLY));
}

void wh_item_install_number(GObjectClass *class, guint id, const char *name)
{
    g_object_class_install_property(
        class, id, g_param_spec_int64(name, NULL, NULL, G_MININT64, G_MAXINT64, 0, READ_ONLY));
}

void wh_item_install_choice(GObjectClass *class, guint id, const char *name, GType type)
{
    g_object_class_install_property(class, id,
                                    g_param_spec_enum(name, NULL, NULL, type, 0, READ_ONLY));
}

void wh_item_install_object(GObjectClass *class, guint id, const char *name, GType type)
{
    g_object_class_install_property(class, id,
                                    g_param_spec_object(name, NULL, NULL, type, READ_ONLY));
}

gboolean wh_item_take_text(gpointer object, const char *property, char **where, char *text)
{
    if (g_strcmp0(*where, text) == 0) {
        g_free(text);
        return FALSE;
    }
    g_free(*where);
    *where = text;
    g_object_notify(object, property);
    return TRUE;
}

gboolean wh_item_set_text(gpointer object, const char *property, char **where, const char *text)
{
    return wh_item_take_text(object, property, where, g_strdup(text));
}

gboolean wh_item_set_number(gpointer object, const char *property, gint64 *where, gint64 number)
{
    if (*where == number)
        return FALSE;
    *where = number;
    g_object_notify(object, property);
    return TRUE;
}

gboolean wh_item_set_choice(gpointer object, const char *property, int *where, int choice)
{
    if (*where == choice)
        return FALSE;
    *where = choice;
    g_object_notify(object, property);
    return TRUE;
}

const char *wh_item_text(json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text != NULL ? text : "";
}

gint64 wh_item_number(json_t *object, const char *member)
{
    return json_integer_value(json_object_get(object, member));
}

gboolean wh_item_flag(json_t *object, const char *member)
{
    return json_is_true(json_object_get(object, member));
}

json_t *wh_item_find(json_t *array, const char *member, const char *text)
{
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
    {
        if (strcmp(wh_item_text(element, member), text) == 0)
            return element;
    }
    return NULL;
}

const char *wh_item_family(json_t *object)
{
    const char *family = wh_item_text(object, "family");
    if (strcmp(family, "ipv4") == 0)
        return "IPv4";
    return strcmp(family, "ipv6") == 0 ? "IPv6" : "";
}
