#include "service/reconcile/keeper_private.h"

void wh_record_init(WhRecord *record, WhKeptHost *host, WhFamily family)
{
    record->host = host;
    record->family = family;
    record->aim = wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    record->pending.data = record;
    wh_prove_init(record);
}

void wh_record_clear(WhRecord *record)
{
    wh_record_untouch(record);
    wh_prove_clear(record);
    wh_record_state_clear(&record->state);
}

WhKeeper *wh_record_keeper(const WhRecord *record)
{
    return record->host->account->keeper;
}

gboolean wh_record_is_wanted(const WhRecord *record)
{
    return record->host->host->wants[record->family];
}

const WhAddress *wh_record_desired(const WhRecord *record)
{
    return record->aim.known ? &record->aim.address : NULL;
}

/* An update whose end is unknown may have been applied, so that what was acknowledged before it
 * says nothing any more: that is the one reason to send an address which was acknowledged, but for
 * healing. */
static gboolean needs_send(const WhRecord *record, const WhAddress *desired)
{
    const WhRecordState *state = &record->state;
    return !state->has_acknowledged || !wh_address_equal(&state->acknowledged, desired) ||
           state->has_intent || record->heal != WH_HEAL_NO;
}

gboolean wh_record_is_settled(const WhRecord *record)
{
    const WhAddress *desired = wh_record_desired(record);
    return desired != NULL && wh_record_is_wanted(record) && record->flight == NULL &&
           record->recovery == WH_RECOVERY_NONE && !needs_send(record, desired);
}

/* Both families always travel together where one alone would change the other, and the later of two
 * requests at once could arrive first. */
gboolean wh_record_is_busy(const WhRecord *record)
{
    const WhKeptHost *host = record->host;
    if (record->flight != NULL)
        return TRUE;
    if (!host->account->manners.both_always)
        return FALSE;
    return host->records[WH_FAMILY_IPV4].flight != NULL ||
           host->records[WH_FAMILY_IPV6].flight != NULL;
}

/* A wall clock that is set back makes no wait longer. */
static gint64 clip_retry(const WhRecord *record, gint64 now)
{
    const WhRecordState *state = &record->state;
    if (record->wait_ends == 0)
        return wh_policy_clip_retry(state->retry_at, state->retry_class, now);
    gint64 left = record->wait_ends - wh_clock_monotonic(wh_record_keeper(record)->clock);
    return MIN(state->retry_at, now + MAX(left, 0));
}

static const WhRecordState *find_wait(WhRecord *record, gint64 now)
{
    WhRecordState *state = &record->state;
    if (state->retry_at == 0)
        return NULL;
    state->retry_at = clip_retry(record, now);
    return state->retry_at > now ? state : NULL;
}

/* What the provider asked for concerns the whole host; our own caution only the record that failed.
 */
static const WhRecordState *find_wait_of_host(WhRecord *record, gint64 now)
{
    const WhRecordState *longest = find_wait(record, now);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        const WhRecordState *other = find_wait(&record->host->records[i], now);
        if (other == NULL || wh_policy_is_ours(other->retry_class))
            continue;
        if (longest == NULL || other->retry_at > longest->retry_at)
            longest = other;
    }
    return longest;
}

static gint64 next_token(WhKeptHost *host, gint64 now)
{
    const WhManners *manners = &host->account->manners;
    wh_policy_refill(&host->state, manners, now);
    return wh_policy_next_token(&host->state, manners, now);
}

/* Stands in the way of every send, until a person does something. */
static gboolean view_obstacle(const WhRecord *record, WhRecordView *view)
{
    const WhKeptHost *host = record->host;
    const WhHalt *halt = wh_halts_find(host->account, host, &view->scope);
    if (host->account->keeper->paused || host->host->paused)
        view->status = WH_RECORD_PAUSED;
    else if (halt != NULL)
        view->status = WH_RECORD_HALTED;
    else if (!host->account->ready)
        view->status = WH_RECORD_NO_SECRET;
    else
        return FALSE;
    if (view->status == WH_RECORD_HALTED) {
        view->result = halt->result;
        view->detail = halt->detail;
    }
    return TRUE;
}

static gboolean is_refused(const WhRecord *record)
{
    const WhRecordState *state = &record->state;
    return state->has_refused && wh_address_equal(&state->refused, wh_record_desired(record));
}

/* What becomes of a record whose address is known and nobody stands in the way. */
static void view_course(WhRecord *record, WhRecordView *view)
{
    gint64 now = wh_clock_wall(wh_record_keeper(record)->clock);
    if (!needs_send(record, view->desired)) {
        view->status = WH_RECORD_CURRENT;
        return;
    }
    if (is_refused(record)) {
        view->status = WH_RECORD_REFUSED;
        view->result = record->state.retry_class;
        view->detail = record->state.retry_detail;
        return;
    }
    view->status = WH_RECORD_UPDATING;
    if (record->recovery != WH_RECOVERY_NONE || wh_record_is_busy(record))
        return;
    const WhRecordState *wait = find_wait_of_host(record, now);
    gint64 token = next_token(record->host, now);
    if (wait != NULL) {
        view->status = WH_RECORD_WAITING;
        view->until = wait->retry_at;
        view->result = wait->retry_class;
        view->detail = wait->retry_detail;
    } else if (token > now) {
        view->status = WH_RECORD_HELD;
        view->until = token;
    }
}

