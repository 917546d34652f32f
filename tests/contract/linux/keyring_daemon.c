#include "tests/contract/linux/keyring_daemon.h"

#include "tests/contract/helper.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define DEFAULT ROOT "/aliases/default"
#define SERVICE "org.freedesktop.Secret.Service"
#define ITEM "org.freedesktop.Secret.Item"
#define INTERNAL "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
#define PASSWORD "open sesame"
#define CONFIG                                                                                     \
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "          \
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig>"                  \
    "<type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>"                       \
    "<policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>"     \
    "<allow own=\"*\"/></policy></busconfig>"

/* folder holds the bus; home is the daemon's, made anew with each start. */
struct WhTestKeyring {
    char *folder;
    char *home;
    GPid bus;
    GPid daemon;
    GDBusConnection *connection;
    char *session;
};

/* A test that is aborted leaves nothing behind. */
static void die_with_parent(gpointer data)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static GPid spawn(const char *const *command, char **environment, int *input, int *output)
{
    g_autoptr(GError) error = NULL;
    GPid pid = 0;

    g_spawn_async_with_pipes(NULL, (char **)command, environment,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                 G_SPAWN_STDERR_TO_DEV_NULL |
                                 (output == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : 0),
                             die_with_parent, NULL, &pid, input, output, NULL, &error);
    g_assert_no_error(error);
    return pid;
}

static void end(GPid *pid)
{
    if (*pid == 0)
        return;
    kill(*pid, SIGKILL);
    waitpid(*pid, NULL, 0);
    g_spawn_close_pid(*pid);
    *pid = 0;
}

static gboolean is_installed(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);

    return path != NULL;
}

static void start_bus(WhTestKeyring *world, const char *socket)
{
    g_autofree char *file = g_build_filename(world->folder, "bus.conf", NULL);
    g_autofree char *config = g_strdup_printf(CONFIG, socket);
    g_autofree char *option = g_strconcat("--config-file=", file, NULL);
    const char *command[] = {"dbus-daemon",     "--nofork", "--nopidfile",
                             "--print-address", option,     NULL};
    int output = -1;
    char byte;

    g_assert_true(g_file_set_contents(file, config, -1, NULL));
    world->bus = spawn(command, NULL, NULL, &output);
    /* It prints the address once it listens. */
    g_assert_cmpint(read(output, &byte, 1), ==, 1);
    close(output);
}

