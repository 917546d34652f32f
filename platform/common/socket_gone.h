/* wh_local_socket_watch_gone() of streams that are sockets. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

/* As there. NULL: the stream is no socket. */
GSource *wh_socket_gone_watch(GIOStream *stream, WhLocalSocketGone gone, gpointer data);

G_END_DECLS
