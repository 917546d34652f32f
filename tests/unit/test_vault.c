#include "platform/fake/fake.h"
#include "service/secrets/vault.h"

#include <string.h>

#define FOLDER "/secrets"

static const WhVaultBinding duckdns = {"duckdns", "duckdns", "https://www.duckdns.org"};

typedef struct {
    WhVault *vault;
} World;

static void setup(World *world, gconstpointer data)
{
    wh_fake_reset();
    world->vault = wh_vault_new(wh_secret_store_open(FOLDER, NULL));
}

static void teardown(World *world, gconstpointer data)
{
    wh_vault_free(world->vault);
    wh_fake_reset();
}

/* The next run of the service. */
static void restart(World *world)
{
    wh_vault_free(world->vault);
    world->vault = wh_vault_new(wh_secret_store_open(FOLDER, NULL));
}

static gboolean put(World *world, const WhVaultBinding *binding, const char *field,
                    const char *text, GError **error)
{
    g_autoptr(WhSecret) secret = wh_secret_new(text, -1);
    return wh_vault_put(world->vault, binding, field, secret, error);
}

static void check(World *world, const WhVaultBinding *binding, const char *field,
                  WhVaultState expected, const char *text)
{
    WhVaultState state = (WhVaultState)99;
    g_autoptr(WhSecret) secret = wh_vault_get(world->vault, binding, field, &state);
    g_assert_cmpstr(wh_vault_state_name(state), ==, wh_vault_state_name(expected));
    g_assert_cmpstr(secret != NULL ? wh_secret_peek(secret) : NULL, ==, text);
    g_autoptr(WhSecret) again = wh_vault_get(world->vault, binding, field, NULL);
    g_assert_true((again == NULL) == (secret == NULL));
}

/* What rests in the store under a key, put there behind the vault's back. */
static void plant(const char *key, const char *bytes, gssize length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhSecretStore) store = wh_secret_store_open(FOLDER, NULL);
    wh_secret_store_put(store, key, bytes, length < 0 ? strlen(bytes) : (gsize)length, &error);
    g_assert_no_error(error);
}

static char *resting(const char *key)
{
    gsize length = 0;
    g_autoptr(WhSecretStore) store = wh_secret_store_open(FOLDER, NULL);
    return wh_secret_store_lookup(store, key, &length, NULL);
}

static void test_names(void)
{
    static const char *const names[] = {"present", "missing", "moved", "damaged",
                                        "closed",  "locked",  "away"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpstr(wh_vault_state_name((WhVaultState)i), ==, names[i]);
}

static void test_kept(World *world, gconstpointer data)
{
    const WhVaultBinding other = {"duckdns-2", "duckdns", "https://www.duckdns.org"};
    check(world, &duckdns, "token", WH_VAULT_MISSING, NULL);
    g_assert_true(put(world, &duckdns, "token", "first", NULL));
    g_assert_true(put(world, &duckdns, "token", "p\"\\\xc3\xa9", NULL));
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "p\"\\\xc3\xa9");
    restart(world);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "p\"\\\xc3\xa9");
    check(world, &duckdns, "key", WH_VAULT_MISSING, NULL);
    check(world, &other, "token", WH_VAULT_MISSING, NULL);
}

static void test_read_once(World *world, gconstpointer data)
{
    g_assert_true(put(world, &duckdns, "token", "hunter2", NULL));
    restart(world);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_moved(World *world, gconstpointer data)
{
    const WhVaultBinding elsewhere = {"duckdns", "duckdns", "https://evil.example"};
    const WhVaultBinding provider = {"duckdns", "dyndns2", "https://www.duckdns.org"};
    g_assert_true(put(world, &duckdns, "token", "hunter2", NULL));
    for (int i = 0; i < 2; i++) {
        check(world, &elsewhere, "token", WH_VAULT_MOVED, NULL);
        check(world, &provider, "token", WH_VAULT_MOVED, NULL);
        check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
        restart(world);
    }
    g_assert_true(put(world, &elsewhere, "token", "another", NULL));
    check(world, &elsewhere, "token", WH_VAULT_PRESENT, "another");
    check(world, &duckdns, "token", WH_VAULT_MOVED, NULL);
}

/* A secret of one account, copied to where another's would be. */
static void test_renamed(World *world, gconstpointer data)
{
    const WhVaultBinding other = {"other", "duckdns", "https://www.duckdns.org"};
    g_assert_true(put(world, &duckdns, "token", "hunter2", NULL));
    char *bytes = resting("duckdns.token");
    plant("other.token", bytes, -1);
    plant("duckdns.key", bytes, -1);
    wh_secret_store_wipe(bytes, strlen(bytes));
    check(world, &other, "token", WH_VAULT_DAMAGED, NULL);
    check(world, &duckdns, "key", WH_VAULT_DAMAGED, NULL);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
}

#define HEAD "{\"version\":1,\"account\":\"duckdns\",\"field\":\"token\","
#define PLACE "\"provider\":\"duckdns\",\"endpoint\":\"https://www.duckdns.org\","

static void test_damaged(World *world, gconstpointer data)
{
    static const char *const wrong[] = {
        "",
        "null",
        "[]",
        "{}",
        "hunter2",
        HEAD PLACE "\"secret\":\"\"}",
        HEAD PLACE "\"secret\":7}",
        HEAD PLACE "\"secret\":\"a\\u0000b\"}",
        HEAD PLACE "\"secret\":\"a\xff\"}",
        HEAD PLACE "\"secret\":\"a\",\"secret\":\"b\"}",
        HEAD PLACE "\"secret\":\"a\"",
        HEAD PLACE "\"secret\":\"a\"}}",
        HEAD "\"provider\":\"duckdns\",\"secret\":\"a\"}",
        HEAD "\"endpoint\":\"https://www.duckdns.org\",\"secret\":\"a\"}",
        "{\"version\":2,\"account\":\"duckdns\",\"field\":\"token\"," PLACE "\"secret\":\"a\"}",
        "{\"account\":\"duckdns\",\"field\":\"token\"," PLACE "\"secret\":\"a\"}",
    };
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        plant("duckdns.token", wrong[i], -1);
        check(world, &duckdns, "token", WH_VAULT_DAMAGED, NULL);
    }
    plant("duckdns.token", HEAD PLACE "\"secret\":\"a\"}", -1);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "a");
}

