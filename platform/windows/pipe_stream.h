/* A pipe as a GIOStream. */
#pragma once

#include "platform/windows/pipe.h"

G_BEGIN_DECLS

#define WH_TYPE_PIPE_STREAM (wh_pipe_stream_get_type())
G_DECLARE_FINAL_TYPE(WhPipeStream, wh_pipe_stream, WH, PIPE_STREAM, GIOStream)

/* Keeps a reference to `pipe`. `early` are bytes that were read from it already, or NULL. Closing
 * the stream closes the pipe; one of its halves cannot be closed alone. */
GIOStream *wh_pipe_stream_new(WhPipe *pipe, GBytes *early);

/* Of the two halves. */
WhPipe *wh_pipe_stream_pipe(WhPipeStream *stream);

G_END_DECLS
