/* Entries of the system's event log (Application, source "Wayhome"; ReportEventW).
 *
 * The message of each kind is in messages.mc of the installer: 1 information, 2 warning, 3 error.
 * Its inserts are what EventEntry holds, in this order. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* priority: as of syslog, 0 to 7. message: a sentence. id: of the catalogue of messages, or "".
 * fields: the rest, "NAME=value" a line, or "". All UTF-8. */
typedef struct {
    int priority;
    char *message;
    char *id;
    char *fields;
} WhEventEntry;

/* Reads them out of the fields of a line of the log. NULL: it is of a priority that only who looks
 * for a fault wants (beyond 5, notice), and is not for the event log. */
WhEventEntry *wh_event_entry_new(const GLogField *fields, gsize n_fields);
void wh_event_entry_free(WhEventEntry *entry);
gsize wh_event_entry_length(const WhEventEntry *entry);

/* Hands it over; waits for the event log. What it does not take is lost. */
void wh_event_log_write(const WhEventEntry *entry);

/* One error, at once. */
void wh_event_log_say(const char *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhEventEntry, wh_event_entry_free)

G_END_DECLS
