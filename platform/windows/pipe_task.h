/* A read or write of somebody who waits for it with a GAsyncReadyCallback. */
#pragma once

#include "platform/windows/pipe.h"

G_BEGIN_DECLS

/* Begins the operation for `task`, whose cancellable ends it, and takes the reference to the task
 * over. As wh_pipe_start(); `done` gets `data` and returns the task's result. */
void wh_pipe_task_start(WhPipe *pipe, WhPipeKind kind, gconstpointer bytes, gsize size, GTask *task,
                        void (*done)(GTask *task, guint32 error, const guint8 *bytes,
                                     gsize length));

G_END_DECLS
