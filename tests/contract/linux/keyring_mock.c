#include "tests/contract/linux/keyring_mock.h"

#include "tests/contract/helper.h"

#include <string.h>

#define NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/one"
#define PROMPT_NONE "/"
#define NO_OBJECT "org.freedesktop.DBus.Error.UnknownObject"
#define SESSION ROOT "/session/one"

static const char interfaces[] =
    "<node><interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "<method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' direction='out'/>"
    "<arg type='o' direction='out'/></method>"
    "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "<arg type='a{o(oayays)}' direction='out'/></method>"
    "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/>"
    "</method></interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
    "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
    "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "<property name='Locked' type='b' access='read'/>"
    "<signal name='ItemChanged'><arg type='o'/></signal></interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "<method name='Delete'><arg type='o' direction='out'/></method>"
    "<property name='Attributes' type='a{ss}' access='read'/>"
    "<property name='Modified' type='t' access='read'/></interface></node>";

typedef struct {
    char *path;
    char *key;
    char *text;
    gboolean locked;
    guint registration;
} Item;

/* held: calls that were not answered. */
struct WhTestMock {
    WhTestMockWays ways;
    GDBusConnection *connection;
    GDBusNodeInfo *node;
    GPtrArray *items;
    GQueue held;
    guint service;
    guint collection;
    guint name;
    gboolean named;
    guint last;
};

static void item_free(gpointer data)
{
    Item *item = data;

    g_free(item->path);
    g_free(item->key);
    g_free(item->text);
    g_free(item);
}

static Item *item_at(WhTestMock *mock, const char *path)
{
    for (guint i = 0; i < mock->items->len; i++) {
        Item *item = g_ptr_array_index(mock->items, i);

        if (g_str_equal(item->path, path))
            return item;
    }
    return NULL;
}

static GVariant *attributes_of(const Item *item)
{
    GVariantBuilder attributes;

    g_variant_builder_init(&attributes, G_VARIANT_TYPE("a{ss}"));
    g_variant_builder_add(&attributes, "{ss}", "xdg:schema", "org.wayhome.Secret");
    g_variant_builder_add(&attributes, "{ss}", "scope", "test");
    g_variant_builder_add(&attributes, "{ss}", "key", item->key);
    return g_variant_builder_end(&attributes);
}

static GVariant *read_property(GDBusConnection *connection, const char *sender, const char *path,
                               const char *interface, const char *name, GError **error,
                               gpointer data)
{
    WhTestMock *mock = data;

    if (g_str_equal(name, "Locked"))
        return g_variant_new_boolean(mock->ways.locked);
    return g_variant_new_uint64(1);
}

static void search(WhTestMock *mock, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    g_autoptr(GVariant) wanted = g_variant_get_child_value(parameters, 0);
    GVariantBuilder open, locked;
    const char *key = NULL;

    g_variant_lookup(wanted, "key", "&s", &key);
    g_variant_builder_init(&open, G_VARIANT_TYPE("ao"));
    g_variant_builder_init(&locked, G_VARIANT_TYPE("ao"));
    for (guint i = 0; i < mock->items->len; i++) {
        const Item *item = g_ptr_array_index(mock->items, i);

        if (key == NULL || g_str_equal(key, item->key))
            g_variant_builder_add(item->locked ? &locked : &open, "o", item->path);
    }
    if (mock->ways.chatty)
        wh_test_mock_signal(mock);
    g_dbus_method_invocation_return_value(invocation, g_variant_new("(aoao)", &open, &locked));
}

static GVariant *secret_of(const Item *item)
{
    GVariant *empty = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, "", 0, 1);
    GVariant *bytes =
        g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, item->text, strlen(item->text), 1);

    return g_variant_new("(o@ay@ays)", SESSION, empty, bytes, "text/plain");
}

static void get_secrets(WhTestMock *mock, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    g_autofree const char **paths = NULL;
    GVariantBuilder secrets;

    g_variant_get(parameters, "(^a&o&o)", &paths, NULL);
    g_variant_builder_init(&secrets, G_VARIANT_TYPE("a{o(oayays)}"));
    for (guint i = 0; paths[i] != NULL; i++) {
        const Item *item = item_at(mock, paths[i]);

        if (item != NULL)
            g_variant_builder_add(&secrets, "{o@(oayays)}", paths[i], secret_of(item));
    }
    g_dbus_method_invocation_return_value(invocation, g_variant_new("(a{o(oayays)})", &secrets));
}

