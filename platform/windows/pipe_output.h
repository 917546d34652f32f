/* The half of a pipe that is written. */
#pragma once

#include "platform/windows/pipe.h"

G_BEGIN_DECLS

#define WH_TYPE_PIPE_OUTPUT (wh_pipe_output_get_type())
G_DECLARE_FINAL_TYPE(WhPipeOutput, wh_pipe_output, WH, PIPE_OUTPUT, GOutputStream)

/* Does not close the pipe. */
GOutputStream *wh_pipe_output_new(WhPipe *pipe);

G_END_DECLS
