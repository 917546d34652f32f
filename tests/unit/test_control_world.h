/* A control with real rooms around it, and what a test does at its door. */
#pragma once

#include "service/control/control.h"
#include "tests/support/fake_clock.h"

#include <jansson.h>

G_BEGIN_DECLS

/* sent: how many updates left. The rest is what the functions of WhControlRooms saw or answer. */
typedef struct {
    WhFakeClock *clock;
    WhStore *store;
    WhVault *vault;
    WhHttp *http;
    WhDnsClient *dns;
    WhResolver *resolver;
    WhProviders *providers;
    WhPublisher publisher;
    WhWitnesses witnesses;
    WhAimer aimer;
    WhAim aims[WH_N_FAMILIES];
    WhInterfaceReader reader;
    WhVpnChoices *vpn_choices;
    char vpn[WH_TUNNEL_NAME_SIZE];
    WhOutsideAsker asker;
    WhKeeper *keeper;
    WhAccounts *accounts;
    WhDetector *detector;
    WhControl *control;
    const char *address; /* of the interface, IPv4; NULL: no route */
    guint sent;
    WhUpdateDone done; /* of the update under way */
    gpointer done_data;
    guint looks;
    gboolean can_save;
    gboolean keyring;
    gboolean sealed;
    WhPermission *permission;
    gboolean system_scope;
    char *owner;
    guint setting; /* of the owner, under way */
    gboolean unattended;
    guint reloads;
    GPtrArray *findings;          /* of the doctor; NULL: none */
    WhControlDiagnosed diagnosed; /* of the Diagnose under way, or NULL */
    gpointer diagnosed_data;
    const char *network; /* that the computer is on; NULL: not known */
} World;

/* A person's own service. */
World *world_new(void);

/* The service of the whole computer; owner: the principal of its owner, NULL: nobody. */
World *world_new_for_all(const char *owner);

/* The same, with a vault that uses the fake sealer, which works; nothing is kept unattended yet. */
World *world_new_with_sealer(const char *owner);

/* A person's own service, with a vault that uses the fake keyring. */
World *world_new_with_keyring(WhKeyringState state);
void world_free(World *world);

/* The functions of the rooms, which work on the world (test_control_rooms.c). */
void world_fill_in(World *world, WhControlRooms *rooms);

/* Changes the address of the computer. */
void world_set_address(World *world, const char *address);

/* The provider's answer to the update under way. */
void world_answer(World *world, WhResultClass result, const char *detail);

/* A connection of the user who runs the service, or of `peer`. */
GIOStream *world_connect(World *world);
GIOStream *world_connect_as(World *world, const WhPeer *peer);

/* Sends bytes as they are; a text with its final NUL. */
void world_send_bytes(World *world, GIOStream *stream, const char *bytes, gsize length);
void world_send(World *world, GIOStream *stream, const char *text);

/* The next message, NULL when the connection ended. Fails when nothing comes. */
json_t *world_receive(World *world, GIOStream *stream);

/* Calls Wayhome's `method` with parameters in JSON; the answer is checked against the interface
 * file. */
json_t *world_call(World *world, GIOStream *stream, const char *method, const char *parameters);

/* The same, for one that must fail: checks the error's name (without Wayhome's interface) and
 * returns its parameters. */
json_t *world_refused(World *world, GIOStream *stream, const char *method, const char *parameters,
                      const char *error_name);

/* What the owner is called. */
#define WORLD_OWNER_NAME "alice"

/* Turns the loop until nothing happens at once any more. */
void world_settle(World *world);

/* An account and a host, by the door; the ids are the caller's. */
char *world_add_account(World *world, GIOStream *stream);
char *world_add_host(World *world, GIOStream *stream, const char *account, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

G_END_DECLS
