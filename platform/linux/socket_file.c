#include "platform/linux/socket_file.h"

#include "platform/linux/folder.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NEW_SUFFIX ".new"

G_STATIC_ASSERT(WH_SOCKET_FILE_MAX + sizeof NEW_SUFFIX <=
                sizeof(((struct sockaddr_un *)NULL)->sun_path));

static gboolean fail(GError **error, const char *path, const char *what)
{
    int code = errno;

    g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(code),
                "Cannot listen at %s (%s: %s)", path, what, g_strerror(code));
    return FALSE;
}

static int socket_new(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static void address_fill(struct sockaddr_un *address, const char *path)
{
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    g_strlcpy(address->sun_path, path, sizeof address->sun_path);
}

int wh_socket_file_connect(const char *path)
{
    struct sockaddr_un address;
    int fd;

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = socket_new();
    if (fd < 0)
        return -1;
    address_fill(&address, path);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        int code = errno;

        close(fd);
        errno = code;
        return -1;
    }
    return fd;
}

/* TRUE: nothing is at `path`, or what a dead process left. */
static gboolean is_free(const char *path, GError **error)
{
    struct stat there;
    int fd;

    if (lstat(path, &there) != 0)
        return errno == ENOENT || fail(error, path, "lstat");
    if (!S_ISSOCK(there.st_mode)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                    "%s is in the way and is no socket. Move it elsewhere and try again.", path);
        return FALSE;
    }
    fd = wh_socket_file_connect(path);
    if (fd < 0 && (errno == ECONNREFUSED || errno == ENOENT))
        return TRUE;
    if (fd < 0 && errno != EAGAIN && errno != EPROTOTYPE)
        return fail(error, path, "connect");
    if (fd >= 0)
        close(fd);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                "Another program already answers at %s. Stop it first.", path);
    return FALSE;
}

/* Bound aside and renamed into place once it listens: nobody meets a socket with another mode, or
 * one that refuses. */
static gboolean socket_place(int fd, const char *path, gboolean everyone, struct stat *made,
                             GError **error)
{
    g_autofree char *aside = g_strconcat(path, NEW_SUFFIX, NULL);
    struct sockaddr_un address;
    struct stat leftover;

    if (lstat(aside, &leftover) == 0 && S_ISSOCK(leftover.st_mode))
        unlink(aside);
    address_fill(&address, aside);
    if (fchmod(fd, 0600) != 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0)
        return fail(error, path, "bind");
    if ((everyone && chmod(aside, 0666) != 0) || listen(fd, SOMAXCONN) != 0 ||
        lstat(aside, made) != 0 || rename(aside, path) != 0) {
        fail(error, path, "listen");
        unlink(aside);
        return FALSE;
    }
    return TRUE;
}

int wh_socket_file_listen(const char *path, gboolean everyone, struct stat *made, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd;

    if (strlen(path) > WH_SOCKET_FILE_MAX) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
                    "The path of the socket may have %d characters at most: %s", WH_SOCKET_FILE_MAX,
                    path);
        return -1;
    }
    if (!wh_folder_make(folder, everyone ? 0755 : 0700, error) || !is_free(path, error))
        return -1;
    fd = socket_new();
    if (fd < 0) {
        fail(error, path, "socket");
        return -1;
    }
    if (!socket_place(fd, path, everyone, made, error)) {
        close(fd);
        return -1;
    }
    return fd;
}

void wh_socket_file_remove(const char *path, const struct stat *made)
{
    struct stat there;

    if (lstat(path, &there) == 0 && there.st_dev == made->st_dev && there.st_ino == made->st_ino)
        unlink(path);
}
