#include "tests/contract/linux/permission_double.h"

#include <string.h>

#define MANAGE "org.wayhome.manage"
#define SESSIONS "/org/freedesktop/login1/session/"

static const char interfaces[] =
    "<node>"
    "<interface name='org.freedesktop.PolicyKit1.Authority'>"
    "<method name='CheckAuthorization'>"
    "<arg type='(sa{sv})' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='a{ss}' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='(bba{ss})' direction='out'/></method>"
    "<method name='CancelCheckAuthorization'><arg type='s' direction='in'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.login1.Manager'>"
    "<method name='ListSessions'><arg type='a(susso)' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.login1.Session'>"
    "<property name='Class' type='s' access='read'/>"
    "<property name='State' type='s' access='read'/>"
    "<property name='User' type='(uo)' access='read'/>"
    "</interface>"
    "</node>";

static void remember(WhTestDouble *self, GVariant *parameters)
{
    g_autoptr(GVariant) subject = NULL;

    g_free(self->kind);
    g_free(self->action);
    g_free(self->id);
    g_variant_get(parameters, "((s@a{sv})sa{ss}us)", &self->kind, &subject, &self->action, NULL,
                  &self->flags, &self->id);
    g_assert_true(g_variant_lookup(subject, "pid", "u", &self->pid));
    g_assert_true(g_variant_lookup(subject, "start-time", "t", &self->started));
    g_assert_true(g_variant_lookup(subject, "uid", "i", &self->uid));
}

/* Answers and frees it. */
static void answer(WhTestDouble *self, GDBusMethodInvocation *invocation)
{
    GVariant *parameters = g_dbus_method_invocation_get_parameters(invocation);
    const char *action;
    guint32 flags;

    g_variant_get_child(parameters, 1, "&s", &action);
    g_variant_get_child(parameters, 3, "u", &flags);
    WhPermissionAnswer given =
        self->answers[strcmp(action, MANAGE) == 0 ? WH_PERMISSION_MANAGE : WH_PERMISSION_CLAIM];
    if (given == WH_PERMISSION_CHALLENGE && flags == 1)
        given = self->password;
    if (self->error)
        g_dbus_method_invocation_return_dbus_error(
            invocation, "org.freedesktop.PolicyKit1.Error.NotAuthorized", "Not of the owner");
    else
        g_dbus_method_invocation_return_value(
            invocation, g_variant_new("((bba{ss}))", given == WH_PERMISSION_YES,
                                      given == WH_PERMISSION_CHALLENGE, NULL));
}

static void cancel(WhTestDouble *self, const char *id)
{
    for (guint i = 0; i < self->waiting->len; i++) {
        GDBusMethodInvocation *invocation = g_ptr_array_index(self->waiting, i);
        const char *its;

        g_variant_get_child(g_dbus_method_invocation_get_parameters(invocation), 4, "&s", &its);
        if (strcmp(its, id) != 0)
            continue;
        g_ptr_array_remove_index(self->waiting, i);
        self->cancelled++;
        g_dbus_method_invocation_return_dbus_error(
            invocation, "org.freedesktop.PolicyKit1.Error.Cancelled", "Taken back");
        return;
    }
}

static void polkit_called(GDBusConnection *bus, const char *sender, const char *path,
                          const char *interface, const char *method, GVariant *parameters,
                          GDBusMethodInvocation *invocation, gpointer data)
{
    WhTestDouble *self = data;
    const char *id;

    if (strcmp(method, "CancelCheckAuthorization") == 0) {
        g_variant_get(parameters, "(&s)", &id);
        cancel(self, id);
        g_dbus_method_invocation_return_value(invocation, NULL);
        return;
    }
    self->asked++;
    remember(self, parameters);
    g_ptr_array_add(self->waiting, invocation);
    if (!self->silent)
        wh_test_double_answer(self);
}

void wh_test_double_answer(WhTestDouble *self)
{
    while (self->waiting->len > 0)
        answer(self, g_ptr_array_steal_index(self->waiting, 0));
}

static void logind_called(GDBusConnection *bus, const char *sender, const char *path,
                          const char *interface, const char *method, GVariant *parameters,
                          GDBusMethodInvocation *invocation, gpointer data)
{
    WhTestDouble *self = data;
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("a(susso)"));
    for (guint i = 0; i < self->n_sessions; i++) {
        g_autofree char *object = g_strdup_printf(SESSIONS "_%u", i);

        g_variant_builder_add(&list, "(susso)", "1", self->sessions[i].uid, "user", "", object);
    }
    g_dbus_method_invocation_return_value(invocation, g_variant_new("(a(susso))", &list));
}

