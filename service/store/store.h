/* The service's memory: accounts, hosts, what the record keeper remembers, history. SQLite.
 *
 * Commits are safe against the end of the process at once (WAL, synchronous=NORMAL); a worker
 * flushes to the disk soon after those that ask for it, so that nothing here waits for a disk.
 * Holds no secrets. */
#pragma once

#include "service/base/account.h"
#include "service/base/host.h"
#include "service/reconcile/journal.h"

G_BEGIN_DECLS

typedef struct WhStore WhStore;

#define WH_STORE_ERROR (wh_store_error_quark())
GQuark wh_store_error_quark(void);

typedef enum {
    WH_STORE_ERROR_OPEN,  /* the folder or file cannot be used */
    WH_STORE_ERROR_NEWER, /* written by a newer version of the program */
    WH_STORE_ERROR_WRITE, /* disk full, read-only, ... */
    WH_STORE_ERROR_BUSY,  /* another process of this program uses it */
} WhStoreErrorCode;

/* Opens `folder`/wayhome.db, creating the folder (0700) and file (0600) and migrating as needed. A
 * damaged file is set aside with its date in the name, what can be read of it is kept, and *notice
 * (caller frees) says so in a sentence; else *notice is NULL. Free with wh_store_free(), which
 * flushes. */
WhStore *wh_store_open(const char *folder, char **notice, GError **error);

/* The same in memory only, for a service whose folder cannot be used. */
WhStore *wh_store_open_in_memory(void);

/* In memory only, and at the start with everything that can be read of a `folder` that nobody can
 * write to: *complete says whether its file could be read. */
WhStore *wh_store_open_copy(const char *folder, gboolean *complete);
void wh_store_free(WhStore *store);

/* A file can prove to be damaged later too: then it is replaced likewise, and this is the sentence
 * about it, once; else NULL. The caller frees it. */
char *wh_store_take_notice(WhStore *store);

/* Owned by the store. */
WhJournal *wh_store_journal(WhStore *store);

/* Insert or replace; remove also removes hosts and states of an account. All flushed soon. */
gboolean wh_store_put_account(WhStore *store, const WhAccount *account, GError **error);
gboolean wh_store_remove_account(WhStore *store, const char *id, GError **error);
/* The same together with wh_store_put_setting(): both, or none. */
gboolean wh_store_remove_account_and_put_setting(WhStore *store, const char *id, const char *name,
                                                 const char *value, GError **error);
gboolean wh_store_put_host(WhStore *store, const WhHost *host, GError **error);
/* The same for a host that is another record now (name, account or server changed): what was
 * remembered of the old one is forgotten. */
gboolean wh_store_move_host(WhStore *store, const WhHost *host, GError **error);
gboolean wh_store_remove_host(WhStore *store, const char *id, GError **error);

/* Everything, in the order it was added. Arrays of WhAccount and WhHost for g_ptr_array_unref(). */
GPtrArray *wh_store_accounts(WhStore *store);
GPtrArray *wh_store_hosts(WhStore *store);

/* What the journal was told last, for wh_halt_clear() and the like; FALSE: nothing is remembered,
 * *state is untouched. */
gboolean wh_store_account_halt(WhStore *store, const char *account, WhHalt *halt);
gboolean wh_store_provider_halt(WhStore *store, const char *provider, WhHalt *halt);
gboolean wh_store_host_state(WhStore *store, const char *host, WhHostState *state);
gboolean wh_store_record_state(WhStore *store, const char *host, WhFamily family,
                               WhRecordState *state);

/* The ids of all hosts with a remembered state that begin so, whether or not there are such hosts;
 * for g_strfreev(). */
char **wh_store_hosts_with_states(WhStore *store, const char *prefix);

/* A small setting by name ("paused"); NULL: not set. The caller frees it. Putting NULL takes it
 * out. */
char *wh_store_setting(WhStore *store, const char *name);
gboolean wh_store_put_setting(WhStore *store, const char *name, const char *value, GError **error);

/* Up to `limit` (at most 1000) events older than id `before` (0: the newest), of one host or of all
 * (NULL), newest first: array of WhEvent. The history keeps the newest 20,000. */
GPtrArray *wh_store_history(WhStore *store, const char *host, gint64 before, guint limit);

/* A number that never came before, for new ids; survives restarts. */
gint64 wh_store_next_number(WhStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhStore, wh_store_free)

G_END_DECLS
