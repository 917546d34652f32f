/* The half of a pipe that is read. */
#pragma once

#include "platform/windows/pipe.h"

G_BEGIN_DECLS

#define WH_TYPE_PIPE_INPUT (wh_pipe_input_get_type())
G_DECLARE_FINAL_TYPE(WhPipeInput, wh_pipe_input, WH, PIPE_INPUT, GInputStream)

/* `early` comes before what is read from the pipe; NULL: nothing. Does not close the pipe. What
 * arrives for a reader who does not want it any more is kept for the next. */
GInputStream *wh_pipe_input_new(WhPipe *pipe, GBytes *early);

G_END_DECLS