WhTestKeyring *wh_test_keyring_new(void)
{
    WhTestKeyring *world;
    g_autofree char *socket = NULL;
    g_autofree char *address = NULL;
    g_autoptr(GError) error = NULL;

    if (!is_installed("dbus-daemon") || !is_installed("gnome-keyring-daemon"))
        return NULL;
    world = g_new0(WhTestKeyring, 1);
    world->folder = wh_helper_folder_new();
    socket = g_build_filename(world->folder, "bus", NULL);
    address = g_strconcat("unix:path=", socket, NULL);
    start_bus(world, socket);
    g_setenv("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
    g_setenv("XDG_RUNTIME_DIR", world->folder, TRUE);
    world->connection =
        g_dbus_connection_new_for_address_sync(address,
                                               G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                               NULL, NULL, &error);
    g_assert_no_error(error);
    return world;
}

void wh_test_keyring_free(WhTestKeyring *world)
{
    end(&world->bus);
    end(&world->daemon);
    g_object_unref(world->connection);
    g_clear_pointer(&world->home, wh_helper_folder_remove);
    wh_helper_folder_remove(world->folder);
    g_free(world->session);
    g_free(world);
}

static GVariant *call(WhTestKeyring *world, const char *destination, const char *path,
                      const char *interface, const char *method, GVariant *parameters)
{
    g_autoptr(GError) error = NULL;
    GVariant *answer =
        g_dbus_connection_call_sync(world->connection, destination, path, interface, method,
                                    parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

    g_assert_no_error(error);
    return answer;
}

static GVariant *ask(WhTestKeyring *world, const char *path, const char *interface,
                     const char *method, GVariant *parameters)
{
    return call(world, NAME, path, interface, method, parameters);
}

static gboolean has_owner(gpointer data)
{
    WhTestKeyring *world = data;
    gboolean owned = FALSE;
    g_autoptr(GVariant) answer = call(world, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                      "NameHasOwner", g_variant_new("(s)", NAME));

    g_variant_get(answer, "(b)", &owned);
    return owned;
}

static GVariant *property(WhTestKeyring *world, const char *path, const char *interface,
                          const char *name)
{
    g_autoptr(GVariant) answer = ask(world, path, "org.freedesktop.DBus.Properties", "Get",
                                     g_variant_new("(ss)", interface, name));
    g_autoptr(GVariant) value = NULL;

    g_variant_get(answer, "(v)", &value);
    return g_steal_pointer(&value);
}

static gboolean is_open(gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhTestKeyring *world = data;
    g_autoptr(GVariant) answer = g_dbus_connection_call_sync(
        world->connection, NAME, DEFAULT, "org.freedesktop.DBus.Properties", "Get",
        g_variant_new("(ss)", "org.freedesktop.Secret.Collection", "Locked"), NULL,
        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
    g_autoptr(GVariant) value = NULL;

    if (answer == NULL)
        return FALSE;
    g_variant_get(answer, "(v)", &value);
    return !g_variant_get_boolean(value);
}

static void open_session(WhTestKeyring *world)
{
    g_autoptr(GVariant) answer = ask(world, ROOT, SERVICE, "OpenSession",
                                     g_variant_new("(sv)", "plain", g_variant_new_string("")));

    g_free(world->session);
    g_variant_get(answer, "(vo)", NULL, &world->session);
}

/* Another look is due. */
static gboolean wake_up(gpointer data)
{
    return G_SOURCE_CONTINUE;
}

/* The main loop turns while it is waited for a daemon, because the keyring under test looks on. */
static void start_daemon(WhTestKeyring *world, gboolean unlock)
{
    g_auto(GStrv) environment = g_get_environ();
    const char *command[] = {"gnome-keyring-daemon", "--foreground", "--components=secrets",
                             unlock ? "--unlock" : NULL, NULL};
    guint timer = g_timeout_add(20, wake_up, NULL);
    int input = -1;

    environment = g_environ_setenv(environment, "HOME", world->home, TRUE);
    environment = g_environ_setenv(environment, "XDG_DATA_HOME", world->home, TRUE);
    environment = g_environ_setenv(environment, "XDG_RUNTIME_DIR", world->home, TRUE);
    world->daemon = spawn(command, environment, &input, NULL);
    if (unlock)
        g_assert_cmpint(write(input, PASSWORD, strlen(PASSWORD)), ==, (gssize)strlen(PASSWORD));
    close(input);
    wh_helper_until(unlock ? is_open : has_owner, world);
    g_source_remove(timer);
    open_session(world);
}

void wh_test_keyring_start(WhTestKeyring *world, gboolean open)
{
    g_clear_pointer(&world->home, wh_helper_folder_remove);
    world->home = wh_helper_folder_new();
    start_daemon(world, TRUE);
    if (open)
        return;
    wh_test_keyring_stop(world);
    start_daemon(world, FALSE);
}

void wh_test_keyring_start_empty(WhTestKeyring *world)
{
    g_clear_pointer(&world->home, wh_helper_folder_remove);
    world->home = wh_helper_folder_new();
    start_daemon(world, FALSE);
}

void wh_test_keyring_restart(WhTestKeyring *world)
{
    start_daemon(world, FALSE);
}

static gboolean has_no_owner(gpointer data)
{
    return !has_owner(data);
}

void wh_test_keyring_stop(WhTestKeyring *world)
{
    guint timer;

    if (world->daemon == 0)
        return;
    end(&world->daemon);
    timer = g_timeout_add(20, wake_up, NULL);
    wh_helper_until(has_no_owner, world);
    g_source_remove(timer);
}

static GVariant *secret_of(WhTestKeyring *world, const char *text)
{
    GVariant *empty = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, "", 0, 1);
    GVariant *bytes = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, text, strlen(text), 1);

    return g_variant_new("(o@ay@ays)", world->session, empty, bytes, "text/plain");
}

void wh_test_keyring_unlock(WhTestKeyring *world)
{
    g_autoptr(GVariant) path =
        ask(world, ROOT, SERVICE, "ReadAlias", g_variant_new("(s)", "default"));
    const char *collection = NULL;

    g_variant_get(path, "(&o)", &collection);
    g_variant_unref(ask(world, ROOT, INTERNAL, "UnlockWithMasterPassword",
                        g_variant_new("(o@(oayays))", collection, secret_of(world, PASSWORD))));
}

void wh_test_keyring_lock(WhTestKeyring *world)
{
    const char *objects[] = {DEFAULT, NULL};

    g_variant_unref(ask(world, ROOT, SERVICE, "Lock", g_variant_new("(^ao)", objects)));
}

static GVariant *attributes_of(const char *scope, const char *key)
{
    GVariantBuilder attributes;

    g_variant_builder_init(&attributes, G_VARIANT_TYPE("a{ss}"));
    g_variant_builder_add(&attributes, "{ss}", "xdg:schema", "org.wayhome.Secret");
    g_variant_builder_add(&attributes, "{ss}", "scope", scope);
    g_variant_builder_add(&attributes, "{ss}", "key", key);
    return g_variant_builder_end(&attributes);
}

char *wh_test_keyring_find(WhTestKeyring *world, const char *scope, const char *key)
{
    g_autoptr(GVariant) answer = ask(world, ROOT, SERVICE, "SearchItems",
                                     g_variant_new("(@a{ss})", attributes_of(scope, key)));
    g_autoptr(GVariant) unlocked = g_variant_get_child_value(answer, 0);
    char *item = NULL;

    g_assert_cmpuint(g_variant_n_children(unlocked), <=, 1);
    if (g_variant_n_children(unlocked) > 0)
        g_variant_get_child(unlocked, 0, "o", &item);
    return item;
}

char *wh_test_keyring_secret(WhTestKeyring *world, const char *item)
{
    g_autoptr(GVariant) answer =
        ask(world, item, ITEM, "GetSecret", g_variant_new("(o)", world->session));
    g_autoptr(GVariant) bytes = NULL;
    gsize length = 0;
    const char *text;

    g_variant_get(answer, "((o@ay@ays))", NULL, NULL, &bytes, NULL);
    text = g_variant_get_fixed_array(bytes, &length, 1);
    return g_strndup(text, length);
}

char *wh_test_keyring_label(WhTestKeyring *world, const char *item)
{
    g_autoptr(GVariant) label = property(world, item, ITEM, "Label");

    return g_variant_dup_string(label, NULL);
}

void wh_test_keyring_create(WhTestKeyring *world, const char *scope, const char *key,
                            const char *text)
{
    GVariantBuilder properties;

    g_variant_builder_init(&properties, G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&properties, "{sv}", ITEM ".Label", g_variant_new_string("planted"));
    g_variant_builder_add(&properties, "{sv}", ITEM ".Attributes", attributes_of(scope, key));
    g_variant_unref(ask(world, DEFAULT, "org.freedesktop.Secret.Collection", "CreateItem",
                        g_variant_new("(@a{sv}@(oayays)b)", g_variant_builder_end(&properties),
                                      secret_of(world, text), TRUE)));
}

void wh_test_keyring_delete(WhTestKeyring *world, const char *item)
{
    g_variant_unref(ask(world, item, ITEM, "Delete", NULL));
}