static GVariant *session_property(GDBusConnection *bus, const char *sender, const char *path,
                                  const char *interface, const char *property, GError **error,
                                  gpointer data)
{
    const WhTestSession *session = data;

    if (strcmp(property, "Class") == 0)
        return g_variant_new_string(session->class);
    if (strcmp(property, "State") == 0)
        return g_variant_new_string(session->state);
    return g_variant_new("(uo)", session->uid, "/org/freedesktop/login1/user/_1");
}

static guint register_object(WhTestDouble *self, const char *path, const char *interface,
                             const GDBusInterfaceVTable *functions, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(interfaces, &error);
    guint object = g_dbus_connection_register_object(
        self->bus, path, g_dbus_node_info_lookup_interface(node, interface), functions, data, NULL,
        &error);

    g_assert_no_error(error);
    return object;
}

void wh_test_double_set_sessions(WhTestDouble *self, const WhTestSession *sessions, guint count)
{
    static const GDBusInterfaceVTable functions = {.get_property = session_property};

    for (guint i = 0; i < self->objects->len; i++)
        g_dbus_connection_unregister_object(self->bus, g_array_index(self->objects, guint, i));
    g_array_set_size(self->objects, 0);
    self->sessions = sessions;
    self->n_sessions = count;
    for (guint i = 0; i < count; i++) {
        g_autofree char *path = g_strdup_printf(SESSIONS "_%u", i);
        guint object;

        if (sessions[i].missing)
            continue;
        object = register_object(self, path, "org.freedesktop.login1.Session", &functions,
                                 (gpointer)&sessions[i]);
        g_array_append_val(self->objects, object);
    }
}

static GVariant *call_bus(WhTestDouble *self, const char *method, GVariant *parameters)
{
    g_autoptr(GError) error = NULL;
    GVariant *reply = g_dbus_connection_call_sync(
        self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
        parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

    g_assert_no_error(error);
    return reply;
}

void wh_test_double_release(WhTestDouble *self, const char *name)
{
    g_variant_unref(call_bus(self, "ReleaseName", g_variant_new("(s)", name)));
}

guint wh_test_double_count(WhTestDouble *self)
{
    g_autoptr(GVariant) names = call_bus(self, "ListNames", NULL);
    g_autoptr(GVariant) list = g_variant_get_child_value(names, 0);

    return (guint)g_variant_n_children(list);
}

static void take_name(WhTestDouble *self, const char *name)
{
    g_variant_unref(call_bus(self, "RequestName", g_variant_new("(su)", name, 0)));
}

WhTestDouble *wh_test_double_new(void)
{
    static const GDBusInterfaceVTable polkit = {.method_call = polkit_called};
    static const GDBusInterfaceVTable logind = {.method_call = logind_called};
    g_autofree char *program = g_find_program_in_path("dbus-daemon");
    g_autoptr(GError) error = NULL;
    WhTestDouble *self;

    if (program == NULL)
        return NULL;
    self = g_new0(WhTestDouble, 1);
    self->password = WH_PERMISSION_CHALLENGE;
    self->waiting = g_ptr_array_new();
    self->objects = g_array_new(FALSE, FALSE, sizeof(guint));
    self->daemon = g_test_dbus_new(G_TEST_DBUS_NONE);
    g_test_dbus_up(self->daemon);
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(self->daemon), TRUE);
    self->bus =
        g_dbus_connection_new_for_address_sync(g_test_dbus_get_bus_address(self->daemon),
                                               G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                               NULL, NULL, &error);
    g_assert_no_error(error);
    self->authority = register_object(self, "/org/freedesktop/PolicyKit1/Authority",
                                      "org.freedesktop.PolicyKit1.Authority", &polkit, self);
    self->manager = register_object(self, "/org/freedesktop/login1",
                                    "org.freedesktop.login1.Manager", &logind, self);
    take_name(self, "org.freedesktop.PolicyKit1");
    take_name(self, "org.freedesktop.login1");
    return self;
}

void wh_test_double_free(WhTestDouble *self)
{
    if (self == NULL)
        return;
    while (self->waiting->len > 0)
        g_object_unref(g_ptr_array_steal_index(self->waiting, 0));
    /* Calls that have arrived and wait for their turn are not handed to objects that are gone. */
    g_dbus_connection_unregister_object(self->bus, self->authority);
    g_dbus_connection_unregister_object(self->bus, self->manager);
    wh_test_double_set_sessions(self, NULL, 0);
    g_dbus_connection_close_sync(self->bus, NULL, NULL);
    g_object_unref(self->bus);
    g_test_dbus_stop(self->daemon);
    g_object_unref(self->daemon);
    g_ptr_array_unref(self->waiting);
    g_array_unref(self->objects);
    g_free(self->kind);
    g_free(self->action);
    g_free(self->id);
    g_free(self);
}
