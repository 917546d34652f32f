#include "platform/fake/log_sink_fake.h"
#include "tests/contract/log_sink_adapter.h"

WhLogSink *wh_adapter_log_sink_new(gboolean journal)
{
    wh_fake_reset();
    wh_fake_log_sink_set_mode(journal ? WH_FAKE_LOG_SINK_JOURNAL : WH_FAKE_LOG_SINK_TEXT);
    return wh_log_sink_new();
}

void wh_adapter_fill(WhLogSink *sink)
{
    wh_fake_log_sink_set_full(TRUE);
}

char *wh_adapter_read(void)
{
    const GPtrArray *record = wh_fake_log_sink_record();
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < record->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(record, i));
    wh_fake_log_sink_set_full(FALSE);
    return g_string_free(text, FALSE);
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
}