static void open_session(GVariant *parameters, GDBusMethodInvocation *invocation)
{
    const char *algorithm;

    g_variant_get(parameters, "(&sv)", &algorithm, NULL);
    if (g_str_equal(algorithm, "plain"))
        g_dbus_method_invocation_return_value(
            invocation, g_variant_new("(vo)", g_variant_new_string(""), SESSION));
    else
        g_dbus_method_invocation_return_dbus_error(
            invocation, "org.freedesktop.DBus.Error.NotSupported", "Only plain");
}

static void create(WhTestMock *mock, GVariant *parameters, GDBusMethodInvocation *invocation)
{
    g_autoptr(GVariant) properties = g_variant_get_child_value(parameters, 0);
    g_autoptr(GVariant) attributes = g_variant_lookup_value(
        properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE("a{ss}"));
    const char *key = NULL;

    g_variant_lookup(attributes, "key", "&s", &key);
    wh_test_mock_plant(mock, key, "created", FALSE);
    g_dbus_method_invocation_return_value(
        invocation,
        g_variant_new("(oo)", ((Item *)g_ptr_array_index(mock->items, mock->items->len - 1))->path,
                      PROMPT_NONE));
}

static void answer(WhTestMock *mock, GDBusMethodInvocation *invocation, GVariant *reply,
                   const char *error)
{
    if (error == NULL)
        g_dbus_method_invocation_return_value(invocation, reply);
    else
        g_dbus_method_invocation_return_dbus_error(
            invocation, error, mock->ways.words != NULL ? mock->ways.words : "It will not");
}

static void unlock(WhTestMock *mock, GDBusMethodInvocation *invocation)
{
    const char *unlocked[] = {COLLECTION, NULL};

    mock->ways.unlocks++;
    g_dbus_method_invocation_return_value(invocation,
                                          g_variant_new("(^aoo)", unlocked, PROMPT_NONE));
}

static void call(WhTestMock *mock, GDBusMethodInvocation *invocation)
{
    const char *method = g_dbus_method_invocation_get_method_name(invocation);
    GVariant *parameters = g_dbus_method_invocation_get_parameters(invocation);

    if (g_str_equal(method, "ReadAlias"))
        answer(mock, invocation,
               mock->ways.alias_error == NULL ? g_variant_new("(o)", COLLECTION) : NULL,
               mock->ways.alias_error);
    else if (g_str_equal(method, "SearchItems"))
        search(mock, parameters, invocation);
    else if (g_str_equal(method, "GetSecrets"))
        get_secrets(mock, parameters, invocation);
    else if (g_str_equal(method, "OpenSession"))
        open_session(parameters, invocation);
    else if (g_str_equal(method, "Unlock"))
        unlock(mock, invocation);
    else if (mock->ways.create_error != NULL)
        answer(mock, invocation, NULL, mock->ways.create_error);
    else
        create(mock, parameters, invocation);
}

static void on_call(GDBusConnection *connection, const char *sender, const char *path,
                    const char *interface, const char *method, GVariant *parameters,
                    GDBusMethodInvocation *invocation, gpointer data)
{
    WhTestMock *mock = data;

    if (g_str_equal(method, "ReadAlias"))
        mock->ways.looks++;
    if (mock->ways.hangs)
        g_queue_push_tail(&mock->held, invocation);
    else
        call(mock, invocation);
}

/* Of an item, whose only method is to be deleted. */
static void on_item_call(GDBusConnection *connection, const char *sender, const char *path,
                         const char *interface, const char *method, GVariant *parameters,
                         GDBusMethodInvocation *invocation, gpointer data)
{
    WhTestMock *mock = data;
    Item *item = item_at(mock, path);

    if (mock->ways.delete_error == NULL) {
        g_dbus_connection_unregister_object(mock->connection, item->registration);
        g_ptr_array_remove(mock->items, item);
    }
    answer(mock, invocation,
           mock->ways.delete_error == NULL ? g_variant_new("(o)", PROMPT_NONE) : NULL,
           mock->ways.delete_error);
}

/* Not by GDBus, so that it can fail under any name. */
static GDBusMessage *read_item(WhTestMock *mock, GDBusMessage *message)
{
    const Item *item = item_at(mock, g_dbus_message_get_path(message));
    const char *error = item != NULL ? mock->ways.read_error : NO_OBJECT;
    GDBusMessage *reply;
    GVariantBuilder properties;

    mock->ways.reads++;
    if (error != NULL)
        return g_dbus_message_new_method_error_literal(message, error, "It will not");
    reply = g_dbus_message_new_method_reply(message);
    g_variant_builder_init(&properties, G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&properties, "{sv}", "Attributes", attributes_of(item));
    g_variant_builder_add(&properties, "{sv}", "Modified", g_variant_new_uint64(1));
    g_dbus_message_set_body(reply, g_variant_new("(a{sv})", &properties));
    return reply;
}

