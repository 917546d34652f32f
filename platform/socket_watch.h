/* Notices that a service begins to listen, without asking again and again. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhSocketWatch WhSocketWatch;

/* Something happened that may have to do with one of the addresses. May free the watch. */
typedef void (*WhSocketWatchFunc)(gpointer data);

/* addresses: those of local_socket.h, ends with NULL. `changed` comes in the main context.
 * Linux: watches the folders, or the nearest folders above them that exist, for no system watches
 * what does not exist without looking for it again and again.
 * Windows: nothing tells of pipes; for the address of the computer's service its start is watched
 * (NotifyServiceStatusChange). */
WhSocketWatch *wh_socket_watch_new(const char *const *addresses, WhSocketWatchFunc changed,
                                   gpointer data);

/* Does this system tell about all of them? Where it does not, look again from time to time. */
gboolean wh_socket_watch_sees(WhSocketWatch *watch);
void wh_socket_watch_free(WhSocketWatch *watch);

G_END_DECLS
