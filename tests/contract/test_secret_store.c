#include "platform/secret_store.h"
#include "tests/contract/helper.h"
#include "tests/contract/secret_store_adapter.h"

#include <string.h>

typedef struct {
    char *folder;
    WhSecretStore *store;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;

    fixture->folder = wh_helper_folder_new();
    path = g_build_filename(fixture->folder, "deep", "secrets", NULL);
    fixture->store = wh_secret_store_open(path, &error);
    g_assert_no_error(error);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_secret_store_free(fixture->store);
    wh_adapter_repair();
    wh_helper_folder_remove(fixture->folder);
}

static void put(Fixture *fixture, const char *key, const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(wh_secret_store_put(fixture->store, key, bytes, length, &error));
    g_assert_no_error(error);
}

static void expect(Fixture *fixture, const char *key, const char *bytes, gsize expected)
{
    g_autoptr(GError) error = NULL;
    gsize length = 99999;
    char *found = wh_secret_store_lookup(fixture->store, key, &length, &error);

    g_assert_no_error(error);
    wh_helper_assert_bytes(found, length, bytes, expected);
    g_assert_cmpint(found[length], ==, '\0');
    wh_secret_store_wipe(found, length);
}

static void expect_error(Fixture *fixture, const char *key, gint code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    g_assert_null(wh_secret_store_lookup(fixture->store, key, &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_cmpuint(length, ==, 77);
}

static void test_keeps_and_replaces(Fixture *fixture, gconstpointer data)
{
    put(fixture, "account.1", "first", 5);
    put(fixture, "account.2", "other", 5);
    put(fixture, "account.1", "a\0b\n", 4);
    expect(fixture, "account.1", "a\0b\n", 4);
    expect(fixture, "account.2", "other", 5);
}

static void test_empty_and_largest(Fixture *fixture, gconstpointer data)
{
    g_autofree char *large = g_strnfill(65536 + 1, 'x');
    g_autoptr(GError) error = NULL;

    put(fixture, "empty", "", 0);
    expect(fixture, "empty", "", 0);
    put(fixture, "large", large, 65536);
    expect(fixture, "large", large, 65536);
    g_assert_false(wh_secret_store_put(fixture->store, "large", large, 65537, &error));
    g_assert_nonnull(error);
    expect(fixture, "large", large, 65536);
}

static void test_not_found(Fixture *fixture, gconstpointer data)
{
    expect_error(fixture, "nothing", G_IO_ERROR_NOT_FOUND);
}

static void test_remove(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    put(fixture, "gone", "x", 1);
    g_assert_true(wh_secret_store_remove(fixture->store, "gone", &error));
    g_assert_true(wh_secret_store_remove(fixture->store, "gone", &error));
    g_assert_no_error(error);
    expect_error(fixture, "gone", G_IO_ERROR_NOT_FOUND);
}

static void test_survives_reopening(Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "deep", "secrets", NULL);

    put(fixture, "kept", "still here", 10);
    wh_secret_store_free(fixture->store);
    fixture->store = wh_secret_store_open(path, NULL);
    g_assert_nonnull(fixture->store);
    expect(fixture, "kept", "still here", 10);
}

static void test_bad_keys(Fixture *fixture, gconstpointer data)
{
    g_autofree char *longest = g_strnfill(100, 'k');
    g_autofree char *too_long = g_strnfill(101, 'k');
    const char *bad[] = {"", "A", "a/b", "../x", "a b", "\xc3\xa4", too_long};

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(wh_secret_store_put(fixture->store, bad[i], "x", 1, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
        expect_error(fixture, bad[i], G_IO_ERROR_INVALID_ARGUMENT);
    }
    put(fixture, longest, "x", 1);
    expect(fixture, longest, "x", 1);
    put(fixture, "..", "dots", 4);
    expect(fixture, "..", "dots", 4);
}

static void test_damaged(Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "deep", "secrets", NULL);

    put(fixture, "broken", "whole", 5);
    wh_adapter_damage(path, "broken");
    expect_error(fixture, "broken", G_IO_ERROR_INVALID_DATA);
}

static void test_denied_is_not_missing(Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "deep", "secrets", NULL);

    put(fixture, "private", "x", 1);
    if (!wh_adapter_deny(path, "private", TRUE)) {
        g_test_skip("Permissions cannot be changed here");
        return;
    }
    expect_error(fixture, "private", G_IO_ERROR_PERMISSION_DENIED);
    wh_adapter_deny(path, "private", FALSE);
    expect(fixture, "private", "x", 1);
}

static void test_keys(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) none = wh_secret_store_keys(fixture->store, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(g_strv_length(none), ==, 0);
    put(fixture, "a.token", "x", 1);
    put(fixture, "b.secret", "y", 1);
    for (int i = 0; i < 2; i++) {
        g_auto(GStrv) keys = wh_secret_store_keys(fixture->store, NULL);

        g_assert_cmpuint(g_strv_length(keys), ==, 2);
        g_assert_true(g_strv_contains((const char *const *)keys, "a.token"));
        g_assert_true(g_strv_contains((const char *const *)keys, "b.secret"));
    }
}

static void test_wipe_accepts_null(Fixture *fixture, gconstpointer data)
{
    wh_secret_store_wipe(NULL, 0);
}

#define ADD(path, func) g_test_add("/secret-store/" path, Fixture, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("keeps-and-replaces", test_keeps_and_replaces);
    ADD("empty-and-largest", test_empty_and_largest);
    ADD("not-found", test_not_found);
    ADD("remove", test_remove);
    ADD("survives-reopening", test_survives_reopening);
    ADD("bad-keys", test_bad_keys);
    ADD("damaged", test_damaged);
    ADD("denied-is-not-missing", test_denied_is_not_missing);
    ADD("keys", test_keys);
    ADD("wipe-accepts-null", test_wipe_accepts_null);
    wh_adapter_add_tests();
    return g_test_run();
}
