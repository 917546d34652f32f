#include "platform/local_socket.h"

#include "platform/linux/peer.h"
#include "platform/linux/socket_file.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/child.h"
#include "tests/contract/local_socket_adapter.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

char *wh_adapter_address(const char *folder, const char *name)
{
    g_assert_cmpint(chmod(folder, 0755), ==, 0);
    return g_build_filename(folder, name, "control", NULL);
}

void wh_adapter_self(WhPeer *peer)
{
    peer->is_root = geteuid() == 0;
    peer->pid = getpid();
    peer->started = 1;
    g_snprintf(peer->principal, sizeof peer->principal, "uid:%u", geteuid());
}

static void client_run(gpointer data)
{
    const char *address = data;

    _exit(wh_socket_file_connect(address) >= 0 ? 0 : 1);
}

gboolean wh_adapter_connect_as(const char *address, guint uid)
{
    if (geteuid() != 0)
        return FALSE;
    g_assert_cmpint(wh_child_wait(wh_child_start(uid, client_run, (gpointer)address)), ==, 0);
    return TRUE;
}

static void server_run(gpointer data)
{
    struct stat made;

    if (wh_socket_file_listen(data, TRUE, &made, NULL) < 0)
        _exit(1);
    wh_child_ready();
    while (TRUE)
        pause();
}

/* Connects to a server that runs as `uid` in a folder that `owner` has. */
static GIOStream *connect_to_server(const char *address, guint uid, guint owner, guint mode,
                                    GError **error)
{
    g_autofree char *folder = g_path_get_dirname(address);
    GIOStream *stream;
    WhChild *child;

    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    g_assert_cmpint(chmod(folder, 0777), ==, 0);
    child = wh_child_start(uid, server_run, (gpointer)address);
    g_assert_true(wh_child_is_ready(child));
    g_assert_cmpint(chown(folder, owner, (gid_t)-1), ==, 0);
    g_assert_cmpint(chmod(folder, mode), ==, 0);
    stream = wh_local_socket_connect(address, error);
    wh_child_kill(child);
    unlink(address);
    return stream;
}

gboolean wh_adapter_connect_to_untrusted(const char *address, GIOStream **stream, GError **error)
{
    if (geteuid() != 0)
        return FALSE;
    *stream = connect_to_server(address, 12345, 0, 0755, error);
    return TRUE;
}

typedef struct {
    char *folder;
    char *address;
    guint count;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->folder = wh_helper_folder_new();
    g_assert_cmpint(chmod(fixture->folder, 0755), ==, 0);
    fixture->address = g_build_filename(fixture->folder, "a", "b", "control", NULL);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    g_free(fixture->address);
    wh_helper_folder_remove(fixture->folder);
}

static void accepted(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    ((Fixture *)data)->count++;
}

static guint mode_of(const char *path)
{
    struct stat there;

    g_assert_cmpint(lstat(path, &there), ==, 0);
    return there.st_mode & 0777;
}

static void modes_check(Fixture *fixture, gboolean everyone, mode_t mask, guint file, guint folder)
{
    g_autofree char *inner = g_path_get_dirname(fixture->address);
    g_autofree char *outer = g_path_get_dirname(inner);
    mode_t before = umask(mask);
    WhListener *listener = wh_listener_new(fixture->address, everyone, accepted, fixture, NULL);

    umask(before);
    g_assert_nonnull(listener);
    g_assert_cmphex(mode_of(fixture->address), ==, file);
    g_assert_cmphex(mode_of(inner), ==, folder);
    g_assert_cmphex(mode_of(outer), ==, folder);
    wh_listener_free(listener);
    g_assert_false(g_file_test(fixture->address, G_FILE_TEST_EXISTS));
    rmdir(inner);
    rmdir(outer);
}

static void test_modes(Fixture *fixture, gconstpointer data)
{
    modes_check(fixture, TRUE, 077, 0666, 0755);
    modes_check(fixture, TRUE, 0, 0666, 0755);
    modes_check(fixture, FALSE, 0, 0600, 0700);
}

