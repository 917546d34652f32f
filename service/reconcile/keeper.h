/* The record keeper: compares what each record should hold with what was last acknowledged, asks
 * the policy, groups what can go in one request, sends, proves, writes down.
 *
 * A state machine on an injected clock; all I/O is behind WhPublisher, WhWitnesses and WhJournal,
 * and what a record should hold is said by WhAimer. */
#pragma once

#include "service/base/aim.h"
#include "service/base/clock.h"
#include "service/base/update.h"
#include "service/reconcile/journal.h"
#include "service/reconcile/policy.h"
#include "service/reconcile/proof.h"

G_BEGIN_DECLS

/* Sends updates; filled in by the service's wiring. `update` and all it points to live until `done`
 * returned or cancel(). `done` is called exactly once, not before publish() returned; not at all
 * after cancel(). */
typedef struct WhPublisher WhPublisher;
struct WhPublisher {
    guint64 (*publish)(WhPublisher *publisher, const WhUpdate *update, WhUpdateDone done,
                       gpointer data);
    void (*cancel)(WhPublisher *publisher, guint64 handle);
};

/* Says what a record of a host should hold; filled in by the service's wiring. last: what the
 * provider last confirmed of it, or NULL. Called often and for every record, so it must be quick;
 * must not call back. */
typedef struct WhAimer WhAimer;
struct WhAimer {
    WhAim (*aim)(WhAimer *aimer, const WhHost *host, WhFamily family, const WhAddress *last);
};

/* changed: the view of a host's records, or of an account's or provider's halt, is another now
 * (host NULL: of all hosts of `account`); every account is named when the journal begins or ends to
 * refuse. event: something for the history, already in the journal. ADDRESS, PAUSED, UNPAUSED and
 * STARTED are not the keeper's to write. May be called at any time from within the keeper's
 * functions; must not call back into it. */
typedef struct {
    void (*changed)(const char *account, const char *host, gpointer data);
    void (*event)(const WhEvent *event, gpointer data);
} WhKeeperListener;

typedef struct WhKeeper WhKeeper;

WhKeeper *wh_keeper_new(WhClock *clock, WhPublisher *publisher, WhWitnesses *witnesses,
                        WhJournal *journal, WhAimer *aimer, const WhKeeperListener *listener,
                        gpointer data);

/* Cancels what is under way; intents stay in the journal. */
void wh_keeper_free(WhKeeper *keeper);

/* What is kept right. Everything is copied. restore: at the start, accounts before their hosts; the
 * states and halts are what the store remembered and may be NULL; writes and tells nothing.
 *
 * Setting an account that is known replaces it. Another provider or another field may mean another
 * server: its updates under way are stopped, what its records were acknowledged is forgotten, and
 * its halt, those of its hosts and of its provider and all waits but the provider's own (SERVER,
 * RATE) end. Another label changes nothing, and secrets are not seen from here: whoever replaces
 * one calls wh_keeper_resume(). ready FALSE: a secret that the account needs is missing, so nothing
 * is sent for it.
 *
 * Setting a host that is known: another name or account forgets all that is remembered of it;
 * other wishes (see wh_host_has_same_wishes()) end its halt; pausing does neither. */
void wh_keeper_restore_account(WhKeeper *keeper, const WhAccount *account, const WhManners *manners,
                               gboolean ready, const WhHalt *halt);
void wh_keeper_restore_provider(WhKeeper *keeper, const char *provider, const WhHalt *halt);
void wh_keeper_restore_host(WhKeeper *keeper, const WhHost *host, const WhHostState *state,
                            const WhRecordState *records[WH_N_FAMILIES]);
void wh_keeper_set_account(WhKeeper *keeper, const WhAccount *account, const WhManners *manners,
                           gboolean ready);
void wh_keeper_set_host(WhKeeper *keeper, const WhHost *host);
void wh_keeper_remove_account(WhKeeper *keeper, const char *account); /* with its hosts */
void wh_keeper_remove_host(WhKeeper *keeper, const char *host);

