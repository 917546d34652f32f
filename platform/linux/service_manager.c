#include "platform/linux/service_manager.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* SD_LISTEN_FDS_START */
#define FIRST_SOCKET 3
#define MOST_SOCKETS 1024

/* FALSE: no path and no abstract name ("@..."), or too long for a socket's address. */
static gboolean address_fill(const char *text, struct sockaddr_un *address, socklen_t *length)
{
    gsize size = strlen(text);

    if ((text[0] != '/' && text[0] != '@') || size < 2 || size >= sizeof address->sun_path)
        return FALSE;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, text, size);
    if (text[0] == '@')
        address->sun_path[0] = '\0';
    *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size + (text[0] == '/' ? 1 : 0));
    return TRUE;
}

static gboolean is_behind(int code)
{
    return code == EAGAIN || code == EWOULDBLOCK || code == ENOBUFS || code == EINTR;
}

gboolean wh_service_manager_notify(const char *assignments)
{
    const char *text = g_getenv("NOTIFY_SOCKET");
    struct sockaddr_un address;
    socklen_t length;
    int fd;
    int code = 0;

    if (text == NULL || !address_fill(text, &address, &length))
        return TRUE;
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || sendto(fd, assignments, strlen(assignments), MSG_NOSIGNAL | MSG_DONTWAIT,
                         (struct sockaddr *)&address, length) < 0)
        code = errno;
    if (fd >= 0)
        close(fd);
    if (code != 0)
        g_debug("The service manager cannot be told anything: %s", g_strerror(code));
    return !is_behind(code);
}

/* Whether the variable names this process. Absent: `absent`. */
static gboolean is_for_us(const char *variable, gboolean absent)
{
    const char *text = g_getenv(variable);
    guint64 pid = 0;

    if (text == NULL)
        return absent;
    return g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT, &pid, NULL) && (pid_t)pid == getpid();
}

guint64 wh_service_manager_watchdog(void)
{
    const char *text = g_getenv("WATCHDOG_USEC");
    guint64 interval = 0;

    if (text == NULL || !is_for_us("WATCHDOG_PID", TRUE) ||
        !g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT64, &interval, NULL))
        return 0;
    return interval;
}

guint wh_service_manager_take_sockets(int *first)
{
    const char *text = g_getenv("LISTEN_FDS");
    guint64 count = 0;

    if (text == NULL || !is_for_us("LISTEN_PID", FALSE) ||
        !g_ascii_string_to_unsigned(text, 10, 1, MOST_SOCKETS, &count, NULL))
        count = 0;
    g_unsetenv("LISTEN_PID");
    g_unsetenv("LISTEN_FDS");
    g_unsetenv("LISTEN_FDNAMES");
    for (guint i = 0; i < count; i++)
        (void)fcntl(FIRST_SOCKET + (int)i, F_SETFD, FD_CLOEXEC);
    *first = FIRST_SOCKET;
    return (guint)count;
}
