/* What the files of the keyring share.
 *
 * keyring.c is the object and its state, keyring_bus.c the session bus and what it tells,
 * keyring_look.c reads everything, keyring_jobs.c writes, one thing after the other, and
 * keyring_unlock.c asks the person. No call has a cancellable and none a time limit: a question
 * that is on the screen may not be taken away. */
#pragma once

#include "platform/keyring.h"
#include "platform/linux/keyring_entries.h"
#include "platform/linux/libsecret_library.h"

G_BEGIN_DECLS

#define WH_KEYRING_NAME "org.freedesktop.secrets"
#define WH_KEYRING_ROOT "/org/freedesktop/secrets"
#define WH_KEYRING_SERVICE "org.freedesktop.Secret.Service"
#define WH_KEYRING_COLLECTION "org.freedesktop.Secret.Collection"

/* As in secret_store.h; what is larger is not ours. */
#define WH_KEYRING_MAX_SECRET (64 * 1024)

typedef struct WhKeyringJob WhKeyringJob;

/* references: the owner's, and one for each call under way. freed: the owner's is gone, and nothing
 * is told any more. locked: items that a password must open. again: what is being read is out of
 * date already. */
struct WhKeyring {
    guint references;
    gboolean freed;
    char *scope;
    WhKeyringFunc changed;
    gpointer data;
    WhKeyringState state;
    GHashTable *entries;

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
    gboolean looking;
    gboolean again;

    GQueue jobs;
    WhKeyringJob *job; /* under way */
    GSource *pump;

    GArray *unlocks; /* who waits for an answer */
    gboolean asking;
};

WhKeyring *wh_keyring_ref(WhKeyring *keyring);
void wh_keyring_unref(WhKeyring *keyring);

/* The items of Wayhome in the keyring. */
const SecretSchema *wh_keyring_schema(void);

/* scope, and key unless NULL: for g_hash_table_unref(), and floating, with the schema's name. */
GHashTable *wh_keyring_attributes(WhKeyring *keyring, const char *key);
GVariant *wh_keyring_attributes_variant(WhKeyring *keyring, const char *key);

/* The state and all entries (taken over) as they were just read; NULL: none. Tells the owner when
 * something is another now, answers who waits, and starts what could not start before. */
void wh_keyring_settle(WhKeyring *keyring, WhKeyringState state, GHashTable *entries);

/* libsecret's trouble in the words of the header; for g_error_free(). */
GError *wh_keyring_error(WhKeyring *keyring, const GError *error);

/* What a call meets in the present state, or NULL when it is OPEN; for g_error_free(). */
GError *wh_keyring_state_error(WhKeyring *keyring);

/* keyring_bus.c: whether there is a session bus to ask; asks it; leaves it. */
gboolean wh_keyring_has_bus(void);
void wh_keyring_bus_join(WhKeyring *keyring);
void wh_keyring_bus_leave(WhKeyring *keyring);

/* keyring_look.c: reads everything, or once more when it is being read. */
void wh_keyring_look(WhKeyring *keyring);

/* What is known of the Secret Service is of one that is gone. */
void wh_keyring_look_forget(WhKeyring *keyring);

/* keyring_jobs.c: starts the next job with the next turn of the loop. */
void wh_keyring_jobs_pump(WhKeyring *keyring);
void wh_keyring_jobs_clear(WhKeyring *keyring);

/* What still waits to be written, onto what was read. */
void wh_keyring_jobs_apply(WhKeyring *keyring, GHashTable *entries);

/* keyring_unlock.c: an empty list of who waits. */
GArray *wh_keyring_unlock_list(void);

/* Answers who waits, now that it is known how things are. */
void wh_keyring_unlock_settle(WhKeyring *keyring);

G_END_DECLS
