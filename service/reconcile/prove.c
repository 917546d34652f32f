#include "service/reconcile/keeper_private.h"

#define SECOND_LOOK WH_MINUTE
#define DAILY_JITTER 0.1

/* A difference is worth a look sooner than the next day: a server may only be slow. */
#define DIFFERENCE_RECHECK WH_HOUR

/* A proof this young is not asked for again because the network moved. */
#define YOUNG (10 * WH_MINUTE)

static const gint64 lag_waits[] = {WH_SECOND / 4,   WH_SECOND / 2,  1 * WH_SECOND,  2 * WH_SECOND,
                                   5 * WH_SECOND,   10 * WH_SECOND, 30 * WH_SECOND, 60 * WH_SECOND,
                                   120 * WH_SECOND, 300 * WH_SECOND};
static const gint64 miss_waits[] = {2 * WH_SECOND, 10 * WH_SECOND, 60 * WH_SECOND};

static WhProof *bare_proof(WhProofStatus status, WhUnprovable why)
{
    WhProof *proof = wh_proof_new();
    proof->status = status;
    proof->why = why;
    return proof;
}

void wh_prove_show(WhRecord *record, WhProof *proof)
{
    wh_proof_free(record->proving.shown);
    record->proving.shown = proof;
    wh_batch_host_changed(record->host);
}

static void schedule(WhRecord *record, gint64 delay)
{
    wh_agenda_set(wh_record_keeper(record)->agenda, &record->proving.when, delay);
}

static void schedule_daily(WhRecord *record)
{
    schedule(record, wh_clock_jitter(wh_record_keeper(record)->clock, WH_DAY, DAILY_JITTER));
}

void wh_prove_show_asking(WhRecord *record)
{
    if (record->proving.shown->status == WH_PROOF_NONE)
        wh_prove_show(record, bare_proof(WH_PROOF_CHECKING, WH_UNPROVABLE_NOT));
}

void wh_prove_stop(WhRecord *record)
{
    if (record->recovery == WH_RECOVERY_ASKING)
        return;
    wh_agenda_remove(wh_record_keeper(record)->agenda, &record->proving.when);
    wh_questions_withdraw(record);
}

static void start_over(WhRecord *record)
{
    record->proving.lags = 0;
    record->proving.misses = 0;
    record->proving.suspect = FALSE;
}

static gboolean is_provable(const WhRecord *record)
{
    return record->host->account->manners.provable;
}

void wh_prove_forget(WhRecord *record)
{
    wh_prove_stop(record);
    start_over(record);
    record->proving.fresh = FALSE;
    record->proving.announced = WH_PROOF_NONE;
    wh_prove_show(record, wh_proof_new());
}

static void show_proxied(WhRecord *record)
{
    if (record->proving.shown->why != WH_UNPROVABLE_PROXIED)
        wh_prove_show(record, bare_proof(WH_PROOF_UNPROVABLE, WH_UNPROVABLE_PROXIED));
}

void wh_prove_fresh(WhRecord *record)
{
    wh_prove_forget(record);
    if (!is_provable(record)) {
        show_proxied(record);
        return;
    }
    record->proving.fresh = TRUE;
    wh_prove_show(record, bare_proof(WH_PROOF_CHECKING, WH_UNPROVABLE_NOT));
    schedule(record, record->host->account->manners.propagation);
}

static gboolean is_young(const WhRecord *record)
{
    gint64 age = wh_clock_wall(wh_record_keeper(record)->clock) - record->proving.shown->at;
    return record->proving.shown->status == WH_PROOF_PROVEN && age >= 0 && age < YOUNG;
}

void wh_prove_again(WhRecord *record, gboolean force)
{
    WhProving *proving = &record->proving;
    if (!wh_record_is_settled(record))
        return;
    if (!is_provable(record)) {
        show_proxied(record);
        return;
    }
    /* The propagation time after an update is not over. */
    if (proving->fresh && proving->lags == 0 && proving->misses == 0 && proving->when.place != NULL)
        return;
    if (!force && is_young(record)) {
        if (proving->when.place == NULL && !wh_questions_has(record))
            schedule_daily(record);
        return;
    }
    start_over(record);
    wh_agenda_remove(wh_record_keeper(record)->agenda, &proving->when);
    wh_questions_join(record);
}

/* Each conclusion is told once, until there is another. */
static void announce(WhRecord *record, WhEventKind kind, char *detail)
{
    WhProving *proving = &record->proving;
    WhEvent *event;
    g_autofree char *text = detail;
    if (proving->announced == proving->shown->status)
        return;
    proving->announced = proving->shown->status;
    event = wh_record_event(record, kind, proving->shown->at, &record->state.acknowledged);
    event->detail = g_steal_pointer(&text);
    wh_batch_event(wh_record_keeper(record), event);
}

