/* What the files of the keyring share.
 *
 * keyring.c is the object and its state, keyring_bus.c the session bus and what it tells,
 * keyring_look.c reads everything (keyring_items.c: of the items), keyring_pace.c says when,
 * keyring_jobs.c writes, one thing after the other (keyring_removal.c: removes), keyring_unlock.c
 * asks the person, and keyring_trouble.c puts what goes wrong into words. No call has a cancellable
 * and none a time limit: a question that is on the screen may not be taken away, and a Secret
 * Service that hangs may go on. */
#pragma once

#include "platform/common/keyring_entries.h"
#include "platform/keyring.h"
#include "platform/linux/libsecret_library.h"

G_BEGIN_DECLS

#define WH_KEYRING_NAME "org.freedesktop.secrets"
#define WH_KEYRING_ROOT "/org/freedesktop/secrets"
#define WH_KEYRING_SERVICE "org.freedesktop.Secret.Service"
#define WH_KEYRING_COLLECTION "org.freedesktop.Secret.Collection"
#define WH_KEYRING_ITEM "org.freedesktop.Secret.Item"

/* For g_dbus_connection_call(). */
#define WH_KEYRING_NO_LIMIT G_MAXINT

/* As in secret_store.h; what is larger is not ours. */
#define WH_KEYRING_MAX_SECRET (64 * 1024)

typedef struct WhKeyringJob WhKeyringJob;

/* references: the owner's, and one for each call under way. freed: the owner's is gone, and nothing
 * is told any more. locked, locked_keys: items that a password must open, besides those of the
 * default collection, and all their keys. epoch: counts the Secret Services that went away. again:
 * what is being read is out of date already. failed: the last look came to nothing. news: the owner
 * hears of the next one also when the entries are as before. looks: since the monotonic time
 * window. later: the next one. asked: the person gave an answer that unlocked something. */
struct WhKeyring {
    guint references;
    gboolean freed;
    char *scope;
    WhKeyringFunc changed;
    gpointer data;
    WhKeyringState state;
    GHashTable *entries;
    GHashTable *locked_keys;

    WhLibsecret library;
    GDBusConnection *bus;
    gulong closed;
    guint name_watch;
    guint signals[3];
    gboolean has_owner;
    gint64 revived_at;

    SecretService *service;
    char *collection;
    char **locked;
    guint epoch;
    gboolean looking;
    gboolean again;
    gboolean failed;
    gboolean news;
    gint64 window;
    guint looks;
    GSource *later;

    GQueue jobs;
    WhKeyringJob *job; /* under way */
    GSource *pump;

    GArray *unlocks; /* who waits for an answer */
    gboolean asking;
    gboolean asked;
};

WhKeyring *wh_keyring_ref(WhKeyring *keyring);
void wh_keyring_unref(WhKeyring *keyring);

/* What marks the items of Wayhome in the keyring: of the scope, and of the key unless NULL.
 * Floating. */
GVariant *wh_keyring_attributes(WhKeyring *keyring, const char *key);

/* Whether it can be the name of a secret. */
gboolean wh_keyring_is_key(const char *key);

/* The state and all entries (taken over) as they were just read; NULL: none. Tells the owner when
 * something is another now, answers who waits, and starts what could not start before. */
void wh_keyring_settle(WhKeyring *keyring, WhKeyringState state, GHashTable *entries);

/* keyring_trouble.c: what the Secret Service says, in the words of the header and not more of it
 * than people can read; for g_error_free(). */
GError *wh_keyring_error(const GError *error);

/* What a call meets in the present state, or NULL when it is OPEN; for g_error_free(). */
GError *wh_keyring_state_error(WhKeyring *keyring);

/* Whether what was asked for is not there any more. */
gboolean wh_keyring_means_gone(const GError *error);

/* keyring_bus.c: whether there is a session bus to ask; asks it; leaves it. */
gboolean wh_keyring_has_bus(void);
void wh_keyring_bus_join(WhKeyring *keyring);
void wh_keyring_bus_leave(WhKeyring *keyring);

/* keyring_look.c: reads everything, or once more when it is being read. */
void wh_keyring_look(WhKeyring *keyring);

/* keyring_items.c: what is said of an item. */
typedef struct {
    char *key;
    guint64 date;
    gboolean locked;
} WhKeyringItem;

/* Those of the paths that are ours and still there, path to WhKeyringItem; NULL with an error: not
 * all of them could be read. Both are the callback's. It may come before the function returns. */
typedef void (*WhKeyringItemsRead)(GHashTable *items, GError *error, gpointer data);
void wh_keyring_items_read(GDBusConnection *bus, char **open, char **locked,
                           WhKeyringItemsRead done, gpointer data);

/* keyring_pace.c: TRUE: it was looked at often, and is looked at a little later instead. */
gboolean wh_keyring_look_is_too_soon(WhKeyring *keyring);
void wh_keyring_look_after_failure(WhKeyring *keyring);
void wh_keyring_pace_stop(WhKeyring *keyring);

/* What is known of the Secret Service is of one that is gone. */
void wh_keyring_look_forget(WhKeyring *keyring);

/* keyring_jobs.c: starts the next job with the next turn of the loop. */
void wh_keyring_jobs_pump(WhKeyring *keyring);
void wh_keyring_jobs_clear(WhKeyring *keyring);

/* What still waits to be written, onto what was read. */
void wh_keyring_jobs_apply(WhKeyring *keyring, GHashTable *entries);

/* keyring_removal.c: removes all items of the key; error NULL: nothing is left of them. */
typedef void (*WhKeyringRemoved)(const GError *error, gpointer data);
void wh_keyring_removal(WhKeyring *keyring, const char *key, WhKeyringRemoved done, gpointer data);

/* keyring_unlock.c: an empty list of who waits. */
GArray *wh_keyring_unlock_list(void);

/* Answers who waits, now that it is known how things are. */
void wh_keyring_unlock_settle(WhKeyring *keyring);

G_END_DECLS
