/* The Credential Manager of the person who is signed in, as keyrings use it.
 *
 * A secret is the generic credential "Wayhome:SCOPE:KEY", which stays on this computer; where the
 * person reads a user's name, it has the label. One holds WH_KEYRING_PIECE bytes at most, so that a
 * longer secret goes on in "Wayhome:SCOPE:KEY:GENERATION:1" and so on. The first piece is written
 * last, and its comment names the generation, the number of pieces and the length: a secret that
 * was written in part only is still what it was before, and one that lost a piece is noticed.
 *
 * Everything blocks (another process of the system is asked) and is for a worker thread. Returned
 * are codes of GetLastError(); ERROR_NO_SUCH_LOGON_SESSION: this session has none. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h since Windows 7. */
#define WH_KEYRING_PIECE (5 * 512)

#define WH_KEYRING_MAX_SECRET (64 * 1024)

/* Whether it can be the name of a secret. */
gboolean wh_keyring_is_key(const char *key);

/* Everything whole of the scope in a new table of keyring_entries.h. */
guint32 wh_keyring_manager_read(const char *scope, GHashTable **entries);

/* Keeps at most WH_KEYRING_MAX_SECRET bytes under `key` in place of what was there; label is what
 * the person reads. */
guint32 wh_keyring_manager_write(const char *scope, const char *key, const char *label,
                                 const char *bytes, gsize length);

/* Removing what is not there succeeds. */
guint32 wh_keyring_manager_remove(const char *scope, const char *key);

G_END_DECLS