static char *describe(const WhProof *proof, const WhAddress *expected)
{
    return g_strdup_printf("%u/%u servers, TTL %" G_GUINT32_FORMAT,
                           wh_proof_count_agreeing(proof, expected), proof->witnesses->len,
                           proof->ttl);
}

void wh_prove_take_proven(WhRecord *record, WhProof *proof)
{
    start_over(record);
    record->proving.fresh = FALSE;
    record->state.proven_at = proof->at;
    wh_batch_put_record(record);
    wh_prove_show(record, proof);
    announce(record, WH_EVENT_PROVEN, describe(proof, &record->state.acknowledged));
    schedule_daily(record);
}

/* Whether it may be sent at this moment, but for being acknowledged. */
static gboolean may_heal(WhRecord *record)
{
    WhRecordView view;
    if (!wh_record_is_settled(record))
        return FALSE;
    record->heal = WH_HEAL_WANTED;
    wh_record_view(record, &view);
    record->heal = WH_HEAL_NO;
    return view.status == WH_RECORD_UPDATING;
}

static void heal(WhRecord *record)
{
    record->heal = WH_HEAL_WANTED;
    wh_record_touch(record);
    wh_batch_host_changed(record->host);
}

static gboolean was_healed_today(const WhRecord *record, gint64 now)
{
    gint64 at = record->state.healed_at;
    return at != 0 && at <= now && now - at < WH_DAY;
}

static gboolean is_changed_by_others(WhRecord *record, const WhProof *proof)
{
    return record->state.proven_at != 0 && wh_proof_is_clear_difference(proof) &&
           !was_healed_today(record, proof->at) && may_heal(record);
}

static void settle_difference(WhRecord *record, WhProof *proof)
{
    start_over(record);
    record->proving.fresh = FALSE;
    wh_prove_show(record, proof);
    announce(record, WH_EVENT_DIFFERS, describe(proof, &record->state.acknowledged));
    schedule(record, DIFFERENCE_RECHECK);
}

static void take_difference(WhRecord *record, WhProof *proof)
{
    WhProving *proving = &record->proving;
    proving->misses = 0;
    if (proving->fresh && proving->lags < G_N_ELEMENTS(lag_waits)) {
        proof->status = WH_PROOF_CHECKING;
        wh_prove_show(record, proof);
        schedule(record, lag_waits[proving->lags++]);
    } else if (proving->fresh || !is_changed_by_others(record, proof)) {
        settle_difference(record, proof);
    } else if (!proving->suspect) {
        proving->suspect = TRUE;
        wh_proof_free(proof);
        schedule(record, SECOND_LOOK);
    } else {
        proving->suspect = FALSE;
        wh_prove_show(record, proof);
        heal(record);
    }
}

static void take_miss(WhRecord *record, WhProof *proof)
{
    WhProving *proving = &record->proving;
    if (proving->misses < G_N_ELEMENTS(miss_waits)) {
        wh_proof_free(proof);
        schedule(record, miss_waits[proving->misses++]);
        return;
    }
    start_over(record);
    proving->fresh = FALSE;
    wh_prove_show(record, proof);
    announce(record, WH_EVENT_UNPROVABLE, g_strdup(wh_unprovable_name(proof->why)));
    schedule_daily(record);
}

void wh_prove_take(WhRecord *record, const char *zone, const GPtrArray *witnesses)
{
    if (!wh_record_is_settled(record))
        return;
    gint64 now = wh_clock_wall(wh_record_keeper(record)->clock);
    WhProof *proof = wh_proof_conclude(zone, witnesses, &record->state.acknowledged, now);
    if (proof->status == WH_PROOF_PROVEN)
        wh_prove_take_proven(record, proof);
    else if (proof->status == WH_PROOF_DIFFERS)
        take_difference(record, proof);
    else
        take_miss(record, proof);
}

static void become_due(gpointer data)
{
    WhRecord *record = data;
    WhKeeper *keeper = wh_record_keeper(record);
    wh_batch_begin(keeper);
    if (record->recovery == WH_RECOVERY_ASKING)
        wh_recover_end(record);
    else if (wh_record_is_settled(record))
        wh_questions_join(record);
    wh_batch_end(keeper, FALSE);
}

void wh_prove_init(WhRecord *record)
{
    record->proving.shown = wh_proof_new();
    record->proving.line.data = record;
    record->proving.when = (WhAgendaEntry){.due = become_due, .data = record};
}

void wh_prove_clear(WhRecord *record)
{
    wh_agenda_remove(wh_record_keeper(record)->agenda, &record->proving.when);
    wh_questions_withdraw(record);
    wh_proof_free(record->proving.shown);
}

void wh_prove_heal_now(WhRecord *record)
{
    const WhProof *shown = record->proving.shown;
    if (wh_proof_is_clear_difference(shown) && may_heal(record))
        heal(record);
}
