#include "platform/linux/system_bus.h"

#include "platform/linux/socket_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Where the bus is when nothing else is said (D-Bus specification, "Well-known Message Bus
 * Instances"). */
#define SYSTEM_BUS "unix:path=/var/run/dbus/system_bus_socket"
#define PLAIN_PATH "unix:path="

/* The path of a bus address that is nothing but one, or NULL. The bus's id, which may stand behind
 * it, tells nothing here. */
static char *plain_path(const char *address)
{
    g_autofree char *path = NULL;
    char *id;

    if (!g_str_has_prefix(address, PLAIN_PATH))
        return NULL;
    path = g_strdup(address + strlen(PLAIN_PATH));
    id = strstr(path, ",guid=");
    if (id != NULL)
        *id = '\0';
    return strpbrk(path, ",;%") == NULL ? g_steal_pointer(&path) : NULL;
}

static GIOStream *stream_open(const char *path, GError **error)
{
    int fd = wh_socket_file_connect(path);
    g_autoptr(GSocket) socket = NULL;

    if (fd < 0) {
        g_set_error_literal(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno),
                            g_strerror(errno));
        return NULL;
    }
    socket = g_socket_new_from_fd(fd, error);
    if (socket == NULL) {
        close(fd);
        return NULL;
    }
    return G_IO_STREAM(g_socket_connection_factory_create_connection(socket));
}

/* A path is connected to by hand, because GIO's own way loads every extension of GIO that is
 * installed, to look for a proxy; any other address is GIO's matter, and what comes of it is seen
 * in the background. */
gboolean wh_system_bus_connect(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data,
                               GError **error)
{
    const GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
    const char *given = g_getenv("DBUS_SYSTEM_BUS_ADDRESS");
    const char *address = given != NULL ? given : SYSTEM_BUS;
    g_autofree char *path = plain_path(address);
    g_autoptr(GIOStream) stream = path != NULL ? stream_open(path, error) : NULL;

    if (path != NULL && stream == NULL)
        return FALSE;
    if (stream != NULL)
        g_dbus_connection_new(stream, NULL, flags, NULL, cancellable, done, data);
    else
        g_dbus_connection_new_for_address(address, flags, NULL, cancellable, done, data);
    return TRUE;
}

GDBusConnection *wh_system_bus_connect_finish(GAsyncResult *result, GError **error)
{
    g_autoptr(GObject) initable = g_async_result_get_source_object(result);
    GObject *made = g_async_initable_new_finish(G_ASYNC_INITABLE(initable), result, error);

    return made != NULL ? G_DBUS_CONNECTION(made) : NULL;
}
