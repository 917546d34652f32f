/* The owner's copy of the secrets of a service that runs for the whole computer.
 *
 * Runs only while the service says that a client writes to the keyring and that this person is its
 * owner. What a form gave goes into the person's keyring; what the service says is away, missing or
 * damaged (never what was given for another server) is handed over to it, once; what belongs to an
 * account that is removed while this looks on is removed as well. Nothing here asks the person
 * anything but wh_keyring_copy_unlock(). */
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

/* What a person can do for it. */
typedef enum {
    WH_KEYRING_COPY_FINE,
    WH_KEYRING_COPY_LOCKED, /* a secret waits to be put there, or may be there for an account that
                             * lacks it: wh_keyring_copy_unlock() */
    WH_KEYRING_COPY_ABSENT, /* there is no keyring, and the service keeps nothing for the time when
                             * nobody is signed in: have it do so */
} WhKeyringCopyNeed;
WhKeyringCopyNeed wh_keyring_copy_need(WhKeyringCopy *copy);

/* Has the desktop ask for the keyring's password; only because the person asked for it. */
void wh_keyring_copy_unlock(WhKeyringCopy *copy);

/* `changed`: what wh_keyring_copy_need() says may be another now. One listener; NULL: none. */
void wh_keyring_copy_listen(WhKeyringCopy *copy, void (*changed)(gpointer data), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhKeyringCopy, wh_keyring_copy_free)

G_END_DECLS
