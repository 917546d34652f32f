#include "platform/linux/keyring_private.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"

/* A Secret Service that ends again so soon is not called back. */
#define REVIVAL_GAP (10 * G_USEC_PER_SEC)

/* What GDBus would use, without the bus that it would start where there is a display. */
gboolean wh_keyring_has_bus(void)
{
    const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    const char *folder = g_getenv("XDG_RUNTIME_DIR");
    g_autofree char *path = g_build_filename(folder != NULL ? folder : "", "bus", NULL);

    if (address != NULL && *address != '\0')
        return TRUE;
    return folder != NULL && *folder != '\0' && g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Somebody unlocked, locked, changed or removed something; what, is read. */
static void on_signal(GDBusConnection *bus, const char *sender, const char *path,
                      const char *interface, const char *name, GVariant *parameters, gpointer data)
{
    wh_keyring_look(data);
}

static void on_appeared(GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
    WhKeyring *keyring = data;

    keyring->has_owner = TRUE;
    /* The first look began before it is told who is there, and talks to the same. */
    if (!keyring->looking || keyring->epoch > 0)
        wh_keyring_look(keyring);
}

/* The session's Secret Service ended: with the session, of which a lingering service is not a part,
 * or by an accident. Asking again starts another one, which is locked; but not for ever. */
static void on_vanished(GDBusConnection *bus, const char *name, gpointer data)
{
    WhKeyring *keyring = data;
    gint64 now = g_get_monotonic_time();
    gboolean was_there = keyring->state == WH_KEYRING_OPEN || keyring->state == WH_KEYRING_LOCKED;
    gboolean again = keyring->revived_at == 0 || now - keyring->revived_at > REVIVAL_GAP;

    if (!keyring->has_owner)
        return;
    keyring->has_owner = FALSE;
    wh_keyring_look_forget(keyring);
    if (was_there && again) {
        keyring->revived_at = now;
        wh_keyring_look(keyring);
    } else if (!keyring->looking) {
        wh_keyring_settle(keyring, WH_KEYRING_ABSENT, NULL);
    }
}

static void on_closed(GDBusConnection *bus, gboolean vanished, GError *error, gpointer data)
{
    WhKeyring *keyring = data;

    wh_keyring_look_forget(keyring);
    wh_keyring_settle(keyring, WH_KEYRING_ABSENT, NULL);
}

static void listen(WhKeyring *keyring)
{
    static const struct {
        const char *interface;
        const char *about;
    } heard[] = {{WH_KEYRING_SERVICE, NULL},
                 {WH_KEYRING_COLLECTION, NULL},
                 {PROPERTIES, WH_KEYRING_COLLECTION}};

    for (guint i = 0; i < G_N_ELEMENTS(heard); i++)
        keyring->signals[i] = g_dbus_connection_signal_subscribe(
            keyring->bus, WH_KEYRING_NAME, heard[i].interface, NULL, NULL, heard[i].about,
            G_DBUS_SIGNAL_FLAGS_NONE, on_signal, keyring, NULL);
    keyring->closed = g_signal_connect(keyring->bus, "closed", G_CALLBACK(on_closed), keyring);
    keyring->name_watch =
        g_bus_watch_name_on_connection(keyring->bus, WH_KEYRING_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                       on_appeared, on_vanished, keyring, NULL);
}

static void on_bus(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhKeyring *keyring = data;
    GDBusConnection *bus = g_bus_get_finish(result, &error);

    /* The end of a session is no reason to end this process. */
    if (bus != NULL)
        g_dbus_connection_set_exit_on_close(bus, FALSE);
    if (keyring->freed) {
        g_clear_object(&bus);
    } else if (bus == NULL || !wh_libsecret_open(&keyring->library, &error)) {
        g_info("There is no keyring: %s", error->message);
        g_clear_object(&bus);
        wh_keyring_settle(keyring, WH_KEYRING_ABSENT, NULL);
    } else {
        keyring->bus = bus;
        listen(keyring);
        wh_keyring_look(keyring);
    }
    wh_keyring_unref(keyring);
}

static gboolean on_turn(gpointer data)
{
    WhKeyring *keyring = data;

    if (!keyring->freed)
        g_bus_get(G_BUS_TYPE_SESSION, NULL, on_bus, wh_keyring_ref(keyring));
    wh_keyring_unref(keyring);
    return G_SOURCE_REMOVE;
}

/* With the next turn of the loop: GDBus starts a thread, and what a program does before its loop
 * runs may change the environment. */
void wh_keyring_bus_join(WhKeyring *keyring)
{
    g_autoptr(GSource) turn = g_idle_source_new();

    g_source_set_priority(turn, G_PRIORITY_DEFAULT);
    g_source_set_callback(turn, on_turn, wh_keyring_ref(keyring), NULL);
    g_source_attach(turn, g_main_context_get_thread_default());
}

void wh_keyring_bus_leave(WhKeyring *keyring)
{
    if (keyring->bus == NULL)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(keyring->signals); i++)
        g_dbus_connection_signal_unsubscribe(keyring->bus, keyring->signals[i]);
    g_bus_unwatch_name(keyring->name_watch);
    g_signal_handler_disconnect(keyring->bus, keyring->closed);
    g_clear_object(&keyring->bus);
}
