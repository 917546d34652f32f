#include "platform/credentials.h"

#include "platform/admin_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST (64 * 1024)
#define LONGEST_NAME 255

/* Earlier than any Wayhome (2020-01-01): made while the computer did not know the date. */
#define EARLIEST 1577836800

/* As the manager wants it: one plain file name. */
static gboolean is_name(const char *name)
{
    return *name != '\0' && *name != '.' && strlen(name) <= LONGEST_NAME &&
           strchr(name, G_DIR_SEPARATOR) == NULL;
}

static char *path_of(const char *name)
{
    const char *folder = g_getenv("CREDENTIALS_DIRECTORY");

    if (folder == NULL || !g_path_is_absolute(folder))
        return NULL;
    return g_build_filename(folder, name, NULL);
}

static char *read_open(int fd, gsize *length, GError **error)
{
    char *bytes = g_malloc0(MOST + 1);
    gsize count = 0;
    ssize_t got;

    do {
        got = TEMP_FAILURE_RETRY(read(fd, bytes + count, MOST + 1 - count));
        count += (gsize)MAX(got, 0);
    } while (got > 0 && count <= MOST);
    if (got == 0 && count <= MOST) {
        *length = count;
        return bytes;
    }
    g_set_error(error, G_IO_ERROR,
                got < 0 ? (gint)g_io_error_from_errno(errno) : G_IO_ERROR_MESSAGE_TOO_LARGE,
                "the credential cannot be read: %s",
                got < 0 ? g_strerror(errno) : "64 KiB are the most");
    wh_admin_file_wipe(bytes, MOST + 1);
    return NULL;
}

/* Who may read and write there is the manager's care. */
char *wh_credentials_read(const char *name, gsize *length, GError **error)
{
    g_autofree char *path = path_of(name);
    char *bytes;
    int fd = -1;

    if (!is_name(name)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "this is no name of a credential");
        return NULL;
    }
    if (path != NULL)
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (fd < 0) {
        gboolean absent = path == NULL || errno == ENOENT || errno == ENOTDIR;

        g_set_error(error, G_IO_ERROR, absent ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
                    "the credential cannot be read: %s",
                    absent ? "the service was started without it" : g_strerror(errno));
        return NULL;
    }
    bytes = read_open(fd, length, error);
    close(fd);
    return bytes;
}

static gboolean is_newer(const struct stat *a, const struct stat *b)
{
    if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
        return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
    return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

gboolean wh_credentials_is_outdated(const char *name, const char *folder)
{
    const char *const folders[] = {folder, "/etc/credstore", "/etc/credstore.encrypted",
                                   "/run/credstore", "/run/credstore.encrypted"};
    g_autofree char *path = path_of(name);
    struct stat here;
    struct stat there;

    if (!is_name(name) || path == NULL || stat(path, &here) != 0 || here.st_mtim.tv_sec < EARLIEST)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *origin = g_build_filename(folders[i], name, NULL);

        if (stat(origin, &there) == 0 && is_newer(&there, &here))
            return TRUE;
    }
    return FALSE;
}
