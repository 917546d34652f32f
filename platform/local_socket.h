/* The door between programs of one computer: a listener that knows who knocks, and the client's
 * side.
 *
 * Streams are ordinary GIOStreams for asynchronous use in the main context. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who is at the other end, taken once when the connection is accepted. `principal` is a stable text
 * for comparison and logs ("uid:1000", "sid:S-1-5-21-..."); known FALSE: the system would not say,
 * or said an unmapped user, and nothing may be granted. */
typedef struct {
    gboolean known;
    gboolean is_root;      /* root; SYSTEM, or an administrator who was asked to be one (UAC) */
    gboolean is_self;      /* the user this process runs as */
    gboolean is_person;    /* an account for people: neither root nor a service's, nobody's or a
                              temporary one */
    gboolean is_signed_in; /* Windows: signed in here, also from afar; elsewhere the system is asked
                              later (permission.h) */
    gboolean is_at_console; /* Windows: signed in at this computer's own screen */
    gint64 pid;             /* process ids are used again: only together with `started` */
    guint64 started;        /* when that process was, in the system's own count; 0: not known, as on
                               Windows, where nobody asks with it */
    char principal[80];
} WhPeer;

typedef struct WhListener WhListener;

/* `stream` belongs to the callee if it takes a reference; `peer` is valid during the call. */
typedef void (*WhListenerFunc)(GIOStream *stream, const WhPeer *peer, gpointer data);

/* Listens at `address`. `everyone` TRUE lets every local user connect (they are told apart by
 * WhPeer), FALSE only this user. One that a live process answers is G_IO_ERROR_ADDRESS_IN_USE. Free
 * with wh_listener_free().
 * Linux: a path. A stale socket of a dead process is replaced; missing parent folders are made 0700
 * (0755 for everyone); the socket that was made is removed at the end.
 * Windows: the name of a pipe of this computer; who connects to be known as who they are when they
 * write is announced then. */
WhListener *wh_listener_new(const char *address, gboolean everyone, WhListenerFunc accepted,
                            gpointer data, GError **error);

/* Takes the listening socket that the service manager handed over (LISTEN_FDS, sd_listen_fds(3)).
 * NULL with G_IO_ERROR_NOT_FOUND when it handed over none. Never removes that socket's file. */
WhListener *wh_listener_new_activated(WhListenerFunc accepted, gpointer data, GError **error);

void wh_listener_free(WhListener *listener);

/* Connects to a service. Before anything is sent it is checked who answers, otherwise
 * G_IO_ERROR_PERMISSION_DENIED. Linux: a process of root, of this user, or of the owner of the
 * folder that holds the socket while that folder is not writable for others. Windows: at the
 * address of the computer's service the process that the service manager names, elsewhere one of
 * this user or the system. Nobody there: G_IO_ERROR_NOT_FOUND or G_IO_ERROR_CONNECTION_REFUSED.
 * Returns at once (local connections do not wait; Windows: for a fifth of a second at most, when
 * the service is busy). */
GIOStream *wh_local_socket_connect(const char *address, GError **error);

typedef void (*WhLocalSocketGone)(gpointer data);

/* For who has read the end of `stream`: calls `gone` once, in the main context, when the other end
 * has gone altogether and reads nothing any more. Where one can end only its own sending (Linux),
 * that may be later, or never; on Windows it is so already. Not called after g_source_destroy();
 * the reference is the caller's. NULL: `stream` is none of these. */
GSource *wh_local_socket_watch_gone(GIOStream *stream, WhLocalSocketGone gone, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhListener, wh_listener_free)

G_END_DECLS
