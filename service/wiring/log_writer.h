/* Where lines of the log go: to the system's journal with all their fields, else to standard error.
 * Neither is waited for; how many lines were lost is said as soon as one is taken again. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on, for the whole program; once. verbose: every step, not only what matters. */
void wh_log_writer_install(gboolean verbose);

G_END_DECLS
