/* The door between programs of one computer: a listener that knows who knocks, and the client's
 * side.
 *
 * Streams are ordinary GIOStreams for asynchronous use in the main context. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who is at the other end, taken once when the connection is accepted. `principal` is a stable text
 * for comparison and logs ("uid:1000"); known FALSE: the system would not say, or said an unmapped
 * user, and nothing may be granted. */
typedef struct {
    gboolean known;
    gboolean is_root;   /* root, SYSTEM */
    gboolean is_self;   /* the user this process runs as */
    gboolean is_person; /* an account for people: neither root nor a service's, nobody's or a
                           temporary one */
    gint64 pid;         /* process ids are used again: only together with `started` */
    guint64 started;    /* when that process was, in the system's own count; 0: not known */
    char principal[80];
} WhPeer;

typedef struct WhListener WhListener;

/* `stream` belongs to the callee if it takes a reference; `peer` is valid during the call. */
typedef void (*WhListenerFunc)(GIOStream *stream, const WhPeer *peer, gpointer data);

/* Listens at `address` (a path on Linux). A stale socket of a dead process is replaced; one that a
 * live process answers is G_IO_ERROR_ADDRESS_IN_USE. `everyone` TRUE lets every local user connect
 * (they are told apart by WhPeer), FALSE only this user. Missing parent folders are made 0700 (0755
 * for everyone). Free with wh_listener_free(), which removes the socket it made. */
WhListener *wh_listener_new(const char *address, gboolean everyone, WhListenerFunc accepted,
                            gpointer data, GError **error);

/* Takes the listening socket that the service manager handed over (LISTEN_FDS, sd_listen_fds(3)).
 * NULL with G_IO_ERROR_NOT_FOUND when it handed over none. Never removes that socket's file. */
WhListener *wh_listener_new_activated(WhListenerFunc accepted, gpointer data, GError **error);

void wh_listener_free(WhListener *listener);

/* Connects to a service. Before anything is sent it is checked that the process at the other end
 * runs as root, as this user, or as the owner of the folder that holds the socket while that folder
 * is not writable for others: otherwise G_IO_ERROR_PERMISSION_DENIED. Nobody there:
 * G_IO_ERROR_NOT_FOUND or G_IO_ERROR_CONNECTION_REFUSED. Returns at once (local connections do not
 * wait). */
GIOStream *wh_local_socket_connect(const char *address, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhListener, wh_listener_free)

G_END_DECLS
