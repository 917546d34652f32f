#include "platform/prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LINE 4096
#define CTRL_C '\003'

gboolean wh_prompt_is_possible(void)
{
    return isatty(STDIN_FILENO);
}

static gboolean fail_errno(const char *what, GError **error)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s: %s", what, g_strerror(code));
    return FALSE;
}

static gboolean write_all(int fd, const char *text)
{
    for (gsize left = strlen(text); left > 0;) {
        gssize written = write(fd, text, left);
        if (written < 0 && errno != EINTR)
            return FALSE;
        if (written > 0) {
            text += written;
            left -= (gsize)written;
        }
    }
    return TRUE;
}

/* Reads up to the end of the line into `line`, which holds MAX_LINE + 1 bytes. */
static gboolean read_line(int fd, char *line, GError **error)
{
    gsize length = 0;
    for (;;) {
        char c = '\0';
        gssize got = read(fd, &c, 1);
        if (got < 0 && errno != EINTR)
            return fail_errno("The terminal cannot be read", error);
        if (got == 0 || c == CTRL_C) {
            g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was entered");
            return FALSE;
        }
        if (got > 0 && c == '\n')
            break;
        if (got > 0 && length < MAX_LINE)
            line[length] = c;
        if (got > 0)
            length++;
    }
    if (length > MAX_LINE) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "That is longer than %d bytes; nothing was taken", MAX_LINE);
        return FALSE;
    }
    line[length] = '\0';
    return TRUE;
}

/* The terminal is made silent before it asks, so that not even the first letter of a quick answer
 * is shown or lost. Ctrl-C must not end the program meanwhile: it comes as a character that ends
 * the line. */
static char *read_unseen(int fd, const char *label, GError **error)
{
    struct termios before;
    if (tcgetattr(fd, &before) < 0) {
        fail_errno("The terminal cannot be used", error);
        return NULL;
    }
    struct termios unseen = before;
    unseen.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    unseen.c_cc[VEOL] = CTRL_C;
    if (tcsetattr(fd, TCSAFLUSH, &unseen) < 0) {
        fail_errno("The terminal cannot be used", error);
        return NULL;
    }
    g_autofree char *line = g_malloc0(MAX_LINE + 1);
    gboolean done = write_all(fd, label) ? read_line(fd, line, error)
                                         : fail_errno("The terminal cannot be used", error);
    tcsetattr(fd, TCSAFLUSH, &before);
    write_all(fd, "\n");
    if (done)
        return g_steal_pointer(&line);
    explicit_bzero(line, MAX_LINE);
    return NULL;
}

char *wh_prompt_secret(const char *label, GError **error)
{
    if (!wh_prompt_is_possible()) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no terminal");
        return NULL;
    }
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        fail_errno("The terminal cannot be opened", error);
        return NULL;
    }
    char *line = read_unseen(fd, label, error);
    close(fd);
    return line;
}
