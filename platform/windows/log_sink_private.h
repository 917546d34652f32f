/* What the tests of the log's sink need besides. */
#pragma once

#include "platform/log_sink.h"

#include "platform/windows/event_log.h"

#include <windows.h>

G_BEGIN_DECLS

/* With another handle for standard error, which stays open longer, or INVALID_HANDLE_VALUE; and
 * what takes entries of the event log instead (in a thread of its own; may wait) or NULL: there is
 * none. */
WhLogSink *wh_log_sink_new_at(HANDLE error, void (*write)(const WhEventEntry *entry));

G_END_DECLS
