#include "platform/linux/desktop/dbus_menu.h"

#include "platform/linux/desktop/dbus_menu_difference.h"
#include "platform/linux/desktop/dbus_menu_layout.h"

#include <gtk/gtk.h>

#define INTERFACE "com.canonical.dbusmenu"
#define PROTOCOL_VERSION 3

/* More events or ids than this in one message mean no menu that a person sees. */
#define GROUP_MOST 1024

static const char xml[] =
    "<node><interface name='" INTERFACE "'>"
    "<property name='Version' type='u' access='read'/>"
    "<property name='TextDirection' type='s' access='read'/>"
    "<property name='Status' type='s' access='read'/>"
    "<property name='IconThemePath' type='as' access='read'/>"
    "<method name='GetLayout'><arg name='parentId' type='i' direction='in'/>"
    "<arg name='recursionDepth' type='i' direction='in'/>"
    "<arg name='propertyNames' type='as' direction='in'/>"
    "<arg name='revision' type='u' direction='out'/>"
    "<arg name='layout' type='(ia{sv}av)' direction='out'/></method>"
    "<method name='GetGroupProperties'><arg name='ids' type='ai' direction='in'/>"
    "<arg name='propertyNames' type='as' direction='in'/>"
    "<arg name='properties' type='a(ia{sv})' direction='out'/></method>"
    "<method name='GetProperty'><arg name='id' type='i' direction='in'/>"
    "<arg name='name' type='s' direction='in'/>"
    "<arg name='value' type='v' direction='out'/></method>"
    "<method name='Event'><arg name='id' type='i' direction='in'/>"
    "<arg name='eventId' type='s' direction='in'/><arg name='data' type='v' direction='in'/>"
    "<arg name='timestamp' type='u' direction='in'/></method>"
    "<method name='EventGroup'><arg name='events' type='a(isvu)' direction='in'/>"
    "<arg name='idErrors' type='ai' direction='out'/></method>"
    "<method name='AboutToShow'><arg name='id' type='i' direction='in'/>"
    "<arg name='needUpdate' type='b' direction='out'/></method>"
    "<method name='AboutToShowGroup'><arg name='ids' type='ai' direction='in'/>"
    "<arg name='updatesNeeded' type='ai' direction='out'/>"
    "<arg name='idErrors' type='ai' direction='out'/></method>"
    "<signal name='LayoutUpdated'><arg name='revision' type='u'/><arg name='parent' type='i'/>"
    "</signal>"
    "<signal name='ItemsPropertiesUpdated'><arg name='updatedProps' type='a(ia{sv})'/>"
    "<arg name='removedProps' type='a(ias)'/></signal>"
    "</interface></node>";

/* told: the lines as hosts know them, see dbus_menu_difference.h. */
struct WhDbusMenu {
    GDBusConnection *bus;
    WhTrayFace *face;
    guint object;
    guint32 revision;
    GVariant *told;
    WhDbusMenuFunc chosen;
    gpointer data;
};

/* The line that the message chooses, 0 for none: known once it is answered, because the callee may
 * free the menu. */
typedef int (*Method)(WhDbusMenu *menu, GVariant *parameters, GDBusMethodInvocation *invocation);

static gboolean knows(WhDbusMenu *menu, int id, GDBusMethodInvocation *invocation)
{
    if (wh_dbus_menu_layout_has(menu->face, id))
        return TRUE;
    g_dbus_method_invocation_return_error(invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                          "The menu has no line %d", id);
    return FALSE;
}

static int get_layout(WhDbusMenu *menu, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    g_autofree const char **names = NULL;
    int parent;
    int depth;

    g_variant_get(parameters, "(ii^a&s)", &parent, &depth, &names);
    if (knows(menu, parent, invocation))
        g_dbus_method_invocation_return_value(
            invocation, g_variant_new("(u@(ia{sv}av))", menu->revision,
                                      wh_dbus_menu_layout_tree(menu->face, parent, depth, names)));
    return 0;
}

