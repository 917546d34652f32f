/* One connection: reads messages, one at a time and in order, and sends without waiting. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

typedef struct WhConnection WhConnection;

/* message: one message without its NUL; the next one comes after wh_connection_done(). FALSE: it is
 * malformed. closed: the connection is over, whoever ended it; called exactly once, with why (a
 * literal, NULL: nothing to complain about). */
typedef struct {
    gboolean (*message)(WhConnection *connection, const char *bytes, gsize length, gpointer data);
    void (*closed)(WhConnection *connection, const char *complaint, gpointer data);
} WhConnectionFuncs;

/* Begins to read with the next turn of the loop. `funcs` is copied. Lives until `closed` was
 * called; whoever keeps it for longer takes a reference. */
WhConnection *wh_connection_new(GIOStream *stream, const WhPeer *peer,
                                const WhConnectionFuncs *funcs, gpointer data);
WhConnection *wh_connection_ref(WhConnection *connection);
void wh_connection_unref(WhConnection *connection);

/* Who is at the other end, as it was when the connection was accepted. */
const WhPeer *wh_connection_peer(const WhConnection *connection);

/* Whether it was found out that the peer has a login session; stays for as long as the connection.
 */
void wh_connection_set_signed_in(WhConnection *connection);
gboolean wh_connection_is_signed_in(const WhConnection *connection);

/* Sends; the bytes are referenced. With more than 1 MB unsent before it, the connection is closed
 * instead: its other end does not read. */
void wh_connection_send(WhConnection *connection, GBytes *bytes);

/* The message is answered; the next one may come. */
void wh_connection_done(WhConnection *connection);

/* The message is answered again and again, until the other end goes. */
void wh_connection_set_streaming(WhConnection *connection);

/* Ends the connection; `complaint` (NULL: none) goes to the log, at most once a minute. */
void wh_connection_close(WhConnection *connection, const char *complaint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhConnection, wh_connection_unref)

G_END_DECLS
