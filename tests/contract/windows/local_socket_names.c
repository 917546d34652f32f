#include "tests/contract/windows/local_socket_names.h"

#include "platform/local_socket.h"
#include "platform/windows/access.h"
#include "platform/windows/door.h"
#include "platform/windows/text.h"

static void accepted(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    g_assert_not_reached();
}

static char *address_new(guint number)
{
    return g_strdup_printf("\\\\.\\pipe\\wayhome-test-names-%lu-%u", GetCurrentProcessId(), number);
}

static void test_names(void)
{
    static const char *const wrong[] = {"",
                                        "control",
                                        "C:\\run\\control",
                                        "/run/wayhome/control",
                                        "\\\\.\\pipe\\",
                                        "\\\\server\\pipe\\wayhome",
                                        "\\\\127.0.0.1\\pipe\\wayhome",
                                        "\\\\.\\pipe\\a\\b",
                                        "\\\\.\\pipe\\..\\x",
                                        "\\\\?\\pipe\\wayhome",
                                        "\\\\.\\C:",
                                        "\\\\.\\pipe\\a/b",
                                        "\\\\.\\pipe\\\xff"};
    g_autofree char *long_name = g_strnfill(300, 'x');
    g_autofree char *long_pipe = g_strconcat("\\\\.\\pipe\\", long_name, NULL);
    g_autofree wchar_t *right = wh_door_name("\\\\.\\Pipe\\wayhome", NULL);

    g_assert_nonnull(right);
    g_assert_null(wh_door_name(long_pipe, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(wh_local_socket_connect(wrong[i], &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
        g_clear_error(&error);
        g_assert_null(wh_listener_new(wrong[i], TRUE, accepted, NULL, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

#define OURS "D:P(A;;FA;;;{own})"
#define SOMEBODY_ELSES "O:WDD:P(A;;FA;;;WD)"

static HANDLE pipe_new(const char *address, const char *sddl, guint instances)
{
    g_autofree wchar_t *name = wh_windows_wide(address);
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(sddl, NULL);
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, descriptor, FALSE};
    HANDLE pipe =
        CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, instances, 0, 0, 0, &attributes);

    LocalFree(descriptor);
    g_assert_true(pipe != INVALID_HANDLE_VALUE);
    return pipe;
}

static void assert_refused(const char *address, GIOErrorEnum code)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wh_listener_new(address, TRUE, accepted, NULL, &error));
    g_assert_error(error, G_IO_ERROR, (int)code);
}

static void assert_free(const char *address)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhListener) listener = wh_listener_new(address, TRUE, accepted, NULL, &error);

    g_assert_no_error(error);
}

static void test_another_of_ours(void)
{
    g_autofree char *address = address_new(0);
    HANDLE other = pipe_new(address, OURS, PIPE_UNLIMITED_INSTANCES);

    assert_refused(address, G_IO_ERROR_ADDRESS_IN_USE);
    CloseHandle(other);
    assert_free(address);
}

static void test_squatter(void)
{
    g_autofree char *address = address_new(1);
    HANDLE squatter = pipe_new(address, SOMEBODY_ELSES, PIPE_UNLIMITED_INSTANCES);

    assert_refused(address, G_IO_ERROR_PERMISSION_DENIED);
    CloseHandle(squatter);
    assert_free(address);
}

/* Nobody can look at a pipe that has no room for one more. */
static void test_squatter_who_is_busy(void)
{
    g_autofree char *address = address_new(2);
    g_autofree wchar_t *name = wh_windows_wide(address);
    HANDLE squatter = pipe_new(address, SOMEBODY_ELSES, 1);
    HANDLE client = CreateFileW(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

    g_assert_true(client != INVALID_HANDLE_VALUE);
    assert_refused(address, G_IO_ERROR_PERMISSION_DENIED);
    CloseHandle(client);
    CloseHandle(squatter);
    assert_free(address);
}

void wh_local_socket_add_names(void)
{
    g_test_add_func("/local-socket/windows/names", test_names);
    g_test_add_func("/local-socket/windows/another-of-ours", test_another_of_ours);
    g_test_add_func("/local-socket/windows/squatter", test_squatter);
    g_test_add_func("/local-socket/windows/squatter-who-is-busy", test_squatter_who_is_busy);
}