static void test_stale_is_replaced(Fixture *fixture, gconstpointer data)
{
    struct stat made;
    int dead = wh_socket_file_listen(fixture->address, FALSE, &made, NULL);
    WhListener *listener;
    g_autoptr(GIOStream) client = NULL;

    g_assert_cmpint(dead, >=, 0);
    close(dead);
    listener = wh_listener_new(fixture->address, FALSE, accepted, fixture, NULL);
    g_assert_nonnull(listener);
    client = wh_local_socket_connect(fixture->address, NULL);
    g_assert_nonnull(client);
    wh_helper_for_count(&fixture->count, 1);
    wh_listener_free(listener);
}

static void test_refused(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    struct stat made;
    int dead = wh_socket_file_listen(fixture->address, FALSE, &made, NULL);

    close(dead);
    g_assert_null(wh_local_socket_connect(fixture->address, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void test_file_in_the_way_is_kept(Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "control", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_set_contents(path, "precious", -1, NULL));
    g_assert_null(wh_listener_new(path, FALSE, accepted, fixture, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS);
    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

static void test_path_too_long(Fixture *fixture, gconstpointer data)
{
    g_autofree char *name = g_strnfill(200, 'x');
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);

    g_assert_null(wh_listener_new(path, FALSE, accepted, fixture, NULL));
    g_assert_null(wh_local_socket_connect(path, NULL));
}

static void test_successor_keeps_its_file(Fixture *fixture, gconstpointer data)
{
    WhListener *first = wh_listener_new(fixture->address, FALSE, accepted, fixture, NULL);
    WhListener *second;

    g_assert_cmpint(unlink(fixture->address), ==, 0);
    second = wh_listener_new(fixture->address, FALSE, accepted, fixture, NULL);
    g_assert_nonnull(second);
    wh_listener_free(first);
    g_assert_true(g_file_test(fixture->address, G_FILE_TEST_EXISTS));
    wh_listener_free(second);
}

static void test_owner_of_folder_is_trusted(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GIOStream) trusted = NULL;
    g_autoptr(GError) error = NULL;

    if (geteuid() != 0) {
        g_test_skip("Only root can become another user");
        return;
    }
    trusted = connect_to_server(fixture->address, 12345, 12345, 0755, &error);
    g_assert_no_error(error);
    g_assert_nonnull(trusted);
    g_assert_null(connect_to_server(fixture->address, 12345, 12345, 0775, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_clear_error(&error);
    g_assert_null(connect_to_server(fixture->address, 12345, 12346, 0755, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_credentials(void)
{
    WhPeer peer;

    wh_peer_from_credentials(7, 1000, 65534, &peer);
    g_assert_true(peer.known);
    g_assert_cmpstr(peer.principal, ==, "uid:1000");
    g_assert_cmpint(wh_peer_uid(&peer), ==, 1000);
    wh_peer_from_credentials(7, 0, 65534, &peer);
    g_assert_true(peer.known && peer.is_root);
    wh_peer_from_credentials(7, G_MAXUINT32, 65534, &peer);
    g_assert_false(peer.known || peer.is_root || peer.is_self);
    wh_peer_from_credentials(7, 4242, 4242, &peer);
    g_assert_false(peer.known);
    g_assert_cmpint(wh_peer_uid(&peer), ==, -1);
    wh_peer_from_credentials(7, 65534, 4242, &peer);
    g_assert_false(peer.known);
}

/* Runs in a process of its own, because the handed-over socket is file descriptor 3. */
static void activated_run(gpointer data)
{
    Fixture *fixture = data;
    g_autofree char *pid = g_strdup_printf("%d", getpid());
    struct stat made;
    int fd = wh_socket_file_listen(fixture->address, FALSE, &made, NULL);
    WhListener *listener;
    GIOStream *client;

    dup2(fd, 3);
    g_setenv("LISTEN_PID", pid, TRUE);
    g_setenv("LISTEN_FDS", "1", TRUE);
    listener = wh_listener_new_activated(accepted, fixture, NULL);
    client = wh_local_socket_connect(fixture->address, NULL);
    if (listener == NULL || client == NULL)
        _exit(1);
    wh_helper_for_count(&fixture->count, 1);
    wh_listener_free(listener);
    _exit(g_file_test(fixture->address, G_FILE_TEST_EXISTS) ? 0 : 2);
}

static void test_activated(Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint(wh_child_wait(wh_child_start(geteuid(), activated_run, fixture)), ==, 0);
}

/* What a parent was handed is not ours; and the variables do not reach our own children. */
static void another_process_run(gpointer data)
{
    g_autoptr(GError) error = NULL;

    g_setenv("LISTEN_PID", "1", TRUE);
    g_setenv("LISTEN_FDS", "1", TRUE);
    g_setenv("LISTEN_FDNAMES", "control", TRUE);
    if (wh_listener_new_activated(accepted, data, &error) != NULL)
        _exit(1);
    if (g_getenv("LISTEN_PID") != NULL || g_getenv("LISTEN_FDS") != NULL ||
        g_getenv("LISTEN_FDNAMES") != NULL)
        _exit(2);
    _exit(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? 0 : 3);
}

static void test_activated_for_another_process(Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint(wh_child_wait(wh_child_start(geteuid(), another_process_run, fixture)), ==, 0);
}

static void wrong_socket_run(gpointer data)
{
    g_autofree char *pid = g_strdup_printf("%d", getpid());
    g_autoptr(GError) error = NULL;
    int ends[2];

    if (pipe(ends) != 0)
        _exit(1);
    dup2(ends[0], 3);
    g_setenv("LISTEN_PID", pid, TRUE);
    g_setenv("LISTEN_FDS", "1", TRUE);
    if (wh_listener_new_activated(accepted, data, &error) != NULL)
        _exit(2);
    _exit(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? 0 : 3);
}

static void test_activated_with_a_wrong_socket(Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint(wh_child_wait(wh_child_start(geteuid(), wrong_socket_run, fixture)), ==, 0);
}

/* Without files the loop falls quiet instead of spinning, and goes on when there are some again. */
static void test_out_of_files(Fixture *fixture, gconstpointer data)
{
    WhListener *listener = wh_listener_new(fixture->address, FALSE, accepted, fixture, NULL);
    g_autoptr(GIOStream) client = wh_local_socket_connect(fixture->address, NULL);
    GLogLevelFlags fatal = g_log_set_always_fatal(G_LOG_FATAL_MASK);
    struct rlimit before;
    struct rlimit none;
    int lowest_free = dup(STDIN_FILENO);

    g_assert_nonnull(client);
    close(lowest_free);
    getrlimit(RLIMIT_NOFILE, &before);
    none = (struct rlimit){(rlim_t)lowest_free, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    wh_helper_settle();
    setrlimit(RLIMIT_NOFILE, &before);
    g_log_set_always_fatal(fatal);
    g_assert_cmpuint(fixture->count, ==, 0);
    wh_helper_for_count(&fixture->count, 1);
    g_set_object(&client, NULL);
    client = wh_local_socket_connect(fixture->address, NULL);
    wh_helper_for_count(&fixture->count, 2);
    wh_listener_free(listener);
}

#define ADD(path, func)                                                                            \
    g_test_add("/local-socket/linux/" path, Fixture, NULL, setup, func, teardown)

void wh_adapter_add_tests(void)
{
    g_test_add_func("/local-socket/linux/credentials", test_credentials);
    ADD("modes", test_modes);
    ADD("stale-is-replaced", test_stale_is_replaced);
    ADD("refused", test_refused);
    ADD("file-in-the-way-is-kept", test_file_in_the_way_is_kept);
    ADD("path-too-long", test_path_too_long);
    ADD("successor-keeps-its-file", test_successor_keeps_its_file);
    ADD("owner-of-folder-is-trusted", test_owner_of_folder_is_trusted);
    ADD("activated", test_activated);
    ADD("activated-for-another-process", test_activated_for_another_process);
    ADD("activated-with-a-wrong-socket", test_activated_with_a_wrong_socket);
    ADD("out-of-files", test_out_of_files);
}
