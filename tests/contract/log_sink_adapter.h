/* How the contract tests of log_sink.h make things happen. */
#pragma once

#include "platform/log_sink.h"

G_BEGIN_DECLS

/* A new sink: of a journal, or of standard error alone. Nobody reads before wh_adapter_read(). */
WhLogSink *wh_adapter_log_sink_new(gboolean journal);

/* Until nothing more is taken. */
void wh_adapter_fill(WhLogSink *sink);

/* Everything that was taken since the last time; the caller frees it. */
char *wh_adapter_read(void);

/* After the sink is gone. */
void wh_adapter_end(void);
void wh_adapter_add_tests(void);

G_END_DECLS
