#include "platform/single_instance.h"

#define WAIT_SECONDS 10
#define CALL_MILLISECONDS 5000

/* GApplication does everything. */
struct WhSingleInstance {
    char *id;
};

typedef struct {
    gboolean gone;
    gboolean expired;
} Wait;

GApplicationFlags wh_single_instance_flags(void)
{
    return G_APPLICATION_DEFAULT_FLAGS;
}

WhSingleInstance *wh_single_instance_new(const char *id, const char *request, const char *again,
                                         const WhSingleInstanceFuncs *funcs, gpointer data,
                                         int *answer)
{
    WhSingleInstance *instance = g_new0(WhSingleInstance, 1);

    instance->id = g_strdup(id);
    return instance;
}

void wh_single_instance_free(WhSingleInstance *instance)
{
    if (instance == NULL)
        return;
    g_free(instance->id);
    g_free(instance);
}

static void vanished(GDBusConnection *bus, const char *name, gpointer data)
{
    ((Wait *)data)->gone = TRUE;
}

static gboolean expired(gpointer data)
{
    ((Wait *)data)->expired = TRUE;
    return G_SOURCE_CONTINUE;
}

static gboolean wait_for_end(GDBusConnection *bus, const char *id)
{
    g_autoptr(GMainContext) context = g_main_context_new();
    g_autoptr(GSource) timer = g_timeout_source_new_seconds(WAIT_SECONDS);
    Wait wait = {0};
    guint watch;

    g_main_context_push_thread_default(context);
    g_source_set_callback(timer, expired, &wait, NULL);
    g_source_attach(timer, context);
    watch = g_bus_watch_name_on_connection(bus, id, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, vanished,
                                           &wait, NULL);
    while (!wait.gone && !wait.expired)
        g_main_context_iteration(context, TRUE);
    g_bus_unwatch_name(watch);
    g_source_destroy(timer);
    while (g_main_context_iteration(context, FALSE))
        continue;
    g_main_context_pop_thread_default(context);
    return wait.gone;
}

/* The actions of a GApplication are on the bus: org.gtk.Actions, at the id as a path. */
static gboolean ask(GDBusConnection *bus, const char *id, GError **error)
{
    g_autofree char *path = g_strconcat("/", id, NULL);
    g_autoptr(GVariant) reply = NULL;

    g_strdelimit(path, ".", '/');
    reply = g_dbus_connection_call_sync(bus, id, path, "org.gtk.Actions", "Activate",
                                        g_variant_new("(sava{sv})", "quit", NULL, NULL), NULL,
                                        G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MILLISECONDS, NULL,
                                        error);
    return reply != NULL;
}

/* Whoever is asked may end before its answer is on the way. */
gboolean wh_single_instance_quit(const char *id, GError **error)
{
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    g_autoptr(GError) problem = NULL;

    if (bus == NULL)
        return TRUE;
    if (!ask(bus, id, &problem))
        g_debug("The program was not asked to end: %s", problem->message);
    if (wait_for_end(bus, id))
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "It still runs.");
    return FALSE;
}
