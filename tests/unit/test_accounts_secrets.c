#include "platform/fake/fake.h"
#include "platform/fake/keyring_fake.h"
#include "tests/unit/test_accounts_world.h"

#include <string.h>

static gboolean set_secret(World *world, const char *id, const char *field, const char *text,
                           gssize length, GError **error)
{
    g_autoptr(WhSecret) secret = wh_secret_new(text, length);
    return wh_accounts_set_secret(world->accounts, id, field, secret, error);
}

static void check_state(World *world, const char *field, WhVaultState expected)
{
    g_assert_cmpstr(wh_vault_state_name(wh_accounts_secret_state(world->accounts, "ddns", field)),
                    ==, wh_vault_state_name(expected));
}

/* "password=... key=..." */
static void check_all(World *world, const char *expected)
{
    g_autoptr(GString) all = g_string_new(NULL);
    const WhAccount *account = wh_accounts_find(world->accounts, "ddns");
    g_autoptr(GHashTable) secrets = wh_accounts_secrets(world->accounts, account);
    static const char *const names[] = {"password", "key"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const WhSecret *secret = g_hash_table_lookup(secrets, names[i]);
        if (secret != NULL)
            g_string_append_printf(all, "%s=%s ", names[i], wh_secret_peek(secret));
    }
    g_assert_cmpstr(all->str, ==, expected);
}

static void test_later(World *world, gconstpointer data)
{
    world_add_ddns(world, "a.example", NULL);
    world_check_log(world, "account ddns; ");
    check_state(world, "password", WH_VAULT_MISSING);
    check_all(world, "");
    g_assert_true(set_secret(world, "ddns", "key", "k", -1, NULL));
    world_check_log(world, "account ddns; resume ddns; ");
    check_state(world, "key", WH_VAULT_PRESENT);
    check_all(world, "");
    g_assert_true(set_secret(world, "ddns", "password", "p", -1, NULL));
    world_check_log(world, "account ddns ready; resume ddns; ");
    check_all(world, "password=p key=k ");
    g_assert_true(set_secret(world, "ddns", "password", "q", -1, NULL));
    world_restart(world);
    check_all(world, "password=q key=k ");
}

static void check_refused(World *world, const char *field, const char *text, gssize length,
                          const char *begin)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(set_secret(world, "ddns", field, text, length, &error));
    g_assert_null(strstr(error->message, "hunter2"));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, begin);
}

