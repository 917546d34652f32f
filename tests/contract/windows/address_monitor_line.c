#include "tests/contract/windows/address_monitor_line.h"

#include <gio/gio.h>
#include <windows.h>

#define DEADLINE_SECONDS 30

typedef struct {
    GSocketConnection *connection;
    GDataInputStream *answers;
} Line;

/* One helper serves the whole program; it ends together with it. */
static Line *line(void)
{
    static Line the_line;

    return &the_line;
}

/* Wine starts programs of the system around it like its own; elsewhere there is no such file. */
static gboolean helper_start(guint16 port)
{
    g_autofree char *command = g_strdup_printf(
        "Z:\\usr\\bin\\python3 -B " WH_SOURCE_DIR "/tests/wine/line.py %u", (guint)port);
    g_autofree gunichar2 *wide = g_utf8_to_utf16(command, -1, NULL, NULL, NULL);
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process = {0};

    if (!CreateProcessW(NULL, (wchar_t *)wide, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process))
        return FALSE;
    if (process.hProcess != NULL)
        CloseHandle(process.hProcess);
    if (process.hThread != NULL)
        CloseHandle(process.hThread);
    return TRUE;
}

static GSocket *listener_new(guint16 *port)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new(loopback, 0);
    GSocket *listener =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

    g_assert_true(g_socket_bind(listener, wanted, FALSE, NULL));
    g_assert_true(g_socket_listen(listener, NULL));
    g_socket_set_timeout(listener, DEADLINE_SECONDS);
    g_autoptr(GSocketAddress) bound = g_socket_get_local_address(listener, NULL);
    *port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    return listener;
}

static gboolean line_open(void)
{
    g_autoptr(GError) error = NULL;
    guint16 port;
    g_autoptr(GSocket) listener = listener_new(&port);

    if (!helper_start(port)) {
        g_test_skip("A test can change this computer's addresses under Wine only");
        return FALSE;
    }
    g_autoptr(GSocket) socket = g_socket_accept(listener, NULL, &error);
    g_assert_no_error(error);
    g_socket_set_timeout(socket, DEADLINE_SECONDS);
    line()->connection = g_socket_connection_factory_create_connection(socket);
    line()->answers =
        g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(line()->connection)));
    return TRUE;
}

static guint ask(const char *question)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strconcat(question, "\n", NULL);
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(line()->connection));
    guint64 number = 0;

    g_output_stream_write_all(out, text, strlen(text), NULL, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *answer = g_data_input_stream_read_line(line()->answers, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(answer);
    if (!g_ascii_string_to_unsigned(answer, 10, 0, G_MAXUINT, &number, NULL))
        g_error("%s: %s", question, answer);
    return (guint)number;
}

guint wh_line_begin(void)
{
    if (line()->connection == NULL && !line_open())
        return 0;
    return ask("cable");
}

void wh_line_ip(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *question = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    ask(question);
}
