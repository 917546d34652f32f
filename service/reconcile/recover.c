#include "service/reconcile/keeper_private.h"

/* So long a new start waits to learn whether an update of the life before was applied. */
#define PATIENCE (5 * WH_SECOND)

static gboolean may_be_applied(const WhRecord *record, const WhAddress *desired)
{
    return record->host->account->manners.provable &&
           wh_address_equal(desired, &record->state.intent);
}

void wh_recover_start(WhRecord *record)
{
    WhRecordView view;
    wh_record_view(record, &view);
    if (view.status != WH_RECORD_UPDATING || wh_record_is_busy(record))
        return;
    record->recovery = WH_RECOVERY_NONE;
    if (!may_be_applied(record, view.desired))
        return;
    record->recovery = WH_RECOVERY_ASKING;
    wh_agenda_set(wh_record_keeper(record)->agenda, &record->proving.when, PATIENCE);
    wh_questions_join(record);
}

void wh_recover_end(WhRecord *record)
{
    record->recovery = WH_RECOVERY_NONE;
    wh_prove_stop(record);
    wh_record_touch(record);
    wh_batch_host_changed(record->host);
}

void wh_recover_forget(WhRecord *record)
{
    if (record->recovery == WH_RECOVERY_NONE)
        return;
    record->recovery = WH_RECOVERY_NONE;
    wh_prove_stop(record);
}

void wh_recover_abandon(WhRecord *record)
{
    if (record->recovery != WH_RECOVERY_ASKING)
        return;
    wh_recover_end(record);
    record->recovery = WH_RECOVERY_PENDING;
}

void wh_recover_take(WhRecord *record, const char *zone, const GPtrArray *witnesses)
{
    WhRecordState *state = &record->state;
    gint64 now = wh_clock_wall(wh_record_keeper(record)->clock);
    g_autoptr(WhProof) proof = wh_proof_conclude(zone, witnesses, &state->intent, now);
    wh_recover_end(record);
    if (proof->status != WH_PROOF_PROVEN)
        return;
    /* The update was applied: that counts as its answer. */
    state->has_intent = FALSE;
    state->has_acknowledged = TRUE;
    state->acknowledged = state->intent;
    state->acknowledged_at = now;
    state->retry_at = 0;
    state->attempts = 0;
    record->proving.announced = WH_PROOF_NONE;
    wh_prove_take_proven(record, g_steal_pointer(&proof));
}
