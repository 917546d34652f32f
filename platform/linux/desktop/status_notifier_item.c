#include "platform/linux/desktop/status_notifier_item.h"

#include "platform/linux/desktop/dbus_menu.h"

#define INTERFACE "org.kde.StatusNotifierItem"

/* Of the optional properties only those that have a value: hosts exist that stumble over an empty
 * picture. */
static const char xml[] =
    "<node><interface name='" INTERFACE "'>"
    "<property name='Category' type='s' access='read'/>"
    "<property name='Id' type='s' access='read'/>"
    "<property name='Title' type='s' access='read'/>"
    "<property name='Status' type='s' access='read'/>"
    "<property name='WindowId' type='i' access='read'/>"
    "<property name='IconName' type='s' access='read'/>"
    "<property name='AttentionIconName' type='s' access='read'/>"
    "<property name='IconThemePath' type='s' access='read'/>"
    "<property name='ToolTip' type='(sa(iiay)ss)' access='read'/>"
    "<property name='ItemIsMenu' type='b' access='read'/>"
    "<property name='Menu' type='o' access='read'/>"
    "<method name='ContextMenu'>"
    "<arg name='x' type='i' direction='in'/><arg name='y' type='i' direction='in'/></method>"
    "<method name='Activate'>"
    "<arg name='x' type='i' direction='in'/><arg name='y' type='i' direction='in'/></method>"
    "<method name='SecondaryActivate'>"
    "<arg name='x' type='i' direction='in'/><arg name='y' type='i' direction='in'/></method>"
    "<method name='Scroll'><arg name='delta' type='i' direction='in'/>"
    "<arg name='orientation' type='s' direction='in'/></method>"
    "<signal name='NewTitle'/><signal name='NewIcon'/><signal name='NewAttentionIcon'/>"
    "<signal name='NewToolTip'/>"
    "<signal name='NewStatus'><arg name='status' type='s'/></signal>"
    "</interface></node>";

struct WhStatusNotifierItem {
    GDBusConnection *bus;
    const WhTrayFace *face;
    guint object;
    gboolean attention; /* as told last */
    WhStatusNotifierItemFunc activated;
    gpointer data;
};

typedef GVariant *(*Getter)(const WhTrayFace *face);

static GVariant *category(const WhTrayFace *face)
{
    return g_variant_new_string("SystemServices");
}

static GVariant *id(const WhTrayFace *face)
{
    return g_variant_new_string(face->id);
}

static GVariant *title(const WhTrayFace *face)
{
    return g_variant_new_string(face->title);
}

static const char *status_name(gboolean attention)
{
    return attention ? "NeedsAttention" : "Active";
}

static GVariant *status(const WhTrayFace *face)
{
    return g_variant_new_string(status_name(face->attention));
}

static GVariant *window_id(const WhTrayFace *face)
{
    return g_variant_new_int32(0);
}

static GVariant *icon_name(const WhTrayFace *face)
{
    return g_variant_new_string(face->icon);
}

static GVariant *icon_theme_path(const WhTrayFace *face)
{
    return g_variant_new_string(face->icon_folder);
}

/* The body is markup for the host. */
static GVariant *tooltip(const WhTrayFace *face)
{
    g_autofree char *body = g_markup_escape_text(face->body, -1);

    return g_variant_new("(sa(iiay)ss)", face->icon, NULL, face->title, body);
}

static GVariant *item_is_menu(const WhTrayFace *face)
{
    return g_variant_new_boolean(FALSE);
}

static GVariant *menu(const WhTrayFace *face)
{
    return g_variant_new_object_path(WH_DBUS_MENU_PATH);
}

static GVariant *get_property(GDBusConnection *bus, const char *sender, const char *path,
                              const char *interface, const char *name, GError **error,
                              gpointer data)
{
    static const struct {
        const char *name;
        Getter get;
    } properties[] = {
        {"Category", category},
        {"Id", id},
        {"Title", title},
        {"Status", status},
        {"WindowId", window_id},
        {"IconName", icon_name},
        {"AttentionIconName", icon_name},
        {"IconThemePath", icon_theme_path},
        {"ToolTip", tooltip},
        {"ItemIsMenu", item_is_menu},
        {"Menu", menu},
    };
    WhStatusNotifierItem *item = data;

    for (guint i = 0; i < G_N_ELEMENTS(properties); i++)
        if (g_str_equal(properties[i].name, name))
            return properties[i].get(item->face);
    g_set_error(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "No property %s", name);
    return NULL;
}

/* The last thing here is the call: the callee may free the item. */
static void method_call(GDBusConnection *bus, const char *sender, const char *path,
                        const char *interface, const char *method, GVariant *parameters,
                        GDBusMethodInvocation *invocation, gpointer data)
{
    WhStatusNotifierItem *item = data;
    gboolean activates =
        g_str_equal(method, "Activate") || g_str_equal(method, "SecondaryActivate");

    g_dbus_method_invocation_return_value(invocation, NULL);
    if (activates)
        item->activated(item->data);
}

static guint object_register(WhStatusNotifierItem *item)
{
    static const GDBusInterfaceVTable vtable = {
        .method_call = method_call,
        .get_property = get_property,
    };
    g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml(xml, NULL);

    return g_dbus_connection_register_object(item->bus, WH_STATUS_NOTIFIER_ITEM_PATH,
                                             info->interfaces[0], &vtable, item, NULL, NULL);
}

WhStatusNotifierItem *wh_status_notifier_item_new(GDBusConnection *bus, const WhTrayFace *face,
                                                  WhStatusNotifierItemFunc activated, gpointer data)
{
    WhStatusNotifierItem *item = g_new0(WhStatusNotifierItem, 1);

    item->bus = g_object_ref(bus);
    item->face = face;
    item->attention = face->attention;
    item->activated = activated;
    item->data = data;
    item->object = object_register(item);
    if (item->object == 0)
        g_clear_pointer(&item, wh_status_notifier_item_free);
    return item;
}

void wh_status_notifier_item_free(WhStatusNotifierItem *item)
{
    if (item == NULL)
        return;
    if (item->object != 0)
        g_dbus_connection_unregister_object(item->bus, item->object);
    g_object_unref(item->bus);
    g_free(item);
}

static void tell(WhStatusNotifierItem *item, const char *signal, GVariant *parameters)
{
    g_dbus_connection_emit_signal(item->bus, NULL, WH_STATUS_NOTIFIER_ITEM_PATH, INTERFACE, signal,
                                  parameters, NULL);
}

/* The status goes last, so that a host which starts to flash has the right icon already. */
void wh_status_notifier_item_icon_changed(WhStatusNotifierItem *item)
{
    tell(item, "NewIcon", NULL);
    tell(item, "NewAttentionIcon", NULL);
    if (item->attention == item->face->attention)
        return;
    item->attention = item->face->attention;
    tell(item, "NewStatus", g_variant_new("(s)", status_name(item->attention)));
}

void wh_status_notifier_item_tooltip_changed(WhStatusNotifierItem *item)
{
    tell(item, "NewTitle", NULL);
    tell(item, "NewToolTip", NULL);
}
