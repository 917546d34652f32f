/* Which process a number means: they are used again, and only together with the time of its start
 * does one name a process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When process `pid`, if it is one of user `uid`, was started: in clock ticks since the start of
 * the system (proc(5), field 22 of stat). 0: there is no such process, or it is another's. */
guint64 wh_process_started(gint64 pid, guint32 uid);

/* The same field of the file's text, 0 when it is not there. The text holds the program's name,
 * which its user chooses: it may hold anything. */
guint64 wh_process_started_from(const char *stat);

/* Whether the text of a process' status (proc(5)) says that it is one of this user: started by them
 * (its real id), or running with their rights (its effective id). The owner of the process' folder
 * tells less: that is root for every process that guards its memory. */
gboolean wh_process_is_of(const char *status, guint32 uid);

G_END_DECLS