static void test_too_large(World *world, gconstpointer data)
{
    g_autofree char *long_secret = g_strnfill(4097, 's');
    g_autofree char *bytes = g_strconcat(HEAD PLACE "\"secret\":\"", long_secret, "\"}", NULL);
    plant("duckdns.token", bytes, -1);
    check(world, &duckdns, "token", WH_VAULT_DAMAGED, NULL);
    g_autofree char *blank = g_strnfill(40000, ' ');
    g_autofree char *padded = g_strconcat(HEAD PLACE "\"secret\":\"a\"}", blank, NULL);
    plant("duckdns.token", padded, -1);
    check(world, &duckdns, "token", WH_VAULT_DAMAGED, NULL);
}

static void test_long_secrets(World *world, gconstpointer data)
{
    static const char letters[] = {'s', '"', '\\', '\x01'};
    for (guint i = 0; i < G_N_ELEMENTS(letters); i++) {
        g_autofree char *text = g_strnfill(4096, letters[i]);
        g_assert_true(put(world, &duckdns, "token", text, NULL));
        restart(world);
        check(world, &duckdns, "token", WH_VAULT_PRESENT, text);
    }
}

static void check_refused(World *world, const char *text, gssize length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhSecret) secret = wh_secret_new(text, length);
    g_assert_false(wh_vault_put(world->vault, &duckdns, "token", secret, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    g_assert_true(g_str_has_suffix(error->message, "."));
    check(world, &duckdns, "token", WH_VAULT_MISSING, NULL);
}

static void test_refused(World *world, gconstpointer data)
{
    g_autofree char *text = g_strnfill(4097, 's');
    check_refused(world, text, -1);
    check_refused(world, "", -1);
    check_refused(world, "a\0b", 3);
    check_refused(world, "a\xff", -1);
}

static void test_closed(World *world, gconstpointer data)
{
    g_assert_true(put(world, &duckdns, "token", "hunter2", NULL));
    restart(world);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    check(world, &duckdns, "token", WH_VAULT_CLOSED, NULL);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_DAMAGED);
    check(world, &duckdns, "token", WH_VAULT_DAMAGED, NULL);
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
}

static void test_cannot_be_written(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(put(world, &duckdns, "token", "old", NULL));
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_false(put(world, &duckdns, "token", "hunter2", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    g_assert_null(strstr(error->message, "hunter2"));
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_WORKS);
    restart(world);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "old");
}

static void test_no_store(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    static const char *const fields[] = {"token", NULL};
    wh_vault_free(world->vault);
    world->vault = wh_vault_new(NULL);
    check(world, &duckdns, "token", WH_VAULT_CLOSED, NULL);
    g_assert_false(put(world, &duckdns, "token", "hunter2", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    check(world, &duckdns, "token", WH_VAULT_PRESENT, "hunter2");
    g_assert_false(wh_vault_forget(world->vault, "duckdns", fields, NULL));
    check(world, &duckdns, "token", WH_VAULT_CLOSED, NULL);
}

static void test_forget(World *world, gconstpointer data)
{
    static const char *const fields[] = {"never", "token", "key", NULL};
    const WhVaultBinding other = {"other", "duckdns", "https://www.duckdns.org"};
    g_assert_true(put(world, &duckdns, "token", "a", NULL));
    g_assert_true(put(world, &duckdns, "key", "b", NULL));
    g_assert_true(put(world, &other, "token", "c", NULL));
    g_assert_true(wh_vault_forget(world->vault, "duckdns", fields, NULL));
    for (int i = 0; i < 2; i++) {
        check(world, &duckdns, "token", WH_VAULT_MISSING, NULL);
        check(world, &duckdns, "key", WH_VAULT_MISSING, NULL);
        check(world, &other, "token", WH_VAULT_PRESENT, "c");
        restart(world);
    }
}

static void test_forget_fails(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    static const char *const fields[] = {"token", "key", NULL};
    g_assert_true(put(world, &duckdns, "token", "a", NULL));
    g_assert_true(put(world, &duckdns, "key", "b", NULL));
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_LOCKED);
    g_assert_false(wh_vault_forget(world->vault, "duckdns", fields, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    check(world, &duckdns, "token", WH_VAULT_CLOSED, NULL);
    check(world, &duckdns, "key", WH_VAULT_CLOSED, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vault/names", test_names);
#define ADD(path, func) g_test_add("/vault/" path, World, NULL, setup, func, teardown)
    ADD("kept", test_kept);
    ADD("read-once", test_read_once);
    ADD("moved", test_moved);
    ADD("renamed", test_renamed);
    ADD("damaged", test_damaged);
    ADD("too-large", test_too_large);
    ADD("long-secrets", test_long_secrets);
    ADD("refused", test_refused);
    ADD("closed", test_closed);
    ADD("cannot-be-written", test_cannot_be_written);
    ADD("no-store", test_no_store);
    ADD("forget", test_forget);
    ADD("forget-fails", test_forget_fails);
    return g_test_run();
}