static void test_refused(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strnfill(4097, 's');
    world_add_ddns(world, "a.example", "old");
    world_check_log(world, "account ddns ready; ");
    check_refused(world, "password", "", 0, "password: The secret is empty");
    check_refused(world, "password", text, -1, "password: The secret may have 4096");
    check_refused(world, "password", "hunter2\n", -1, "password: The secret holds a line");
    check_refused(world, "password", "hunter2\0x", 9, "password: The secret holds a line");
    check_refused(world, "password", "hunter2\xff", -1, "password: The secret holds a line");
    check_refused(world, "server", "hunter2", -1, "server: The provider's form has no such");
    check_refused(world, "color", "hunter2", -1, "color: The provider's form has no such");
    check_refused(world, "key", "crooked", -1, "key: This is no key");
    g_assert_false(set_secret(world, "nobody", "password", "hunter2", -1, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such account");
    world_check_log(world, "");
    check_all(world, "password=old ");
}

static void test_refused_when_added(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    g_autoptr(GHashTable) fields = world_fields("server", "a.example", NULL);
    g_autoptr(GHashTable) unknown = world_secrets("password", "x", "pin", "y", NULL);
    g_autoptr(GHashTable) crooked = world_secrets("password", "x", "key", "crooked", NULL);
    WhAccountDraft draft = {.provider = "ddns", .fields = fields, .secrets = unknown};
    g_assert_false(wh_accounts_add(world->accounts, &draft, &id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "pin: ");
    draft.secrets = crooked;
    g_assert_false(wh_accounts_add(world->accounts, &draft, &id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_INVALID, "key: This is no key");
    g_assert_cmpuint(wh_accounts_list(world->accounts)->len, ==, 0);
    g_assert_null(id);
}

static void test_forget(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_ddns(world, "a.example", "p");
    g_assert_true(set_secret(world, "ddns", "key", "k", -1, NULL));
    g_string_truncate(world->log, 0);
    g_assert_true(wh_accounts_forget_secrets(world->accounts, "ddns", &error));
    world_check_log(world, "account ddns; ");
    check_all(world, "");
    world_restart(world);
    check_state(world, "password", WH_VAULT_MISSING);
    check_state(world, "key", WH_VAULT_MISSING);
    g_assert_false(wh_accounts_forget_secrets(world->accounts, "nobody", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_NOT_FOUND, "There is no such account");
}

/* One that the account can do without is taken away; the others stay. */
static void test_empty(World *world, gconstpointer data)
{
    world_add_ddns(world, "a.example", "p");
    g_assert_true(set_secret(world, "ddns", "key", "k", -1, NULL));
    g_autoptr(GHashTable) secrets = world_secrets("key", "", NULL);
    const WhAccountDraft draft = {.secrets = secrets};
    g_assert_true(wh_accounts_edit(world->accounts, "ddns", &draft, NULL));
    check_state(world, "key", WH_VAULT_MISSING);
    check_all(world, "password=p ");
    world_restart(world);
    check_all(world, "password=p ");
}

/* The account works; the error says what is lost when the service ends. */
static void test_cannot_be_saved(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    g_autoptr(GHashTable) fields = world_fields("server", "a.example", NULL);
    g_autoptr(GHashTable) secrets = world_secrets("password", "hunter2", NULL);
    const WhAccountDraft draft = {.provider = "ddns", .fields = fields, .secrets = secrets};
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_false(wh_accounts_add(world->accounts, &draft, &id, &error));
    g_assert_null(strstr(error->message, "hunter2"));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The account is used from now on, but");
    g_assert_cmpstr(id, ==, "ddns");
    world_check_log(world, "account ddns ready; ");
    check_all(world, "password=hunter2 ");
    g_assert_false(set_secret(world, "ddns", "password", "other", -1, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The account is used from now on, but");
    world_check_log(world, "account ddns ready; resume ddns; ");
    check_all(world, "password=other ");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    world_restart(world);
    world_check_log(world, "restore account ddns; ");
}

static void test_cannot_be_deleted(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    world_add_ddns(world, "a.example", "p");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_string_truncate(world->log, 0);
    g_assert_false(wh_accounts_forget_secrets(world->accounts, "ddns", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The service does not use the account's");
    world_check_log(world, "account ddns; ");
    check_state(world, "password", WH_VAULT_CLOSED);
    g_assert_false(wh_accounts_remove(world->accounts, "ddns", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The service does not use the account's");
    world_check_log(world, "no account ddns; ");
    g_assert_null(wh_accounts_find(world->accounts, "ddns"));
}

static void test_closed(World *world, gconstpointer data)
{
    world_add_ddns(world, "a.example", "p");
    g_string_truncate(world->log, 0);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    world_restart(world);
    world_check_log(world, "restore account ddns; ");
    check_state(world, "password", WH_VAULT_CLOSED);
    check_all(world, "");
}

/* The database cannot be opened for once: the accounts are not known, and come back. */
static void test_store_forgot(World *world, gconstpointer data)
{
    world_add_ddns(world, "a.example", "p");
    WhStore *before = world->store;
    world->store = wh_store_open_in_memory();
    world_restart(world);
    g_assert_cmpstr(world_add_ddns(world, "b.example", "other"), ==, "ddns-2");
    g_assert_true(wh_accounts_remove(world->accounts, "ddns-2", NULL));
    wh_store_free(world->store);
    world->store = before;
    world_restart(world);
    check_all(world, "password=p ");
}

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

/* Waiting for the keyring is a state, and ends by itself. */
static void test_keyring(World *world, gconstpointer data)
{
    world->person = TRUE;
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_restart(world);
    settle();
    world_add_ddns(world, "a.example", "p");
    settle();
    g_assert_false(wh_accounts_waits_for_keyring(world->accounts));
    wh_fake_keyring_set_state(WH_KEYRING_LOCKED);
    world_restart(world);
    g_string_truncate(world->log, 0);
    check_state(world, "password", WH_VAULT_LOCKED);
    check_all(world, "");
    settle();
    world_check_log(world, "account ddns; ");
    g_assert_true(wh_accounts_waits_for_keyring(world->accounts));
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    settle();
    world_check_log(world, "account ddns ready; ");
    check_all(world, "password=p ");
    g_assert_false(wh_accounts_waits_for_keyring(world->accounts));
    wh_fake_keyring_plant("service", "ddns.password", NULL);
    settle();
    world_check_log(world, "account ddns; ");
    check_state(world, "password", WH_VAULT_MISSING);
}

static char *resting(const char *account)
{
    g_autofree char *key = g_strconcat(account, ".password", NULL);
    return g_strdup(wh_fake_keyring_resting("service", key));
}

/* A person's service with one account whose secret is in the keyring, which is locked now. */
static void lock_up(World *world)
{
    world->person = TRUE;
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    world_restart(world);
    settle();
    world_add_ddns(world, "a.example", "p");
    settle();
    wh_fake_keyring_set_state(WH_KEYRING_LOCKED);
    settle();
    g_string_truncate(world->log, 0);
}

static void open_anew(World *world)
{
    world_restart(world);
    settle();
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    settle();
}

/* It is gone here at once, the person hears what is left to do, and a restart changes nothing. */
static void test_removed_while_locked(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    lock_up(world);
    g_assert_false(wh_accounts_remove(world->accounts, "ddns", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The service does not use the account's");
    g_assert_null(wh_accounts_find(world->accounts, "ddns"));
    open_anew(world);
    g_autofree char *left = resting("ddns");
    g_assert_null(left);
}

static void test_forgotten_while_locked(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    lock_up(world);
    g_assert_false(wh_accounts_forget_secrets(world->accounts, "ddns", &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The service does not use the account's");
    open_anew(world);
    check_state(world, "password", WH_VAULT_MISSING);
    g_autofree char *left = resting("ddns");
    g_assert_null(left);
}

/* Files that cannot be removed now, or were not before the service ended, go at the next start. */
static void test_left_while_removing(World *world, gconstpointer data)
{
    GError *error = NULL;
    gsize length = 0;
    g_autofree char *id = g_strdup(world_add_ddns(world, "a.example", "p"));
    world_add_ddns(world, "a.example", "p");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_assert_false(wh_accounts_remove(world->accounts, id, &error));
    world_check_error(&error, WH_ACCOUNTS_ERROR_STORE, "The service does not use");
    world_restart(world);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    for (guint i = 0; i < 2; i++) {
        world_restart(world);
        g_autoptr(WhSecretStore) store = wh_secret_store_open("/secrets", NULL);
        g_assert_null(wh_secret_store_lookup(store, "ddns.password", &length, NULL));
        g_autofree char *kept = wh_secret_store_lookup(store, "ddns-2.password", &length, NULL);
        g_assert_nonnull(kept);
    }
    g_autofree char *left = wh_store_setting(world->store, "removing");
    g_assert_null(left);
}

/* Killed between the store's word and the keyring's. */
static void test_killed_while_removing(World *world, gconstpointer data)
{
    lock_up(world);
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    settle();
    wh_fake_keyring_set_slow(TRUE);
    g_assert_true(wh_accounts_remove(world->accounts, "ddns", NULL));
    g_assert_true(wh_accounts_is_settling(world->accounts, "ddns"));
    world_restart(world);
    wh_fake_keyring_set_slow(FALSE);
    settle();
    g_autofree char *left = resting("ddns");
    g_assert_null(left);
}

/* What the keyring holds of a time that the store does not remember is not known as long as it is
 * locked: a new account takes nobody's place. */
static void test_unknown_leftovers(World *world, gconstpointer data)
{
    lock_up(world);
    WhStore *before = world->store;
    world->store = wh_store_open_in_memory();
    world_restart(world);
    settle();
    g_autofree char *id = g_strdup(world_add_ddns(world, "b.example", "other"));
    g_assert_true(g_str_has_prefix(id, "ddns-"));
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    settle();
    g_autofree char *kept = resting("ddns");
    g_autofree char *added = resting(id);
    g_assert_nonnull(strstr(kept, "\"p\""));
    g_assert_nonnull(strstr(added, "\"other\""));
    wh_store_free(before);
}

/* Each name once, remembered or defined. */
static void test_forgotten_once(World *world, gconstpointer data)
{
    lock_up(world);
    g_assert_false(wh_accounts_forget_secrets(world->accounts, "ddns", NULL));
    g_autofree char *note = wh_store_setting(world->store, WH_ACCOUNTS_VAULT_NOTE);
    g_assert_cmpstr(note, ==, "ddns.key ddns.password");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
    g_test_add("/accounts/secrets/" path, World, NULL, world_setup, func, world_teardown)
    ADD("later", test_later);
    ADD("refused", test_refused);
    ADD("refused-when-added", test_refused_when_added);
    ADD("forget", test_forget);
    ADD("empty", test_empty);
    ADD("cannot-be-saved", test_cannot_be_saved);
    ADD("cannot-be-deleted", test_cannot_be_deleted);
    ADD("closed", test_closed);
    ADD("store-forgot", test_store_forgot);
    ADD("keyring", test_keyring);
    ADD("removed-while-locked", test_removed_while_locked);
    ADD("forgotten-while-locked", test_forgotten_while_locked);
    ADD("left-while-removing", test_left_while_removing);
    ADD("killed-while-removing", test_killed_while_removing);
    ADD("unknown-leftovers", test_unknown_leftovers);
    ADD("forgotten-once", test_forgotten_once);
    return g_test_run();
}