static int get_group_properties(WhDbusMenu *menu, GVariant *parameters,
                                GDBusMethodInvocation *invocation)
{
    g_autoptr(GVariant) ids = NULL;
    g_autofree const char **names = NULL;
    gsize count;
    const int *values;

    g_variant_get(parameters, "(@ai^a&s)", &ids, &names);
    values = g_variant_get_fixed_array(ids, &count, sizeof *values);
    g_dbus_method_invocation_return_value(
        invocation,
        g_variant_new("(@a(ia{sv}))", wh_dbus_menu_layout_group(menu->face, values,
                                                                MIN(count, GROUP_MOST), names)));
    return 0;
}

static int get_property_of_line(WhDbusMenu *menu, GVariant *parameters,
                                GDBusMethodInvocation *invocation)
{
    g_autoptr(GVariant) properties = NULL;
    g_autoptr(GVariant) value = NULL;
    const char *name;
    int id;

    g_variant_get(parameters, "(i&s)", &id, &name);
    if (!knows(menu, id, invocation))
        return 0;
    properties = g_variant_ref_sink(wh_dbus_menu_layout_properties(menu->face, id, NULL));
    value = g_variant_lookup_value(properties, name, NULL);
    if (value == NULL)
        g_dbus_method_invocation_return_error(invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                              "Line %d has no property %s", id, name);
    else
        g_dbus_method_invocation_return_value(invocation, g_variant_new("(v)", value));
    return 0;
}

static int click(WhDbusMenu *menu, int id, const char *what)
{
    return g_str_equal(what, "clicked") && wh_tray_face_can_choose(menu->face, id) ? id : 0;
}

static int event(WhDbusMenu *menu, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    const char *what;
    int id;

    g_variant_get(parameters, "(i&svu)", &id, &what, NULL, NULL);
    if (!knows(menu, id, invocation))
        return 0;
    g_dbus_method_invocation_return_value(invocation, NULL);
    return click(menu, id, what);
}

/* A click closes the menu: of several in one message only the first counts. */
static int event_group(WhDbusMenu *menu, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    g_autoptr(GVariantIter) events = NULL;
    g_auto(GVariantBuilder) unknown = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("ai"));
    gboolean none_known;
    const char *what;
    int chosen = 0;
    int id;

    g_variant_get(parameters, "(a(isvu))", &events);
    none_known = g_variant_iter_n_children(events) > 0;
    for (guint i = 0;
         i < GROUP_MOST && g_variant_iter_next(events, "(i&svu)", &id, &what, NULL, NULL); i++) {
        gboolean known = wh_dbus_menu_layout_has(menu->face, id);

        none_known = none_known && !known;
        if (!known)
            g_variant_builder_add(&unknown, "i", id);
        else if (chosen == 0)
            chosen = click(menu, id, what);
    }
    if (none_known)
        g_dbus_method_invocation_return_error(invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                              "The menu has none of these lines");
    else
        g_dbus_method_invocation_return_value(invocation, g_variant_new("(ai)", &unknown));
    return chosen;
}

/* The layout is always as it should be: nothing has to be fetched before the menu opens. */
static int about_to_show(WhDbusMenu *menu, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    int id;

    g_variant_get(parameters, "(i)", &id);
    if (knows(menu, id, invocation))
        g_dbus_method_invocation_return_value(invocation, g_variant_new("(b)", FALSE));
    return 0;
}

static int about_to_show_group(WhDbusMenu *menu, GVariant *parameters,
                               GDBusMethodInvocation *invocation)
{
    g_autoptr(GVariantIter) ids = NULL;
    g_auto(GVariantBuilder) unknown = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("ai"));
    int id;

    g_variant_get(parameters, "(ai)", &ids);
    for (guint i = 0; i < GROUP_MOST && g_variant_iter_next(ids, "i", &id); i++)
        if (!wh_dbus_menu_layout_has(menu->face, id))
            g_variant_builder_add(&unknown, "i", id);
    g_dbus_method_invocation_return_value(invocation, g_variant_new("(aiai)", NULL, &unknown));
    return 0;
}

