/* Connections of our own to the system bus: the shared one would end the program when it is lost.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Connects in the background; `done` gets the result for wh_system_bus_connect_finish(). FALSE:
 * nobody listens at the bus's path, and `done` is not called. */
gboolean wh_system_bus_connect(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data,
                               GError **error);
GDBusConnection *wh_system_bus_connect_finish(GAsyncResult *result, GError **error);

G_END_DECLS