void wh_record_view(WhRecord *record, WhRecordView *view)
{
    *view = (WhRecordView){.desired = wh_record_desired(record),
                           .why = record->aim.why,
                           .proof = record->proving.shown};
    if (record->state.has_acknowledged) {
        view->acknowledged = &record->state.acknowledged;
        view->acknowledged_at = record->state.acknowledged_at;
        view->proven_at = record->state.proven_at;
    }
    if (record->flight != NULL)
        view->status = WH_RECORD_UPDATING;
    else if (view_obstacle(record, view))
        return;
    else if (view->desired == NULL)
        view->status = WH_RECORD_NO_ADDRESS;
    else
        view_course(record, view);
}

static void announce_held(WhRecord *record, const WhAddress *address)
{
    if (record->has_held && wh_address_equal(&record->held, address))
        return;
    WhKeeper *keeper = wh_record_keeper(record);
    record->has_held = TRUE;
    record->held = *address;
    wh_batch_event(keeper,
                   wh_record_event(record, WH_EVENT_HELD, wh_clock_wall(keeper->clock), address));
    wh_batch_host_changed(record->host);
}

gboolean wh_record_is_due(WhRecord *record)
{
    if (!wh_record_is_wanted(record))
        return FALSE;
    WhKeeper *keeper = wh_record_keeper(record);
    WhRecordView view;
    wh_record_view(record, &view);
    if (view.until != 0)
        wh_agenda_set_sooner(keeper->agenda, &record->host->wake,
                             view.until - wh_clock_wall(keeper->clock));
    if (view.status == WH_RECORD_HELD)
        announce_held(record, view.desired);
    return view.status == WH_RECORD_UPDATING && record->recovery == WH_RECOVERY_NONE &&
           !wh_record_is_busy(record);
}

void wh_record_touch(WhRecord *record)
{
    WhKeptAccount *account = record->host->account;
    if (!record->is_pending) {
        record->is_pending = TRUE;
        g_queue_push_tail_link(&account->pending[record->family], &record->pending);
    }
    wh_dispatch_activate(account);
}

void wh_record_untouch(WhRecord *record)
{
    if (!record->is_pending)
        return;
    record->is_pending = FALSE;
    g_queue_unlink(&record->host->account->pending[record->family], &record->pending);
}

/* A genuinely new address need not wait for an old one that nobody heard of. */
static void end_silence(WhRecord *record, const WhAddress *desired)
{
    WhRecordState *state = &record->state;
    if (state->retry_class == WH_RESULT_NO_ANSWER && !wh_address_equal(&state->intent, desired))
        state->retry_at = 0;
}

gboolean wh_record_take_aim(WhRecord *record)
{
    WhAimer *aimer = wh_record_keeper(record)->aimer;
    const WhRecordState *state = &record->state;
    const WhAddress *last = state->has_acknowledged ? &state->acknowledged : NULL;
    WhAim aim = aimer->aim(aimer, record->host->host, record->family, last);
    if (wh_aim_equal(&aim, &record->aim))
        return FALSE;
    record->aim = aim;
    return TRUE;
}

void wh_record_aim_changed(WhRecord *record)
{
    const WhAddress *desired = wh_record_desired(record);
    record->host->apart = FALSE;
    record->heal = WH_HEAL_NO;
    record->has_held = FALSE;
    if (desired != NULL)
        end_silence(record, desired);
    wh_recover_abandon(record);
    if (wh_record_is_settled(record))
        wh_prove_again(record, FALSE);
    else
        wh_prove_stop(record);
    wh_record_touch(record);
}

WhEvent *wh_record_event(const WhRecord *record, WhEventKind kind, gint64 at,
                         const WhAddress *address)
{
    WhEvent *event = wh_event_new(kind, at);
    event->host = g_strdup(record->host->host->id);
    event->host_name = g_strdup(record->host->host->name);
    event->has_family = TRUE;
    event->family = record->family;
    if (address != NULL) {
        event->has_address = TRUE;
        event->address = *address;
    }
    return event;
}

void wh_record_forget(WhRecord *record)
{
    WhRecordState *state = &record->state;
    state->has_acknowledged = FALSE;
    state->acknowledged_at = 0;
    state->has_intent = FALSE;
    state->has_refused = FALSE;
    state->same_streak = 0;
    state->healed_at = 0;
    state->proven_at = 0;
    record->recovery = WH_RECOVERY_NONE;
    record->heal = WH_HEAL_NO;
    wh_prove_forget(record);
}

void wh_record_end_own_wait(WhRecord *record)
{
    if (record->state.retry_at == 0 || !wh_policy_is_ours(record->state.retry_class))
        return;
    record->state.retry_at = 0;
    wh_record_touch(record);
    wh_batch_host_changed(record->host);
}
