#include "platform/common/private_file.h"

#include "platform/linux/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW_SUFFIX ".new"
#define FOR_OTHERS (S_IRWXG | S_IRWXO)

struct WhPrivateFolder {
    int fd;
};

struct WhPrivateFile {
    int fd;
};

/* A removed folder answers as if the file were missing, which must not be mistaken for "no such
 * secret". */
static gint error_code(int folder, int code)
{
    struct stat there;

    if (code == ENOENT && folder >= 0 && (fstat(folder, &there) != 0 || there.st_nlink == 0))
        return G_IO_ERROR_FAILED;
    return code == ELOOP ? G_IO_ERROR_PERMISSION_DENIED : (gint)g_io_error_from_errno(code);
}

static gboolean fail(GError **error, int folder, const char *name, const char *what)
{
    int code = errno;

    g_set_error(error, G_IO_ERROR, error_code(folder, code), "%s cannot be %s: %s", name, what,
                code == ELOOP ? "it is a symbolic link" : g_strerror(code));
    return FALSE;
}

static gboolean is_private(const struct stat *there, const char *name, const char *mode,
                           GError **error)
{
    if (there->st_uid != geteuid()) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "%s belongs to another user (number %u) and is not used", name, there->st_uid);
        return FALSE;
    }
    if ((there->st_mode & FOR_OTHERS) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "%s is open to other users and is not used. Make it private (chmod %s), and "
                    "enter the secrets anew if somebody may have read them.",
                    name, mode);
        return FALSE;
    }
    return TRUE;
}

static int open_folder(const char *path, GError **error)
{
    struct stat there;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0) {
        fail(error, -1, path, "opened as a folder");
        return -1;
    }
    if (fstat(fd, &there) != 0 || !is_private(&there, path, "700", error)) {
        close(fd);
        return -1;
    }
    return fd;
}

WhPrivateFolder *wh_private_folder_open(const char *path, GError **error)
{
    /* A slash at the end would make the kernel follow a symbolic link. */
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    WhPrivateFolder *folder;
    int fd;

    if (!wh_folder_make(whole, 0700, error))
        return NULL;
    fd = open_folder(whole, error);
    if (fd < 0)
        return NULL;
    folder = g_new(WhPrivateFolder, 1);
    folder->fd = fd;
    return folder;
}

void wh_private_folder_close(WhPrivateFolder *folder)
{
    close(folder->fd);
    g_free(folder);
}

static int open_file(int folder, const char *name, guint64 *size, GError **error)
{
    struct stat there = {0};
    /* O_NONBLOCK: a named pipe must not stop the service. */
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    gboolean sound;

    if (fd < 0 || fstat(fd, &there) != 0) {
        fail(error, folder, name, "opened");
        if (fd >= 0)
            close(fd);
        return -1;
    }
    sound = S_ISREG(there.st_mode);
    if (!sound)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s is no ordinary file",
                    name);
    if (!sound || !is_private(&there, name, "600", error)) {
        close(fd);
        return -1;
    }
    *size = (guint64)there.st_size;
    return fd;
}

WhPrivateFile *wh_private_file_open(const WhPrivateFolder *folder, const char *name, guint64 *size,
                                    GError **error)
{
    int fd = open_file(folder->fd, name, size, error);
    WhPrivateFile *file;

    if (fd < 0)
        return NULL;
    file = g_new(WhPrivateFile, 1);
    file->fd = fd;
    return file;
}

void wh_private_file_close(WhPrivateFile *file)
{
    close(file->fd);
    g_free(file);
}

gboolean wh_private_file_read(WhPrivateFile *file, gpointer bytes, gsize length, GError **error)
{
    gsize done = 0;

    while (done < length) {
        ssize_t got = TEMP_FAILURE_RETRY(read(file->fd, (char *)bytes + done, length - done));

        if (got < 0)
            return fail(error, -1, "The secret's file", "read");
        if (got == 0) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The secret's file ends early");
            return FALSE;
        }
        done += (gsize)got;
    }
    return TRUE;
}

static gboolean write_all(int fd, const char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t written = TEMP_FAILURE_RETRY(write(fd, bytes, length));

        if (written < 0)
            return FALSE;
        bytes += written;
        length -= (gsize)written;
    }
    return TRUE;
}

/* O_EXCL never opens what somebody else put there; a leftover of a crash goes first. */
static int create(int folder, const char *name)
{
    if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
        return -1;
    return openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static gboolean write_new(int folder, const char *name, const char *head, const char *body,
                          gsize body_length)
{
    int fd = create(folder, name);
    int code = 0;

    if (fd < 0)
        return FALSE;
    if (!write_all(fd, head, strlen(head)) || !write_all(fd, body, body_length) || fsync(fd) != 0)
        code = errno;
    if (close(fd) != 0 && code == 0)
        code = errno;
    errno = code;
    return code == 0;
}

gboolean wh_private_file_replace(const WhPrivateFolder *folder, const char *name, const char *head,
                                 const char *body, gsize body_length, GError **error)
{
    g_autofree char *aside = g_strconcat(name, NEW_SUFFIX, NULL);

    if (!write_new(folder->fd, aside, head, body, body_length) ||
        renameat(folder->fd, aside, folder->fd, name) != 0) {
        fail(error, folder->fd, name, "written");
        unlinkat(folder->fd, aside, 0);
        return FALSE;
    }
    return fsync(folder->fd) == 0 || fail(error, folder->fd, name, "flushed to disk");
}

gboolean wh_private_file_remove(const WhPrivateFolder *folder, const char *name, GError **error)
{
    if (unlinkat(folder->fd, name, 0) == 0)
        return fsync(folder->fd) == 0 || fail(error, folder->fd, name, "flushed to disk");
    if (error_code(folder->fd, errno) == G_IO_ERROR_NOT_FOUND)
        return TRUE;
    return fail(error, folder->fd, name, "removed");
}

void wh_private_file_sweep(const WhPrivateFolder *folder, const char *suffix)
{
    g_autofree char *aside = g_strconcat(suffix, NEW_SUFFIX, NULL);
    g_auto(GStrv) names = wh_private_file_list(folder, aside, NULL);

    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(names[i], aside, NULL);

        unlinkat(folder->fd, name, 0);
    }
}

char **wh_private_file_list(const WhPrivateFolder *folder, const char *suffix, GError **error)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    /* Opened anew, because a duplicate would share the place up to which it was read. */
    int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;

    if (listing == NULL) {
        fail(error, folder->fd, "The folder", "read");
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    while ((entry = readdir(listing)) != NULL) {
        g_autofree char *name = g_strdup(entry->d_name);

        if (!g_str_has_suffix(name, suffix))
            continue;
        name[strlen(name) - strlen(suffix)] = '\0';
        g_strv_builder_add(names, name);
    }
    closedir(listing);
    return g_strv_builder_end(names);
}
