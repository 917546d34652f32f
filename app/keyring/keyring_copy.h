/* The owner's copy of the secrets of a service that runs for the whole computer.
 *
 * Runs only while the service says that a client writes to the keyring. What a form gave goes into
 * the person's keyring; what the service says is missing or damaged (never what was given for
 * another server) is handed over to it, once; what belongs to an account that is removed while this
 * looks on is removed as well. Nothing here asks the person anything but wh_keyring_copy_unlock().
 */
#pragma once

#include "app/model/model.h"

G_BEGIN_DECLS

typedef struct WhKeyringCopy WhKeyringCopy;

WhKeyringCopy *wh_keyring_copy_new(WhModel *model);
void wh_keyring_copy_free(WhKeyringCopy *copy);

/* A secret that the service took from the person, for an account with those values in its form
 * (name to text); all is copied. It is written only while the account has these values, so for no
 * other server, and in place of an earlier one for the same field. Ignored where the service keeps
 * its own copy, and where there is no keyring. */
void wh_keyring_copy_offer(WhKeyringCopy *copy, const char *account, const char *provider,
                           GHashTable *fields, const char *field, const char *secret);

/* The keyring is locked, and a secret waits to be put into it or may be there for an account that
 * lacks it: what a person can end with wh_keyring_copy_unlock(). */
gboolean wh_keyring_copy_waits(WhKeyringCopy *copy);

/* Has the desktop ask for the keyring's password; only because the person asked for it. */
void wh_keyring_copy_unlock(WhKeyringCopy *copy);

/* `changed`: what wh_keyring_copy_waits() says may be another now. One listener; NULL: none. */
void wh_keyring_copy_listen(WhKeyringCopy *copy, void (*changed)(gpointer data), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhKeyringCopy, wh_keyring_copy_free)

G_END_DECLS
