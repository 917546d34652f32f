/* What the files of the record keeper share: its nouns, and how they hang together.
 *
 *   keeper -> accounts -> hosts -> records      provider <- accounts
 *   account -> flights -> slots -> hosts
 *
 * A function that changes something calls wh_record_touch(); the keeper's next turn (dispatch.c)
 * looks at all records that were touched and sends what is due. */
#pragma once

#include "service/reconcile/agenda.h"
#include "service/reconcile/keeper.h"

G_BEGIN_DECLS

typedef struct WhKeptProvider WhKeptProvider;
typedef struct WhKeptAccount WhKeptAccount;
typedef struct WhKeptHost WhKeptHost;
typedef struct WhRecord WhRecord;
typedef struct WhFlight WhFlight;

/* How far the proof of one record has come. shown: what a person sees. announced: the last
 * conclusion in the history. fresh: an update was answered just now, so servers may lag behind.
 * suspect: one check said that somebody else changed the record, a second one must agree. lags,
 * misses: how often in a row servers lagged or nobody answered. handle: the question under way, or
 * 0. when: the next question, or the end of a recovery. */
typedef struct {
    WhProof *shown;
    WhProofStatus announced;
    gboolean fresh;
    gboolean suspect;
    guint lags;
    guint misses;
    guint64 handle;
    WhAgendaEntry when;
    GList line;
    gboolean in_line;
} WhProving;

/* A restored intent: was the update of an earlier life of this program applied? */
typedef enum {
    WH_RECOVERY_NONE,
    WH_RECOVERY_PENDING, /* not looked at yet */
    WH_RECOVERY_ASKING,  /* witnesses are being asked */
} WhRecovery;

/* A record that somebody else changed is sent although it was acknowledged. */
typedef enum {
    WH_HEAL_NO,
    WH_HEAL_WANTED,
    WH_HEAL_STARTED, /* written down and sent at least once */
} WhHeal;

/* One name and family. aim: what the aimer last said. held: the address HELD was written for.
 * wait_ends: monotonic time at which the wait until state.retry_at is over however the wall clock
 * jumps; 0: an earlier life began it.
 */
struct WhRecord {
    WhKeptHost *host;
    WhFamily family;
    WhAim aim;
    WhRecordState state;
    WhFlight *flight;
    WhRecovery recovery;
    gint64 wait_ends;
    WhHeal heal;
    gboolean has_held;
    WhAddress held;
    WhProving proving;
    GList pending;
    gboolean is_pending;
};

/* apart: the provider refused both addresses in one request, so that each is sent alone. wake: the
 * first of its records' waits ends. */
struct WhKeptHost {
    WhKeptAccount *account;
    WhHost *host;
    WhHostState state;
    WhRecord records[WH_N_FAMILIES];
    gboolean apart;
    WhAgendaEntry wake;
    gboolean is_announced;
};

struct WhKeptProvider {
    char *id;
    WhHalt halt;
};

/* pending: touched records, by family. active: waits for the next turn. */
struct WhKeptAccount {
    WhKeeper *keeper;
    WhAccount *account;
    WhManners manners;
    gboolean ready;
    WhHalt halt;
    WhKeptProvider *provider;
    GPtrArray *hosts;   /* WhKeptHost, owned, in the order they were added */
    GPtrArray *flights; /* WhFlight, owned */
    GQueue pending[WH_N_FAMILIES];
    GList active;
    gboolean is_active;
    gboolean is_announced;
};

/* One host in a flight. host NULL: removed meanwhile. for_itself: was due, not taken along as
 * company. doubt: an update before this one may have been applied or not. */
typedef struct {
    WhKeptHost *host;
    gboolean for_itself[WH_N_FAMILIES];
    gboolean doubt[WH_N_FAMILIES];
} WhFlightSlot;

/* One update under way. Owns what `update` points to. handle 0: not given to the publisher yet. */
struct WhFlight {
    WhKeptAccount *account;
    guint64 handle;
    WhUpdate update;
    GArray *items; /* WhUpdateItem */
    GArray *slots; /* WhFlightSlot, by the side of items */
};

