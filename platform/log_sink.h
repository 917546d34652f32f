/* Takes lines of the log and never waits: a line that is not taken at once is lost.
 *
 * Linux: the system's journal where standard error leads to it (its native protocol, see
 * systemd.io/JOURNAL_NATIVE_PROTOCOL), and standard error whatever that is: whoever reads neither
 * may hold up nobody. Windows: for "the journal" read the event log (source "Wayhome"), which takes
 * what is of priority 5 (notice) and above from the service, and from a program that has no
 * standard error; threads of the sink do the waiting. Any thread may call, one at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhLogSink WhLogSink;

typedef enum {
    WH_LOG_SINK_TAKEN,
    WH_LOG_SINK_LOST,   /* its reader is behind, or gone */
    WH_LOG_SINK_ABSENT, /* there is no journal: say it as text */
} WhLogSinkAnswer;

/* Octets of a value, and of a text; what is longer is cut. */
#define WH_LOG_SINK_LONGEST_VALUE 4096
#define WH_LOG_SINK_LONGEST_TEXT 4000

WhLogSink *wh_log_sink_new(void);
void wh_log_sink_free(WhLogSink *sink);

/* To the journal, one entry. Values may hold any bytes; a field whose name is not of capital
 * letters, digits and underscores (a letter first, at most 64) is left out, as are those that come
 * after 32 kB. */
WhLogSinkAnswer wh_log_sink_put_fields(WhLogSink *sink, const GLogField *fields, gsize n_fields);

/* To standard error; `text` is one line without its end. WH_LOG_SINK_TAKEN or
 * WH_LOG_SINK_LOST. */
WhLogSinkAnswer wh_log_sink_put_text(WhLogSink *sink, const char *text);

/* What was taken and is still on its way gets so much time to arrive, as before the end of the
 * program. */
void wh_log_sink_flush(WhLogSink *sink, guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLogSink, wh_log_sink_free)

G_END_DECLS
