/* Everything that the fakes remember. */
#pragma once

#include "platform/fake/fake.h"

G_BEGIN_DECLS

typedef struct {
    GArray *addresses; /* of WhInterfaceAddress */
    WhDefaultRoute route[2];
    gboolean not_instant;
    GPtrArray *address_monitors;

    gboolean no_sleep;
    GPtrArray *sleep_monitors;

    GPtrArray *listeners;
    GPtrArray *socket_watches;
    WhPeer peer;
    gboolean has_peer;
    gboolean kept;
    gboolean untrusted;
    char *activated;

    GHashTable *secrets; /* "folder/key" -> GBytes */
    WhFakeSecretStoreFailure secret_failure;

    GPtrArray *hosts;
    GPtrArray *host_record;

    gboolean no_sudo;
    gboolean users_never_return;
    char *folder;
    gboolean no_runtime;
    char **dns_servers;

    GPtrArray *permissions;
    int permission_answers[2]; /* by WhPermissionAction: WhPermissionAnswer */
    int permission_password;   /* WhPermissionAnswer */
    gboolean permission_silent;
    guint permission_questions;
    guint permission_dialogs;
    GHashTable *signed_in; /* set of principals */

    GHashTable *keyring;           /* "scope/key" -> what rests there */
    GHashTable *keyring_elsewhere; /* the same, in one that is locked */
    int keyring_state;             /* WhKeyringState */
    int keyring_broken;            /* GIOErrorEnum, or -1 */
    gboolean keyring_slow;
    gboolean keyring_password_known;
    guint keyring_questions;
    GPtrArray *keyrings;

    int sealer_mode; /* WhFakeSealerMode */
    guint sealer_key;
    gboolean sealer_slow;
    guint sealer_asked;
    GPtrArray *sealers;

    int log_mode; /* WhFakeLogSinkMode */
    gboolean log_full;
    GPtrArray *log_record;
} WhFakeState;

/* The one state, made at first use. */
WhFakeState *wh_fake_state(void);

/* What the table of the keyring holds. */
void wh_fake_keyring_item_free(gpointer item);

G_END_DECLS
