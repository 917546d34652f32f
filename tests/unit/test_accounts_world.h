/* The accounts room between a real store, a real vault, and stand-ins for the providers and the
 * record keeper.
 *
 * Two providers: "ddns" with the fields server (where secrets go; required) and login, the required
 * secret password and the secret key that may be left out; "tree" with the required secret token,
 * whose names end with ".tree.example". Tokens as by default, or as `manners` says. */
#pragma once

#include "service/accounts/accounts.h"
#include "tests/support/fake_clock.h"

G_BEGIN_DECLS

/* log: what the keeper was told, "; " behind each. person: the vault uses a keyring. gone: "ddns"
 * does not exist any more. sent: updates that left, "name=addresses secrets; ". updates: how many,
 * and the handle of the last one; update_done: the last one's. */
typedef struct {
    WhFakeClock *clock;
    WhStore *store;
    WhVault *vault;
    WhAccounts *accounts;
    GString *log;
    GString *sent;
    gboolean gone;
    gboolean person;
    WhManners manners;
    guint updates;
    WhUpdateDone update_done;
    gpointer update_data;
    GString *tested;
    WhAim aims[WH_N_FAMILIES]; /* what the record keeper says of every host */
} World;

/* For g_test_add(). */
void world_setup(World *world, gconstpointer data);
void world_teardown(World *world, gconstpointer data);

/* The accounts room anew on the same store, as after a restart. */
void world_restart(World *world);

/* What was logged since the last time. */
void world_check_log(World *world, const char *expected);

/* A table of texts: name, text, ..., NULL. */
GHashTable *world_fields(const char *name, ...) G_GNUC_NULL_TERMINATED;
GHashTable *world_secrets(const char *name, ...) G_GNUC_NULL_TERMINATED;

/* Adds an account that must be taken and returns its id. */
const char *world_add_ddns(World *world, const char *server, const char *password);
const char *world_add_tree(World *world, const char *token);
const char *world_add_host(World *world, const char *account, const char *name);

/* "Name: sentence" checks: the code, the beginning, and that a sentence it is. Clears *error. */
void world_check_error(GError **error, int code, const char *begin);

G_END_DECLS
