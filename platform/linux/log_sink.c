#include "platform/linux/log_sink_private.h"

#include "platform/linux/journal_entry.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define JOURNAL "/run/systemd/journal/socket"

/* journal: the socket that sends, or -1. error: who is behind standard error may read it slowly,
 * and `own` is the same pipe or terminal opened anew, so that not waiting is our affair alone; or
 * -1. torn: the last text was not taken to its end. */
struct WhLogSink {
    int journal;
    struct sockaddr_un address;
    int error;
    int own;
    mode_t kind;
    gboolean torn;
};

static gboolean is_behind(int code)
{
    return code == EAGAIN || code == EWOULDBLOCK || code == ENOBUFS || code == EINTR;
}

/* Whoever started us may share standard error, and would not expect it to be set to not waiting. */
static int open_anew(int fd)
{
    char path[32];

    g_snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static void open_journal(WhLogSink *sink, const char *path)
{
    sink->address.sun_family = AF_UNIX;
    g_strlcpy(sink->address.sun_path, path, sizeof sink->address.sun_path);
    sink->journal = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

WhLogSink *wh_log_sink_new_at(int error, const char *journal)
{
    WhLogSink *sink = g_new0(WhLogSink, 1);
    struct stat status;

    sink->error = error;
    sink->journal = -1;
    sink->own = -1;
    if (fstat(error, &status) == 0)
        sink->kind = status.st_mode & S_IFMT;
    if (sink->kind == S_IFIFO || sink->kind == S_IFCHR)
        sink->own = open_anew(error);
    if (journal != NULL)
        open_journal(sink, journal);
    return sink;
}

WhLogSink *wh_log_sink_new(void)
{
    gboolean is_journal = g_log_writer_is_journald(STDERR_FILENO);

    return wh_log_sink_new_at(STDERR_FILENO, is_journal ? JOURNAL : NULL);
}

void wh_log_sink_free(WhLogSink *sink)
{
    if (sink == NULL)
        return;
    if (sink->journal >= 0)
        close(sink->journal);
    if (sink->own >= 0)
        close(sink->own);
    g_free(sink);
}

WhLogSinkAnswer wh_log_sink_put_fields(WhLogSink *sink, const GLogField *fields, gsize n_fields)
{
    g_autoptr(GString) entry = NULL;

    if (sink->journal < 0)
        return WH_LOG_SINK_ABSENT;
    entry = wh_journal_entry_new(fields, n_fields);
    if (sendto(sink->journal, entry->str, entry->len, MSG_DONTWAIT | MSG_NOSIGNAL,
               (const struct sockaddr *)&sink->address, sizeof sink->address) >= 0)
        return WH_LOG_SINK_TAKEN;
    return is_behind(errno) ? WH_LOG_SINK_LOST : WH_LOG_SINK_ABSENT;
}

/* A pipe that has room takes so much at once; the longest text is shorter (PIPE_BUF). */
static gboolean has_room(int fd)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};

    return poll(&poll_fd, 1, 0) == 1 && (poll_fd.revents & POLLOUT) != 0;
}

static gssize write_bytes(WhLogSink *sink, const char *bytes, gsize length)
{
    if (sink->kind == S_IFSOCK)
        return send(sink->error, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sink->own >= 0)
        return write(sink->own, bytes, length);
    return has_room(sink->error) ? write(sink->error, bytes, length) : -1;
}

/* A line of its own, also after one that was torn. */
static GString *line_of(WhLogSink *sink, const char *text)
{
    GString *line = g_string_new(sink->torn ? "\n" : NULL);
    const char *end = text + strnlen(text, WH_LOG_SINK_LONGEST_TEXT);

    while (end > text && ((guchar)*end & 0xc0) == 0x80)
        end--;
    g_string_append_len(line, text, end - text);
    g_string_append_c(line, '\n');
    return line;
}

WhLogSinkAnswer wh_log_sink_put_text(WhLogSink *sink, const char *text)
{
    g_autoptr(GString) line = line_of(sink, text);
    gssize written = write_bytes(sink, line->str, line->len);

    if (written <= 0)
        return WH_LOG_SINK_LOST;
    sink->torn = (gsize)written < line->len;
    return sink->torn ? WH_LOG_SINK_LOST : WH_LOG_SINK_TAKEN;
}

/* What was taken is where it belongs. */
void wh_log_sink_flush(WhLogSink *sink, guint milliseconds)
{
}
