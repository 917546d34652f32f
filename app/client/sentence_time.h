/* Times in words. Private to the sentences and the command line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Wall microseconds as the user's clock shows them: "14:32" today, with the date on another day. */
char *wh_sentence_time_clock(gint64 at, gint64 now);

/* "just now", "3 minutes ago", "2 days ago". */
char *wh_sentence_time_ago(gint64 at, gint64 now);

/* "14:32:07.123", local time. */
char *wh_sentence_time_exact(gint64 at);

G_END_DECLS
