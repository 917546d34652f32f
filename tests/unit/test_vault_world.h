/* A vault of a person on a fake keyring and a fake secret store. */
#pragma once

#include "platform/fake/fake.h"
#include "platform/fake/keyring_fake.h"
#include "service/secrets/vault.h"

G_BEGIN_DECLS

#define WORLD_FOLDER "/secrets"

extern const WhVaultBinding world_duckdns;

typedef struct {
    WhVault *vault;
    gboolean file_allowed;
    char *note; /* what the vault has written down; survives restarts */
    guint changes;
} World;

/* For g_test_add(): data is the WhKeyringState of the beginning. */
void world_set_up(World *world, gconstpointer data);
void world_tear_down(World *world, gconstpointer data);

/* The next run of the service, as after kill -9; whatever was under way is lost. */
void world_restart(World *world);

/* Turns the loop until nothing happens any more. */
void world_settle(void);

gboolean world_put(World *world, const char *field, const char *text, GError **error);

/* As its owner does it: the note first. */
gboolean world_forget(World *world, const char *field, GError **error);

/* What the vault gives and says. */
void world_check(World *world, const char *field, WhVaultState expected, const char *text);
void world_check_view(World *world, WhVaultPlace place, WhVaultKeyring keyring, guint unsaved);

/* What rests under a key, in the secret ("duckdns.token") or NULL. */
void world_check_keyring(const char *key, const char *secret);
void world_check_file(const char *key, const char *secret);

/* A file of the time before there were keyrings. */
void world_plant_file(const char *field, const char *secret);
char *world_envelope(const char *field, const char *secret);

G_END_DECLS
