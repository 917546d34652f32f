/* Notices that a service's socket appears. Private to the link. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhSocketWatch WhSocketWatch;

/* Something happened where the sockets are. May free the watch. */
typedef void (*WhSocketWatchFunc)(gpointer data);

/* address: one path, or NULL for the system's and the user's. Watches the folders, or the nearest
 * folders above them that exist: no system watches what does not exist without looking for it again
 * and again. */
WhSocketWatch *wh_socket_watch_new(const char *address, WhSocketWatchFunc changed, gpointer data);

/* Does this system tell about all of them? */
gboolean wh_socket_watch_sees(WhSocketWatch *watch);
void wh_socket_watch_free(WhSocketWatch *watch);

G_END_DECLS
