#include "platform/log_sink.h"

#include "platform/fake/log_sink_fake.h"
#include "platform/fake/state.h"

#include <string.h>

struct WhLogSink {
    char unused;
};

WhLogSink *wh_log_sink_new(void)
{
    return g_new0(WhLogSink, 1);
}

void wh_log_sink_free(WhLogSink *sink)
{
    g_free(sink);
}

static char *join(const GLogField *fields, gsize n_fields)
{
    GString *line = g_string_new(NULL);

    for (gsize i = 0; i < n_fields; i++) {
        const char *value = fields[i].value;
        gsize length = fields[i].length < 0 ? strlen(value) : (gsize)fields[i].length;

        g_string_append_printf(line, "%s%s=", i == 0 ? "" : "|", fields[i].key);
        g_string_append_len(line, value, (gssize)MIN(length, WH_LOG_SINK_LONGEST_VALUE));
    }
    return g_string_free(line, FALSE);
}

WhLogSinkAnswer wh_log_sink_put_fields(WhLogSink *sink, const GLogField *fields, gsize n_fields)
{
    WhFakeState *state = wh_fake_state();

    if (state->log_mode == WH_FAKE_LOG_SINK_TEXT)
        return WH_LOG_SINK_ABSENT;
    if (state->log_full)
        return WH_LOG_SINK_LOST;
    g_ptr_array_add(state->log_record, join(fields, n_fields));
    return WH_LOG_SINK_TAKEN;
}

WhLogSinkAnswer wh_log_sink_put_text(WhLogSink *sink, const char *text)
{
    WhFakeState *state = wh_fake_state();

    if (state->log_full)
        return WH_LOG_SINK_LOST;
    g_ptr_array_add(state->log_record, g_strndup(text, WH_LOG_SINK_LONGEST_TEXT));
    return WH_LOG_SINK_TAKEN;
}

void wh_log_sink_flush(WhLogSink *sink, guint milliseconds)
{
}

void wh_fake_log_sink_set_mode(WhFakeLogSinkMode mode)
{
    wh_fake_state()->log_mode = (int)mode;
}

void wh_fake_log_sink_set_full(gboolean full)
{
    wh_fake_state()->log_full = full;
}

const GPtrArray *wh_fake_log_sink_record(void)
{
    return wh_fake_state()->log_record;
}
