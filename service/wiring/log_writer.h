/* Where lines of the log go: to the system's journal with all their fields, else to standard error.
 * Neither is waited for; how many lines were lost is said as soon as one is taken again. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhLogWriter WhLogWriter;

/* From now on, for the whole program; once. verbose: every step, not only what matters. What comes
 * back belongs to GLib and lives as long as the program. */
WhLogWriter *wh_log_writer_install(gboolean verbose);

/* Before the program ends: what was taken gets a moment to arrive. */
void wh_log_writer_flush(WhLogWriter *writer);

G_END_DECLS
