#include "service/wiring/log_writer.h"

#include "platform/log_sink.h"
#include "service/base/log.h"

#include <string.h>

#define PATIENCE_MS 1000

/* lost: lines that the sink did not take since it was last said. */
struct WhLogWriter {
    GMutex lock;
    WhLogSink *sink;
    gboolean verbose;
    guint lost;
};

static const char *find(const GLogField *fields, gsize n_fields, const char *name)
{
    for (gsize i = 0; i < n_fields; i++)
        if (strcmp(fields[i].key, name) == 0 && fields[i].length < 0)
            return fields[i].value;
    return NULL;
}

static const char *severity(GLogLevelFlags level)
{
    if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
        return "error: ";
    return (level & G_LOG_LEVEL_WARNING) != 0 ? "warning: " : "";
}

/* One line for a terminal or a file: when, how bad, what. */
static char *format_own(GLogLevelFlags level, const char *message)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%d %H:%M:%S");

    return g_strdup_printf("%s %s%s", time, severity(level), message);
}

/* Complaints of libraries stay recognisable as such. */
static char *format(GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
    const char *message = find(fields, n_fields, "MESSAGE");

    if (message == NULL || g_strcmp0(find(fields, n_fields, "GLIB_DOMAIN"), G_LOG_DOMAIN) != 0)
        return g_log_writer_format_fields(level, fields, n_fields, FALSE);
    return format_own(level, message);
}

static gboolean put(WhLogWriter *writer, GLogLevelFlags level, const GLogField *fields,
                    gsize n_fields)
{
    WhLogSinkAnswer answer = wh_log_sink_put_fields(writer->sink, fields, n_fields);
    g_autofree char *line = NULL;

    if (answer == WH_LOG_SINK_ABSENT) {
        line = format(level, fields, n_fields);
        answer = wh_log_sink_put_text(writer->sink, line);
    }
    return answer == WH_LOG_SINK_TAKEN;
}

/* FALSE: there is still no room. */
static gboolean say_lost(WhLogWriter *writer)
{
    g_autofree char *text = NULL;

    if (writer->lost == 0)
        return TRUE;
    text = g_strdup_printf("%u line%s of this log %s lost here, because nobody took %s in time",
                           writer->lost, writer->lost == 1 ? "" : "s",
                           writer->lost == 1 ? "was" : "were", writer->lost == 1 ? "it" : "them");
    const GLogField fields[] = {
        {"MESSAGE", text, -1},
        {"PRIORITY", "4", -1},
        {"GLIB_DOMAIN", G_LOG_DOMAIN, -1},
        {"MESSAGE_ID", wh_log_message_id(WH_LOG_LOST), -1},
    };
    if (put(writer, G_LOG_LEVEL_WARNING, fields, G_N_ELEMENTS(fields)))
        writer->lost = 0;
    return writer->lost == 0;
}

static GLogWriterOutput write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                  gpointer data)
{
    WhLogWriter *writer = data;

    if ((level & G_LOG_LEVEL_DEBUG) != 0 && !writer->verbose)
        return G_LOG_WRITER_HANDLED;
    g_mutex_lock(&writer->lock);
    if (!say_lost(writer) || !put(writer, level, fields, n_fields))
        writer->lost++;
    /* GLib ends the program after such a line. */
    if ((level & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL)) != 0)
        wh_log_sink_flush(writer->sink, PATIENCE_MS);
    g_mutex_unlock(&writer->lock);
    return G_LOG_WRITER_HANDLED;
}

static void free_writer(gpointer data)
{
    WhLogWriter *writer = data;

    wh_log_sink_free(writer->sink);
    g_mutex_clear(&writer->lock);
    g_free(writer);
}

WhLogWriter *wh_log_writer_install(gboolean verbose)
{
    WhLogWriter *writer = g_new0(WhLogWriter, 1);

    g_mutex_init(&writer->lock);
    writer->sink = wh_log_sink_new();
    writer->verbose = verbose;
    g_log_set_writer_func(write_log, writer, free_writer);
    return writer;
}

void wh_log_writer_flush(WhLogWriter *writer)
{
    wh_log_sink_flush(writer->sink, PATIENCE_MS);
}
