/* What the fake of the local socket needs of the system that the tests run on: in linux/ and
 * windows/. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

/* Two streams over sockets, each the other's other end. FALSE: there is none; `ends` is left alone.
 */
gboolean wh_fake_socket_pair(GIOStream *ends[2], GError **error);

/* This process as somebody who knocks. */
void wh_fake_self(WhPeer *peer);

G_END_DECLS