/* What the present turn has to write and to tell. */
typedef struct {
    guint depth;
    gboolean open;
    gboolean flush;
    GPtrArray *events;
    GPtrArray *hosts;
    GPtrArray *accounts;
} WhBatch;

struct WhKeeper {
    WhClock *clock;
    WhPublisher *publisher;
    WhWitnesses *witnesses;
    WhJournal *journal;
    WhAimer *aimer;
    WhKeeperListener listener;
    gpointer data;
    WhAgenda *agenda;
    GHashTable *providers; /* id -> WhKeptProvider, owned */
    GHashTable *accounts;  /* id -> WhKeptAccount, owned */
    GHashTable *hosts;     /* id -> WhKeptHost, the account's */
    gboolean paused;
    gboolean journal_ok;
    guint n_wanted[WH_N_FAMILIES]; /* records that need the public address */
    GQueue active;                 /* WhKeptAccount */
    WhAgendaEntry turn;
    WhAgendaEntry network;
    gint64 network_at;
    GQueue line; /* WhRecord that waits to be proven */
    WhAgendaEntry questions;
    guint n_asking;
    WhBatch batch;
};

/* batch.c: journal entries, events and announcements of one turn belong together. Batches nest; the
 * outermost end commits and only then tells the listener. */
void wh_batch_init(WhBatch *batch);
void wh_batch_clear(WhBatch *batch);
void wh_batch_begin(WhKeeper *keeper);
void wh_batch_put_record(WhRecord *record);
void wh_batch_put_host(WhKeptHost *host);
void wh_batch_put_account(WhKeptAccount *account);
void wh_batch_put_provider(WhKeeper *keeper, WhKeptProvider *provider);

/* Takes the event. */
void wh_batch_event(WhKeeper *keeper, WhEvent *event);
void wh_batch_host_changed(WhKeptHost *host);
void wh_batch_account_changed(WhKeptAccount *account);

/* Takes back what was to be told about a host or account that goes. */
void wh_batch_forget_host(WhKeptHost *host);
void wh_batch_forget_account(WhKeptAccount *account);

/* Writes down what there is so far, and tells nobody yet. */
void wh_batch_commit(WhKeeper *keeper, gboolean flush);
void wh_batch_end(WhKeeper *keeper, gboolean flush);

/* record.c: one record. */
void wh_record_init(WhRecord *record, WhKeptHost *host, WhFamily family);
void wh_record_clear(WhRecord *record);
WhKeeper *wh_record_keeper(const WhRecord *record);
gboolean wh_record_is_wanted(const WhRecord *record);

/* The address it should hold, or NULL. */
const WhAddress *wh_record_desired(const WhRecord *record);

/* Holds the desired address for all that is known, and nothing is under way or in doubt. */
gboolean wh_record_is_settled(const WhRecord *record);

/* An update is under way that may change what the provider holds for it. */
gboolean wh_record_is_busy(const WhRecord *record);
void wh_record_view(WhRecord *record, WhRecordView *view);

/* Whether it is to be sent now. A wait that ends by itself puts the host on the agenda. */
gboolean wh_record_is_due(WhRecord *record);
void wh_record_touch(WhRecord *record);
void wh_record_untouch(WhRecord *record);

/* Asks the aimer. TRUE: the aim is another now. */
gboolean wh_record_take_aim(WhRecord *record);

/* The aim became another. */
void wh_record_aim_changed(WhRecord *record);

/* An event about the record, with its host, family and `address` (may be NULL). */
WhEvent *wh_record_event(const WhRecord *record, WhEventKind kind, gint64 at,
                         const WhAddress *address);

/* Nothing is known any more of what the provider holds. */
void wh_record_forget(WhRecord *record);

/* Ends waits that are only this program's own caution. */
void wh_record_end_own_wait(WhRecord *record);

