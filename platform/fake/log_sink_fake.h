/* The strings by which tests pull at the fake log. */
#pragma once

#include "platform/fake/fake.h"

G_BEGIN_DECLS

typedef enum {
    WH_FAKE_LOG_SINK_JOURNAL,
    WH_FAKE_LOG_SINK_TEXT, /* there is no journal */
} WhFakeLogSinkMode;

void wh_fake_log_sink_set_mode(WhFakeLogSinkMode mode);

/* TRUE: nobody reads, and nothing is taken. */
void wh_fake_log_sink_set_full(gboolean full);

/* What was taken, oldest first: a text, or "NAME=value|NAME=value". */
const GPtrArray *wh_fake_log_sink_record(void);

G_END_DECLS
