/* The keyring of the person who is signed in: small secrets that the operating system keeps, and
 * locks when they sign out.
 *
 * Everything is asynchronous; callbacks come in the main context of the thread that made the
 * keyring. No call shows a question to the person but wh_keyring_unlock(). A locked keyring is not
 * an empty one. A key is as in secret_store.h.
 *
 * Linux: the Secret Service. Windows: the Credential Manager, which is open for as long as somebody
 * is signed in. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhKeyring WhKeyring;

typedef enum {
    WH_KEYRING_LOOKING, /* not known yet */
    WH_KEYRING_ABSENT,  /* this session has no keyring (no session bus, no service, no library) */
    WH_KEYRING_LOCKED,  /* there is one, and a password opens it */
    WH_KEYRING_OPEN,
} WhKeyringState;

/* The state changed, or what is kept was changed by somebody else. GNOME's keyring tells of items
 * that are added and removed, but not of one whose secret is typed over: that is seen at the next
 * change. Windows tells of nothing: it is looked at anew, once a second at most, after
 * wh_keyring_lookup() or wh_keyring_keys() was called. */
typedef void (*WhKeyringFunc)(gpointer data);

/* scope keeps the entries of two programs apart ("service", "tray"). Starts to look at once; where
 * there cannot be a keyring it is ABSENT when this returns, and `changed` is not called. Free
 * with wh_keyring_free(): callbacks under way are then not called any more, and a question on the
 * screen is left to the person. */
WhKeyring *wh_keyring_new(const char *scope, WhKeyringFunc changed, gpointer data);
void wh_keyring_free(WhKeyring *keyring);

/* As it was seen last; it changes with `changed`. */
WhKeyringState wh_keyring_state(WhKeyring *keyring);

/* What is kept under `key`, owned by the keyring and valid until the main loop turns again. NULL:
 * not OPEN, or there is none. Reads no further than memory: everything of this scope is read when
 * the keyring opens, and again when somebody else changes it. */
const char *wh_keyring_lookup(WhKeyring *keyring, const char *key, gsize *length);

/* Whether `key` rests in another keyring of the person, which is locked while theirs for new things
 * is OPEN: not known, which is not the same as not there. wh_keyring_unlock() asks for it. */
gboolean wh_keyring_is_locked(WhKeyring *keyring, const char *key);

/* The keys of everything that is found, for g_strfreev(). */
char **wh_keyring_keys(WhKeyring *keyring);

/* Never called before the function that was given it returned. error NULL: done.
 * G_IO_ERROR_INVALID_ARGUMENT: no such key is possible; G_IO_ERROR_NOT_FOUND: ABSENT;
 * G_IO_ERROR_PERMISSION_DENIED: LOCKED; G_IO_ERROR_CANCELLED: the person declined; anything else:
 * the keyring's own trouble. */
typedef void (*WhKeyringDone)(const GError *error, gpointer data);

/* Keeps `length` bytes of text under `key` (replacing what was there); label is what the person
 * reads in a password manager. `done` may be NULL. What was put is found by lookup at once. */
void wh_keyring_put(WhKeyring *keyring, const char *key, const char *label, const char *bytes,
                    gsize length, WhKeyringDone done, gpointer data);

/* Removing what is not there succeeds. `done` may be NULL. */
void wh_keyring_remove(WhKeyring *keyring, const char *key, WhKeyringDone done, gpointer data);

/* Asks the person to unlock it, or to make one where there is none yet; only after they asked for
 * that. `done` may be NULL, and may come much later: there is no time limit for people. */
void wh_keyring_unlock(WhKeyring *keyring, WhKeyringDone done, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhKeyring, wh_keyring_free)

G_END_DECLS
