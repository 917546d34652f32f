/* Ties a socket to one interface, so that what it sends leaves by that, whatever the routes say.
 * This room knows no system: whoever wants it gives the function (platform/uplink.h). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* `socket`: a descriptor, a SOCKET on Windows, not connected yet. `family`: 4 or 6. FALSE with
 * G_IO_ERROR: nothing may be sent over the socket, it would go another way. */
typedef gboolean (*WhBinder)(guint64 socket, guint interface, guint family, GError **error);

G_END_DECLS
