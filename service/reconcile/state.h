/* What the record keeper remembers over a restart. Plain values, saved through WhJournal. */
#pragma once

#include "service/base/address.h"
#include "service/base/result.h"

G_BEGIN_DECLS

/* Waits for the user. result and detail say why, at since when (wall microseconds). */
typedef struct {
    gboolean halted;
    WhResultClass result;
    char *detail;
    gint64 at;
} WhHalt;

/* One name and family. Times are wall microseconds; 0 means never.
 * acknowledged: what the provider last confirmed. intent: what was sent and not yet answered.
 * retry_at with retry_class, retry_detail and attempts: a failure that is tried again then.
 * refused: an address the provider called wrong (BADIP); not sent again.
 * same_streak: how often in a row the provider said "nothing changed". */
typedef struct {
    gboolean has_acknowledged;
    WhAddress acknowledged;
    gint64 acknowledged_at;
    gboolean has_intent;
    WhAddress intent;
    gint64 intent_at;
    gint64 retry_at;
    WhResultClass retry_class;
    char *retry_detail;
    guint attempts;
    gboolean has_refused;
    WhAddress refused;
    guint same_streak;
    gint64 healed_at;
    gint64 proven_at;
} WhRecordState;

/* One host: its token bucket and its halt. tokens were counted at tokens_at. */
typedef struct {
    double tokens;
    gint64 tokens_at;
    WhHalt halt;
} WhHostState;

void wh_halt_clear(WhHalt *halt);
void wh_halt_copy(const WhHalt *from, WhHalt *to);
void wh_record_state_clear(WhRecordState *state);
void wh_record_state_copy(const WhRecordState *from, WhRecordState *to);
void wh_host_state_clear(WhHostState *state);
void wh_host_state_copy(const WhHostState *from, WhHostState *to);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhHalt, wh_halt_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhRecordState, wh_record_state_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhHostState, wh_host_state_clear)

G_END_DECLS
