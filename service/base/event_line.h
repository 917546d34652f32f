/* Events as lines of the log. */
#pragma once

#include "service/base/event.h"
#include "service/base/log.h"

G_BEGIN_DECLS

/* What an event does not say itself. account: id, or NULL. scope: whom a halt concerns ("host",
 * "account", "provider"), or NULL. until: wall, when it is tried again; 0: not known. wanted: any
 * name is to hold an address of the event's family. */
typedef struct {
    const char *account;
    const char *scope;
    gint64 until;
    gboolean wanted;
} WhEventContext;

/* The caller owns the line. Where a failure was said before and nothing is another, the line is a
 * quiet one. `now` (wall) decides whether a time is said with its day. */
WhLine *wh_event_line(const WhEvent *event, const WhEventContext *context, gint64 now);

G_END_DECLS