/* Something that decides about addresses may be another now: asks the aimer about every record. One
 * whose aim is not known stays as it is. What is due leaves with the next turn of the loop, so that
 * both families of one turn can share requests. An update under way that carries another address
 * than the right one is stopped when a token for the right one is there. Nothing is sent unless the
 * address differs from the last acknowledged one; only when an update since then had an unknown
 * end, or somebody else changed the record, it is. */
void wh_keeper_look(WhKeeper *keeper);

/* The network came back or changed its way: what waits only because nobody answered is tried again
 * at once (at most every two seconds). */
void wh_keeper_network_changed(WhKeeper *keeper);

/* The wall clock was set: what waits because it was wrong is tried again at once, and what waits
 * for a time of that clock looks at it anew. */
void wh_keeper_clock_set(WhKeeper *keeper);

/* Pausing stops every send, but not what is under way. The keeper does not remember it over a
 * restart (hosts have WhHost.paused). */
void wh_keeper_set_paused(WhKeeper *keeper, gboolean paused);
gboolean wh_keeper_is_paused(WhKeeper *keeper);

/* The user looked into it: ends the halts of the host, its account and its provider (host NULL: of
 * the account, its provider and all its hosts). An address that the provider refused counts as a
 * halt here. FALSE: nothing was halted. */
gboolean wh_keeper_resume(WhKeeper *keeper, const char *account, const char *host);

/* "Update now": sends what is due without waiting for a retry time that is only ours (NO_ANSWER,
 * FAIL, CLOCK; what the provider asked for is kept: a token, SERVER, RATE), and asks for proof
 * again. A record that already holds the right address is not sent, unless its servers were clearly
 * seen to hold another one and a token is there. host NULL: all. */
void wh_keeper_update_now(WhKeeper *keeper, const char *host);

/* A test has just tried to set this record (see accounts): counts as an answered update and takes a
 * token, but "nothing changed" is not held against it. */
void wh_keeper_take_result(WhKeeper *keeper, const char *host, WhFamily family,
                           const WhAddress *address, const WhOutcome *outcome);

/* What a person sees of one record. */
typedef enum {
    WH_RECORD_CURRENT,  /* holds the right address as far as the provider said */
    WH_RECORD_UPDATING, /* an update is under way */
    WH_RECORD_WAITING,  /* until `until`, because of `result` */
    WH_RECORD_HELD,     /* a token is missing; until `until` */
    WH_RECORD_HALTED,   /* by `scope`, because of `result` */
    WH_RECORD_REFUSED,  /* the provider takes this address not; waits for another */
    WH_RECORD_PAUSED,
    WH_RECORD_NO_ADDRESS, /* what it should hold is not known; `why` */
    WH_RECORD_NO_SECRET,  /* the account's secret is missing */
} WhRecordStatus;

#define WH_N_RECORD_STATUSES (WH_RECORD_NO_SECRET + 1)

/* "current", "updating", ...: the words of the control interface. */
const char *wh_record_status_name(WhRecordStatus status);

typedef struct {
    WhRecordStatus status;
    WhHaltScope scope;
    WhResultClass result;
    const char *detail; /* the provider's words, or NULL */
    gint64 until;       /* wall, 0: not known */
    WhAimReason why;    /* of WH_RECORD_NO_ADDRESS */
    const WhAddress *desired;
    const WhAddress *acknowledged;
    gint64 acknowledged_at;
    gint64 proven_at; /* when that was last proven; 0: never */
    const WhProof *proof;
} WhRecordView;

/* FALSE: no such host, or it does not want that family. The pointers live until the keeper's next
 * call. */
gboolean wh_keeper_view(WhKeeper *keeper, const char *host, WhFamily family, WhRecordView *view);

/* The halt of an account, or of its provider; NULL: it goes on. */
const WhHalt *wh_keeper_account_halt(WhKeeper *keeper, const char *account, WhHaltScope *scope);

/* Whether any host that is neither paused nor halted nor elsewhere needs the public address of the
 * family: nobody asks outside operators for an address that cannot be sent. */
gboolean wh_keeper_wants(WhKeeper *keeper, WhFamily family);

/* FALSE since the journal refused to write. */
gboolean wh_keeper_journal_ok(WhKeeper *keeper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhKeeper, wh_keeper_free)

G_END_DECLS