typedef struct {
    WhTestMock *mock;
    GDBusMessage *message;
} Read;

static gboolean on_read(gpointer data)
{
    Read *read = data;
    g_autoptr(GDBusMessage) reply = read_item(read->mock, read->message);
    g_dbus_connection_send_message(read->mock->connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
                                   NULL, NULL);
    g_object_unref(read->message);
    g_free(read);
    return G_SOURCE_REMOVE;
}

/* In the thread of GDBus: what is asked about items goes to the main loop. */
static GDBusMessage *filter(GDBusConnection *connection, GDBusMessage *message, gboolean incoming,
                            gpointer data)
{
    const char *path = g_dbus_message_get_path(message);
    Read *read;

    if (!incoming || g_strcmp0(g_dbus_message_get_member(message), "GetAll") != 0 || path == NULL ||
        !g_str_has_prefix(path, COLLECTION) || strlen(path) == strlen(COLLECTION))
        return message;
    read = g_new0(Read, 1);
    *read = (Read){data, message};
    g_idle_add(on_read, read);
    return NULL;
}

static void on_named(GDBusConnection *connection, const char *name, gpointer data)
{
    WhTestMock *mock = data;

    mock->named = TRUE;
}

static gboolean is_named(gpointer data)
{
    return ((WhTestMock *)data)->named;
}

WhTestMock *wh_test_mock_new(void)
{
    static const GDBusInterfaceVTable table = {on_call, read_property, NULL, {NULL}};
    WhTestMock *mock = g_new0(WhTestMock, 1);
    GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                 G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
    g_autoptr(GError) error = NULL;

    mock->items = g_ptr_array_new_with_free_func(item_free);
    mock->node = g_dbus_node_info_new_for_xml(interfaces, &error);
    g_assert_no_error(error);
    mock->connection = g_dbus_connection_new_for_address_sync(g_getenv("DBUS_SESSION_BUS_ADDRESS"),
                                                              flags, NULL, NULL, &error);
    g_assert_no_error(error);
    mock->service = g_dbus_connection_register_object(
        mock->connection, ROOT, mock->node->interfaces[0], &table, mock, NULL, &error);
    g_assert_no_error(error);
    mock->collection = g_dbus_connection_register_object(
        mock->connection, COLLECTION, mock->node->interfaces[1], &table, mock, NULL, &error);
    g_assert_no_error(error);
    g_dbus_connection_add_filter(mock->connection, filter, mock, NULL);
    mock->name = g_bus_own_name_on_connection(mock->connection, NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                              on_named, NULL, mock, NULL);
    wh_helper_until(is_named, mock);
    return mock;
}

void wh_test_mock_free(WhTestMock *mock)
{
    wh_test_mock_go_on(mock);
    g_bus_unown_name(mock->name);
    g_dbus_connection_close_sync(mock->connection, NULL, NULL);
    wh_helper_settle();
    g_object_unref(mock->connection);
    g_dbus_node_info_unref(mock->node);
    g_ptr_array_unref(mock->items);
    g_free(mock);
}

WhTestMockWays *wh_test_mock_ways(WhTestMock *mock)
{
    return &mock->ways;
}

void wh_test_mock_plant(WhTestMock *mock, const char *key, const char *text, gboolean locked)
{
    static const GDBusInterfaceVTable table = {on_item_call, read_property, NULL, {NULL}};
    g_autoptr(GError) error = NULL;
    Item *item = g_new0(Item, 1);

    item->path = g_strdup_printf(COLLECTION "%s/i%u", locked ? "_old" : "", ++mock->last);
    item->key = g_strdup(key);
    item->text = g_strdup(text);
    item->locked = locked;
    item->registration = g_dbus_connection_register_object(
        mock->connection, item->path, mock->node->interfaces[2], &table, mock, NULL, &error);
    g_assert_no_error(error);
    g_ptr_array_add(mock->items, item);
}

guint wh_test_mock_count(WhTestMock *mock, const char *key)
{
    guint count = 0;

    for (guint i = 0; i < mock->items->len; i++)
        count += g_str_equal(((Item *)g_ptr_array_index(mock->items, i))->key, key);
    return count;
}

void wh_test_mock_signal(WhTestMock *mock)
{
    g_dbus_connection_emit_signal(mock->connection, NULL, COLLECTION,
                                  "org.freedesktop.Secret.Collection", "ItemChanged",
                                  g_variant_new("(o)", COLLECTION "/i1"), NULL);
}

void wh_test_mock_go_on(WhTestMock *mock)
{
    GDBusMethodInvocation *invocation;

    mock->ways.hangs = FALSE;
    while ((invocation = g_queue_pop_head(&mock->held)) != NULL)
        call(mock, invocation);
}
