#include "platform/windows/log_sink_private.h"

#include "platform/windows/line_queue.h"
#include "platform/windows/service_process.h"
#include "platform/windows/text.h"

#include <string.h>

/* Either is NULL where there is nobody to read it. */
struct WhLogSink {
    WhLineQueue *events;
    WhLineQueue *text;
};

typedef struct {
    void (*write)(const WhEventEntry *entry);
} Events;

static void write_event(gpointer item, gpointer data)
{
    ((Events *)data)->write(item);
}

static void free_event(gpointer item)
{
    wh_event_entry_free(item);
}

/* Nobody can be told about a line that cannot be written. */
static void write_text(gpointer item, gpointer data)
{
    const char *line = item;
    DWORD written = 0;

    if (wh_windows_console_write(data, line))
        return;
    for (gsize left = strlen(line); left > 0; left -= written, line += written)
        if (!WriteFile(data, line, (DWORD)left, &written, NULL) || written == 0)
            return;
}

static WhLineQueue *events_new(void (*write)(const WhEventEntry *entry))
{
    Events *events = g_new(Events, 1);

    *events = (Events){write};
    return wh_line_queue_new(write_event, free_event, events, g_free);
}

WhLogSink *wh_log_sink_new_at(HANDLE error, void (*write)(const WhEventEntry *entry))
{
    WhLogSink *sink = g_new0(WhLogSink, 1);

    if (write != NULL)
        sink->events = events_new(write);
    if (GetFileType(error) != FILE_TYPE_UNKNOWN)
        sink->text = wh_line_queue_new(write_text, g_free, error, NULL);
    return sink;
}

WhLogSink *wh_log_sink_new(void)
{
    return wh_log_sink_new_at(GetStdHandle(STD_ERROR_HANDLE),
                              wh_service_process_is_this() ? wh_event_log_write : NULL);
}

void wh_log_sink_free(WhLogSink *sink)
{
    if (sink == NULL)
        return;
    wh_line_queue_free(sink->events);
    wh_line_queue_free(sink->text);
    g_free(sink);
}

WhLogSinkAnswer wh_log_sink_put_fields(WhLogSink *sink, const GLogField *fields, gsize n_fields)
{
    WhEventEntry *entry;

    if (sink->events == NULL)
        return WH_LOG_SINK_ABSENT;
    entry = wh_event_entry_new(fields, n_fields);
    if (entry == NULL)
        return WH_LOG_SINK_TAKEN;
    return wh_line_queue_put(sink->events, entry, wh_event_entry_length(entry)) ? WH_LOG_SINK_TAKEN
                                                                                : WH_LOG_SINK_LOST;
}

/* Lines end as in this system's text files. */
static char *line_of(const char *text)
{
    const char *end = text + strnlen(text, WH_LOG_SINK_LONGEST_TEXT);

    while (end > text && ((guchar)*end & 0xc0) == 0x80)
        end--;
    return g_strdup_printf("%.*s\r\n", (int)(end - text), text);
}

WhLogSinkAnswer wh_log_sink_put_text(WhLogSink *sink, const char *text)
{
    char *line;

    if (sink->text == NULL)
        return WH_LOG_SINK_LOST;
    line = line_of(text);
    return wh_line_queue_put(sink->text, line, strlen(line)) ? WH_LOG_SINK_TAKEN : WH_LOG_SINK_LOST;
}

void wh_log_sink_flush(WhLogSink *sink, guint milliseconds)
{
    if (sink->events != NULL)
        wh_line_queue_flush(sink->events, milliseconds);
    if (sink->text != NULL)
        wh_line_queue_flush(sink->text, milliseconds);
}
