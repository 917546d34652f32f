/* Who is at the other end of a named pipe. */
#pragma once

#include "platform/local_socket.h"
#include "platform/windows/token.h"

#include <windows.h>

G_BEGIN_DECLS

/* A principal is this and the account. */
#define WH_PEER_PREFIX "sid:"

/* Asks the system who is at the other end of `pipe`, the server's end, by taking the client's part
 * for a moment. FALSE: it can be asked when something was read from the pipe, because the client
 * wants to be known as who it is when it writes. Documentation: ImpersonateNamedPipeClient;
 * SECURITY_CONTEXT_TRACKING of CreateFile. */
gboolean wh_peer_from_pipe(HANDLE pipe, WhPeer *peer);

/* The judgement for a token: `self` is the user of this process, `console` the session of this
 * computer's own screen. pid and started are left alone. */
void wh_peer_from_token(const WhToken *token, const char *self, guint32 console, WhPeer *peer);

/* The account, NULL for an unknown peer. */
const char *wh_peer_sid(const WhPeer *peer);

/* That of a principal, NULL for something else. */
const char *wh_peer_sid_of(const char *principal);

G_END_DECLS
