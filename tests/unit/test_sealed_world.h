/* A vault of the whole computer on a fake sealer, a fake secret store and a fake clock. */
#pragma once

#include "platform/fake/fake.h"
#include "platform/fake/sealer_fake.h"
#include "service/secrets/vault.h"
#include "tests/support/fake_clock.h"

G_BEGIN_DECLS

#define WORLD_FOLDER "/secrets"

extern const WhVaultBinding world_duckdns;

typedef struct {
    WhFakeClock *clock;
    WhVault *vault;
    gboolean attended; /* what the next run is told: not unattended */
    guint changes;
} World;

/* For g_test_add(): data is the WhFakeSealerMode of the beginning. */
void world_set_up(World *world, gconstpointer data);
void world_tear_down(World *world, gconstpointer data);

/* The next run of the service, as after kill -9; the second one turns the loop behind it. */
void world_start_anew(World *world);
void world_restart(World *world);

/* Turns the loop until nothing happens any more. */
void world_settle(void);

/* Of the binding's account; what is on its way is not waited for. */
gboolean world_put_for(World *world, const WhVaultBinding *binding, const char *field,
                       const char *text, GError **error);
gboolean world_put(World *world, const char *field, const char *text, GError **error);
gboolean world_forget(World *world, const char *field, GError **error);

/* What the vault gives and says. */
void world_check(World *world, const char *field, WhVaultState expected, const char *text);
void world_check_for(World *world, const WhVaultBinding *binding, const char *field,
                     WhVaultState expected, const char *text);
WhVaultView world_view(World *world);
void world_check_place(World *world, WhVaultPlace place, guint unsaved);

/* What rests in the store, for g_free(); NULL: nothing. */
char *world_resting(const char *key);
void world_plant(const char *key, const char *bytes);

/* That it is sealed with the present key, as it is, or a marker; and shows the secret or not. */
void world_check_sealed(const char *key);
void world_check_plain(const char *key, const char *secret);
void world_check_marker(const char *key, const char *secret);

/* One of the time before there was sealing. */
char *world_envelope(const char *field, const char *secret);

G_END_DECLS
