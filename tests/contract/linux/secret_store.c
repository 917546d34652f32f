#include "platform/secret_store.h"

#include "tests/contract/helper.h"
#include "tests/contract/secret_store_adapter.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *file_of(const char *folder, const char *key)
{
    g_autofree char *name = g_strconcat(key, ".secret", NULL);

    return g_build_filename(folder, name, NULL);
}

void wh_adapter_damage(const char *folder, const char *key)
{
    g_autofree char *path = file_of(folder, key);
    struct stat there;

    g_assert_cmpint(stat(path, &there), ==, 0);
    g_assert_cmpint(truncate(path, there.st_size - 1), ==, 0);
}

gboolean wh_adapter_deny(const char *folder, const char *key, gboolean denied)
{
    g_autofree char *path = file_of(folder, key);

    return chmod(path, denied ? 0640 : 0600) == 0;
}

void wh_adapter_repair(void)
{
}

typedef struct {
    char *folder;
    char *file; /* of the key "a" */
    WhSecretStore *store;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->folder = wh_helper_folder_new();
    fixture->file = file_of(fixture->folder, "a");
    fixture->store = wh_secret_store_open(fixture->folder, NULL);
    g_assert_nonnull(fixture->store);
    g_assert_true(wh_secret_store_put(fixture->store, "a", "token", 5, NULL));
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_secret_store_free(fixture->store);
    g_free(fixture->file);
    wh_helper_folder_remove(fixture->folder);
}

