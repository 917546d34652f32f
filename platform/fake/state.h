/* Everything that the fakes remember. */
#pragma once

#include "platform/fake/fake.h"
#include "platform/neighbours.h"
#include "platform/network_identity.h"
#include "platform/sleep_plan.h"

G_BEGIN_DECLS

typedef struct {
    GArray *addresses;  /* of WhInterfaceAddress */
    GArray *interfaces; /* of WhInterface */
    WhDefaultRoute route[2];
    WhDefaultRoute line[2];
    gboolean not_instant;
    GPtrArray *address_monitors;

    GArray *uplinks; /* of WhFakeUplink */
    gboolean no_uplink;

    gboolean no_sleep;
    GPtrArray *sleep_monitors;

    GArray *neighbours; /* of WhNeighbour, settled */
    gboolean neighbours_unreadable;
    gboolean neighbours_silent;
    guint neighbours_calls;
    guint neighbours_called;
    GArray *neighbours_probes; /* of WhNeighbour */
    GPtrArray *neighbour_watches;

    WhNetworkIdentity network;
    gboolean has_network;

    gboolean no_clock;
    GPtrArray *clock_watches;

    WhSleepPlan sleep_plan;
    gboolean has_sleep_plan;
    WhSleepPlan session_sleep_plan;
    gboolean has_session_sleep_plan;

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

G_END_DECLS