/* host.c: one host. */
WhKeptHost *wh_kept_host_new(WhKeptAccount *account, const WhHost *host);
void wh_kept_host_free(WhKeptHost *host);
void wh_kept_host_touch(WhKeptHost *host);

/* flight.c: one update under way. */
WhFlight *wh_flight_new(WhKeptAccount *account);
void wh_flight_free(WhFlight *flight);
void wh_flight_add(WhFlight *flight, WhKeptHost *host, const WhUpdateItem *item,
                   const gboolean for_itself[WH_N_FAMILIES]);
void wh_flight_launch(WhFlight *flight);

/* Unbinds its records and takes it off its account; the caller frees it. */
void wh_flight_land(WhFlight *flight);

/* Stops and frees it. Its hosts get their tokens back, but for those that are `stale` (NULL: none
 * is). */
void wh_flight_cancel(WhFlight *flight, gboolean (*stale)(WhKeptHost *host));

/* Cancels the flights of `account` that carry an address which is no longer right, where what is
 * right may be sent at once. */
void wh_flight_cancel_stale(WhKeptAccount *account);

/* The answer does not matter to this host any more. */
void wh_flight_drop_host(WhKeptHost *host);

/* dispatch.c */
void wh_dispatch_activate(WhKeptAccount *account);
void wh_dispatch_turn(gpointer keeper);

/* answers.c */
void wh_answers_take(const WhUpdateReport *report, gpointer flight);

/* What an answer does to one record that was tested: see wh_keeper_take_result(). */
void wh_answers_take_test(WhRecord *record, const WhAddress *address, const WhOutcome *outcome);

/* questions.c: at most so many records are asked about at once; the others wait in line. */
gboolean wh_questions_has(const WhRecord *record);
void wh_questions_join(WhRecord *record);
void wh_questions_withdraw(WhRecord *record);
void wh_questions_serve(gpointer keeper);

/* recover.c: an intent that was restored. Asks the witnesses before the update is sent a second
 * time. */
void wh_recover_start(WhRecord *record);
void wh_recover_abandon(WhRecord *record);

/* It is sent in company of its other family, or a test has set it: its intent needs no witness. */
void wh_recover_forget(WhRecord *record);
void wh_recover_take(WhRecord *record, const char *zone, const GPtrArray *witnesses);

/* No conclusion came in time, or it came: the record goes its usual way. */
void wh_recover_end(WhRecord *record);

/* prove.c */
void wh_prove_init(WhRecord *record);
void wh_prove_clear(WhRecord *record);

/* An update was acknowledged: ask, after the provider's propagation time. */
void wh_prove_fresh(WhRecord *record);

/* Ask (again) soon, if the record is settled; with force even if it was proven just now. */
void wh_prove_again(WhRecord *record, gboolean force);

/* No more questions, but for those of a recovery. */
void wh_prove_stop(WhRecord *record);

/* Nothing is proven any more. */
void wh_prove_forget(WhRecord *record);
void wh_prove_show_asking(WhRecord *record);
void wh_prove_take(WhRecord *record, const char *zone, const GPtrArray *witnesses);

/* Takes the proof. */
void wh_prove_show(WhRecord *record, WhProof *proof);
void wh_prove_take_proven(WhRecord *record, WhProof *proof);

/* The user asks for it: sets a record right that somebody else changed. */
void wh_prove_heal_now(WhRecord *record);

/* halts.c */
const WhHalt *wh_halts_find(const WhKeptAccount *account, const WhKeptHost *host,
                            WhHaltScope *scope);
void wh_halts_set(WhRecord *record, WhHaltScope scope, const WhOutcome *outcome);

/* TRUE: there was a halt. */
gboolean wh_halts_end_host(WhKeptHost *host);
gboolean wh_halts_end_account(WhKeptAccount *account);

/* roster.c */
WhKeptAccount *wh_roster_find_account(WhKeeper *keeper, const char *id);
void wh_roster_free_account(WhKeptAccount *account);
void wh_roster_free_provider(WhKeptProvider *provider);

G_END_DECLS
