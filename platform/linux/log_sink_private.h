/* What the tests of the log's sink need besides. */
#pragma once

#include "platform/log_sink.h"

G_BEGIN_DECLS

/* With another file for standard error, which must live as long, and the address of the journal's
 * socket; NULL: there is no journal. */
WhLogSink *wh_log_sink_new_at(int error, const char *journal);

G_END_DECLS