static void expect_error(Fixture *fixture, gint code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    g_assert_null(wh_secret_store_lookup(fixture->store, "a", &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_null(strstr(error->message, "token"));
}

static void test_modes(Fixture *fixture, gconstpointer data)
{
    g_autofree char *below = g_build_filename(fixture->folder, "x", "y", NULL);
    g_autofree char *above = g_path_get_dirname(below);
    mode_t before = umask(0);
    WhSecretStore *store = wh_secret_store_open(below, NULL);
    struct stat there;

    g_assert_true(wh_secret_store_put(store, "a", "x", 1, NULL));
    umask(before);
    g_assert_cmpint(stat(above, &there), ==, 0);
    g_assert_cmphex(there.st_mode & 0777, ==, 0700);
    g_assert_cmpint(stat(below, &there), ==, 0);
    g_assert_cmphex(there.st_mode & 0777, ==, 0700);
    g_assert_cmpint(stat(fixture->file, &there), ==, 0);
    g_assert_cmphex(there.st_mode & 0777, ==, 0600);
    wh_secret_store_free(store);
}

static void test_open_folder_is_refused(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(chmod(fixture->folder, 0750), ==, 0);
    g_assert_null(wh_secret_store_open(fixture->folder, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_nonnull(strstr(error->message, "chmod 700"));
}

static void test_other_owner_is_refused(Fixture *fixture, gconstpointer data)
{
    if (geteuid() != 0 || chown(fixture->file, 12345, (gid_t)-1) != 0) {
        g_test_skip("Only root can give a file away");
        return;
    }
    expect_error(fixture, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_symbolic_link_is_refused(Fixture *fixture, gconstpointer data)
{
    g_autofree char *target = g_strconcat(fixture->file, ".real", NULL);

    g_assert_cmpint(rename(fixture->file, target), ==, 0);
    g_assert_cmpint(symlink(target, fixture->file), ==, 0);
    expect_error(fixture, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_symbolic_link_folder_is_refused(Fixture *fixture, gconstpointer data)
{
    g_autofree char *link = g_build_filename(fixture->folder, "link", NULL);
    g_autofree char *slashed = g_strconcat(link, "/", NULL);

    g_assert_cmpint(symlink(fixture->folder, link), ==, 0);
    g_assert_null(wh_secret_store_open(link, NULL));
    g_assert_null(wh_secret_store_open(slashed, NULL));
}

static void test_pipe_is_refused(Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint(unlink(fixture->file), ==, 0);
    g_assert_cmpint(mkfifo(fixture->file, 0600), ==, 0);
    expect_error(fixture, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_strange_content_is_damaged(Fixture *fixture, gconstpointer data)
{
    const char *contents[] = {"", "token", "wayhome-secret 1 00005\ntoke",
                              "wayhome-secret 1 00005\ntokens", "wayhome-secret 2 00005\ntoken"};

    for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
        g_assert_true(g_file_set_contents(fixture->file, contents[i], -1, NULL));
        g_assert_cmpint(chmod(fixture->file, 0600), ==, 0);
        expect_error(fixture, G_IO_ERROR_INVALID_DATA);
    }
    g_assert_cmpint(truncate(fixture->file, 1 << 30), ==, 0);
    expect_error(fixture, G_IO_ERROR_INVALID_DATA);
}

static void test_removed_folder_is_not_missing_secret(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(unlink(fixture->file), ==, 0);
    g_assert_cmpint(rmdir(fixture->folder), ==, 0);
    expect_error(fixture, G_IO_ERROR_FAILED);
    g_assert_false(wh_secret_store_put(fixture->store, "a", "x", 1, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_FAILED);
    g_assert_cmpint(mkdir(fixture->folder, 0700), ==, 0);
}

static void test_leftover_of_a_crash(Fixture *fixture, gconstpointer data)
{
    g_autofree char *aside = g_strconcat(fixture->file, ".new", NULL);
    gsize length = 0;
    char *bytes;

    g_assert_true(g_file_set_contents(aside, "half", -1, NULL));
    g_assert_true(wh_secret_store_put(fixture->store, "a", "new", 3, NULL));
    bytes = wh_secret_store_lookup(fixture->store, "a", &length, NULL);
    wh_helper_assert_bytes(bytes, length, "new", 3);
    wh_secret_store_wipe(bytes, length);
    g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
}

/* Also of a secret that was forgotten since, or never got there. */
static void test_leftovers_go(Fixture *fixture, gconstpointer data)
{
    g_autofree char *aside = g_strconcat(fixture->file, ".new", NULL);
    g_autofree char *other = g_build_filename(fixture->folder, "b.secret.new", NULL);
    WhSecretStore *again;
    gsize length = 0;
    char *bytes;

    g_assert_true(g_file_set_contents(aside, "half", -1, NULL));
    g_assert_true(g_file_set_contents(other, "whole", -1, NULL));
    again = wh_secret_store_open(fixture->folder, NULL);
    g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
    bytes = wh_secret_store_lookup(again, "a", &length, NULL);
    wh_helper_assert_bytes(bytes, length, "token", 5);
    wh_secret_store_wipe(bytes, length);
    wh_secret_store_free(again);
}

/* The file size limit makes write(2) fail as a full disk would. */
static void test_failed_write_keeps_the_old(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *aside = g_strconcat(fixture->file, ".new", NULL);
    g_autofree char *large = g_strnfill(4096, 'x');
    struct rlimit before;
    struct rlimit tiny;
    gsize length = 0;
    char *bytes;
    gboolean done;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tiny = (struct rlimit){100, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tiny);
    done = wh_secret_store_put(fixture->store, "a", large, 4096, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    g_assert_false(done);
    g_assert_nonnull(error);
    bytes = wh_secret_store_lookup(fixture->store, "a", &length, NULL);
    wh_helper_assert_bytes(bytes, length, "token", 5);
    wh_secret_store_wipe(bytes, length);
    g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
}

#define ADD(path, func)                                                                            \
    g_test_add("/secret-store/linux/" path, Fixture, NULL, setup, func, teardown)

void wh_adapter_add_tests(void)
{
    ADD("modes", test_modes);
    ADD("open-folder-is-refused", test_open_folder_is_refused);
    ADD("other-owner-is-refused", test_other_owner_is_refused);
    ADD("symbolic-link-is-refused", test_symbolic_link_is_refused);
    ADD("symbolic-link-folder-is-refused", test_symbolic_link_folder_is_refused);
    ADD("pipe-is-refused", test_pipe_is_refused);
    ADD("strange-content-is-damaged", test_strange_content_is_damaged);
    ADD("removed-folder-is-not-missing-secret", test_removed_folder_is_not_missing_secret);
    ADD("leftover-of-a-crash", test_leftover_of_a_crash);
    ADD("leftovers-go", test_leftovers_go);
    ADD("failed-write-keeps-the-old", test_failed_write_keeps_the_old);
}