static void method_call(GDBusConnection *bus, const char *sender, const char *path,
                        const char *interface, const char *name, GVariant *parameters,
                        GDBusMethodInvocation *invocation, gpointer data)
{
    static const struct {
        const char *name;
        Method call;
    } methods[] = {
        {"GetLayout", get_layout},
        {"GetGroupProperties", get_group_properties},
        {"GetProperty", get_property_of_line},
        {"Event", event},
        {"EventGroup", event_group},
        {"AboutToShow", about_to_show},
        {"AboutToShowGroup", about_to_show_group},
    };
    WhDbusMenu *menu = data;
    int chosen = 0;

    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        if (g_str_equal(methods[i].name, name)) {
            chosen = methods[i].call(menu, parameters, invocation);
            break;
        }
    if (chosen != 0)
        menu->chosen(chosen, menu->data);
}

static GVariant *get_property(GDBusConnection *bus, const char *sender, const char *path,
                              const char *interface, const char *name, GError **error,
                              gpointer data)
{
    if (g_str_equal(name, "Version"))
        return g_variant_new_uint32(PROTOCOL_VERSION);
    if (g_str_equal(name, "TextDirection"))
        return g_variant_new_string(gtk_widget_get_default_direction() == GTK_TEXT_DIR_RTL ? "rtl"
                                                                                           : "ltr");
    if (g_str_equal(name, "Status"))
        return g_variant_new_string("normal");
    return g_variant_new_strv(NULL, 0);
}

static guint object_register(WhDbusMenu *menu)
{
    static const GDBusInterfaceVTable vtable = {
        .method_call = method_call,
        .get_property = get_property,
    };
    g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml(xml, NULL);

    return g_dbus_connection_register_object(menu->bus, WH_DBUS_MENU_PATH, info->interfaces[0],
                                             &vtable, menu, NULL, NULL);
}

static GVariant *lines_of(const WhTrayFace *face)
{
    return g_variant_ref_sink(wh_dbus_menu_layout_group(face, NULL, 0, NULL));
}

WhDbusMenu *wh_dbus_menu_new(GDBusConnection *bus, WhTrayFace *face, WhDbusMenuFunc chosen,
                             gpointer data)
{
    WhDbusMenu *menu = g_new0(WhDbusMenu, 1);

    menu->bus = g_object_ref(bus);
    menu->face = face;
    menu->revision = 1;
    menu->told = lines_of(face);
    menu->chosen = chosen;
    menu->data = data;
    menu->object = object_register(menu);
    if (menu->object == 0)
        g_clear_pointer(&menu, wh_dbus_menu_free);
    return menu;
}

void wh_dbus_menu_free(WhDbusMenu *menu)
{
    if (menu == NULL)
        return;
    if (menu->object != 0)
        g_dbus_connection_unregister_object(menu->bus, menu->object);
    g_variant_unref(menu->told);
    g_object_unref(menu->bus);
    g_free(menu);
}

static void tell(WhDbusMenu *menu, const char *signal, GVariant *parameters)
{
    g_dbus_connection_emit_signal(menu->bus, NULL, WH_DBUS_MENU_PATH, INTERFACE, signal, parameters,
                                  NULL);
}

void wh_dbus_menu_changed(WhDbusMenu *menu)
{
    g_autoptr(GVariant) before = g_steal_pointer(&menu->told);
    GVariant *properties;

    menu->told = lines_of(menu->face);
    properties = wh_dbus_menu_difference_of_properties(before, menu->told);
    if (properties != NULL)
        tell(menu, "ItemsPropertiesUpdated", properties);
    if (wh_dbus_menu_difference_is_of_layout(before, menu->told))
        tell(menu, "LayoutUpdated", g_variant_new("(ui)", ++menu->revision, 0));
}
