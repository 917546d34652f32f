/* What the files about the vault of the whole computer share: vault_sealing.c decides,
 * vault_rest.c is what rests in the store and is not in memory yet, vault_seal_job.c is what the
 * sealer works at, vault_canary.c tells damage from another key, and vault_unattended.c takes the
 * copies away. */
#pragma once

#include "service/secrets/vault_private.h"

G_BEGIN_DECLS

/* state: LOCKED, DAMAGED or AWAY. opening: the sealer works at it. refused: the sealer would not
 * open it, and nobody knows yet whose fault that is. withdrawn: it is not in the store any more.
 * provider, endpoint: of a marker, or NULL. serial: tells it from one that had its place before. */
typedef struct {
    WhVaultState state;
    gboolean opening;
    gboolean refused;
    gboolean withdrawn;
    char *provider;
    char *endpoint;
    guint64 serial;
} WhVaultRest;

typedef enum {
    WH_VAULT_CANARY_UNKNOWN,
    WH_VAULT_CANARY_ASKED,
    WH_VAULT_CANARY_ABSENT,
    WH_VAULT_CANARY_OPENS,
    WH_VAULT_CANARY_REFUSED,
} WhVaultCanary;

/* rests: key to WhVaultRest. jobs: what the sealer works at. proving: whether it works at all is
 * being tried; sound: it does. opened: something that rested here was opened. replaced: nothing
 * was, because the computer has another key. trouble: why sealing does not work; left_trouble: why
 * a copy could not be taken away; NULL: nothing is wrong. timer, delay: when that is tried again.
 */
struct WhVaultSealing {
    WhSealer *sealer;
    WhClock *clock;
    gboolean unattended;
    GHashTable *rests;
    GHashTable *jobs;
    WhVaultCanary canary;
    gboolean proving;
    gboolean sound;
    gboolean opened;
    gboolean replaced;
    char *trouble;
    char *left_trouble;
    guint timer;
    gint64 delay;
};

/* Something does not work: it is tried again later, and with the first sign that it does. */
void wh_vault_sealing_fail(WhVault *vault, const GError *error);
void wh_vault_sealing_works(WhVault *vault);

/* Takes back that something is wrong, when nothing waits for it any more. */
void wh_vault_sealing_review(WhVault *vault);

/* To where the present setting wants it. FALSE: at once it could not be; TRUE: it is there or on
 * its way. */
gboolean wh_vault_sealing_keep(WhVault *vault, const char *key, WhVaultEntry *entry,
                               GError **error);

/* The same for all that are in memory and neither there nor on their way. */
gboolean wh_vault_sealing_keep_all(WhVault *vault, GError **error);

/* Account and field of a key, for g_free(). FALSE: it is none of a secret. */
gboolean wh_vault_rest_split(const char *key, char **account, char **field);

/* Reads everything in the store. */
void wh_vault_rest_load_all(WhVault *vault);

/* Reads the file anew; what it says, as of wh_vault_get(). */
WhVaultState wh_vault_rest_load(WhVault *vault, const char *key);
WhVaultState wh_vault_rest_read(WhVault *vault, const char *key, const WhVaultBinding *binding);

/* A new one in place of what was there, owned by the vault. */
WhVaultRest *wh_vault_rest_add(WhVault *vault, const char *key, WhVaultState state);

/* How many are in a state. */
guint wh_vault_rest_count(WhVault *vault, WhVaultState state);

/* text: sealed, and opened again with the same result; NULL with an error. serial: as given. */
typedef void (*WhVaultSealed)(WhVault *vault, const char *key, guint64 serial, const char *text,
                              const GError *error);
typedef void (*WhVaultUnsealed)(WhVault *vault, const char *key, guint64 serial, const char *bytes,
                                gsize length, const GError *error);

/* The callbacks come later, and not at all when the vault ends before. */
void wh_vault_job_seal(WhVault *vault, const char *key, guint64 serial, WhSecret *plain,
                       WhVaultSealed done);
void wh_vault_job_unseal(WhVault *vault, const char *key, guint64 serial, const char *text,
                         gsize length, WhVaultUnsealed done);

/* Whether a secret of the account is on its way into the store; account NULL: of any. */
gboolean wh_vault_job_is_writing(WhVault *vault, const char *account);
gboolean wh_vault_job_is_writing_key(WhVault *vault, const char *key);

/* The name of a text in the store that is no secret and always the same. */
#define WH_VAULT_CANARY_KEY "canary"

/* Something was refused: finds out why, and says so of the rests. */
void wh_vault_canary_judge(WhVault *vault);

/* Something was sealed and written: so is the canary, unless that would hide why others are not
 * opened. */
void wh_vault_canary_renew(WhVault *vault);

/* A marker in its place. */
gboolean wh_vault_unattended_mark(WhVault *vault, const char *key, WhVaultEntry *entry,
                                  GError **error);

/* The same for everything in the store and in memory. */
gboolean wh_vault_unattended_withdraw(WhVault *vault, GError **error);

G_END_DECLS
