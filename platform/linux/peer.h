/* Who is at the other end of a local socket. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

/* A principal is this and the user's number. */
#define WH_PEER_PREFIX "uid:"

/* Asks the kernel for the credentials of the other end (SO_PEERCRED, unix(7)) at the moment of
 * connect(2) or listen(2). `known` is FALSE when it will not say, or says the number that stands
 * for a user without a number in this namespace. */
void wh_peer_from_fd(int fd, WhPeer *peer);

/* Whether a user's number is one of those for people. */
gboolean wh_peer_uid_is_person(guint32 uid);

/* The user's number, -1 for an unknown peer. */
gint64 wh_peer_uid(const WhPeer *peer);

/* The same judgement for given credentials; `overflow` is the number of unmapped users. The process
 * is looked at now. */
void wh_peer_from_credentials(gint64 pid, guint32 uid, guint32 overflow, WhPeer *peer);

G_END_DECLS
