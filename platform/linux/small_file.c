#include "platform/small_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean fail(GError **error, int problem)
{
    gboolean absent = problem == ENOENT || problem == ENOTDIR;

    g_set_error_literal(error, G_IO_ERROR,
                        absent ? G_IO_ERROR_NOT_FOUND : (gint)g_io_error_from_errno(problem),
                        g_strerror(problem));
    return FALSE;
}

static gboolean check(int fd, GError **error)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return fail(error, errno);
    if (S_ISREG(status.st_mode))
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "it is no file");
    return FALSE;
}

/* buffer holds one byte more than a file may have. */
static gboolean fill(int fd, char *buffer, gsize *length, GError **error)
{
    gssize count;

    *length = 0;
    do {
        count = read(fd, buffer + *length, WH_SMALL_FILE_MOST + 1 - *length);
        if (count < 0 && errno != EINTR)
            return fail(error, errno);
        *length += (gsize)MAX(count, 0);
    } while (count != 0 && *length <= WH_SMALL_FILE_MOST);
    if (*length <= WH_SMALL_FILE_MOST)
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "it is far too long");
    return FALSE;
}

char *wh_small_file_read(const char *path, gsize *length, GError **error)
{
    /* O_NONBLOCK: a named pipe is opened without a writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    g_autofree char *buffer = NULL;
    gsize count = 0;
    gboolean done;

    if (fd < 0) {
        fail(error, errno);
        return NULL;
    }
    buffer = g_malloc(WH_SMALL_FILE_MOST + 1);
    done = check(fd, error) && fill(fd, buffer, &count, error);
    close(fd);
    if (!done)
        return NULL;
    buffer[count] = '\0';
    *length = count;
    return g_steal_pointer(&buffer);
}
