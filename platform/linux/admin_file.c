#include "platform/admin_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean fail(GError **error, const char *path, int code)
{
    if (code == EACCES)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "%s cannot be read by the service's user (number %u). Make that user its "
                    "owner (chown)",
                    path, geteuid());
    else
        g_set_error(error, G_IO_ERROR,
                    code == ENOENT ? G_IO_ERROR_NOT_FOUND : (gint)g_io_error_from_errno(code),
                    "%s cannot be read: %s", path,
                    code == ELOOP ? "it is a symbolic link" : g_strerror(code));
    return FALSE;
}

static gboolean refuse(GError **error, const char *path, const char *sentence)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s %s", path, sentence);
    return FALSE;
}

static gboolean check_writers(const struct stat *there, const char *path, GError **error)
{
    if (there->st_uid != 0 && there->st_uid != geteuid())
        return refuse(error, path,
                      "belongs to another user and is not used. Make root its owner (chown)");
    if ((there->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return refuse(error, path,
                      "may be changed by others and is not used. Take that away (chmod go-w)");
    return TRUE;
}

static gboolean check_file(const struct stat *there, const char *path, gboolean secret,
                           GError **error)
{
    if (!S_ISREG(there->st_mode))
        return refuse(error, path, "is no ordinary file and is not used");
    if (!check_writers(there, path, error))
        return FALSE;
    if (secret && (there->st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return refuse(error, path,
                      "is open to other users and is not used. Make it private (chmod 600), and "
                      "use another secret if somebody may have read it");
    if (there->st_size <= WH_ADMIN_FILE_MOST)
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                "%s is too long: 64 KiB are the most", path);
    return FALSE;
}

/* What grew since it was looked at is cut off; `bytes` holds one more than a file may have. */
static gboolean fill(int fd, char *bytes, gsize *length)
{
    *length = 0;
    while (*length < WH_ADMIN_FILE_MOST) {
        ssize_t got = TEMP_FAILURE_RETRY(read(fd, bytes + *length, WH_ADMIN_FILE_MOST - *length));

        if (got < 0)
            return FALSE;
        if (got == 0)
            break;
        *length += (gsize)got;
    }
    bytes[*length] = '\0';
    return TRUE;
}

static char *read_open(int fd, const char *path, gboolean secret, gsize *length, GError **error)
{
    struct stat there;
    char *bytes;

    if (fstat(fd, &there) != 0) {
        fail(error, path, errno);
        return NULL;
    }
    if (!check_file(&there, path, secret, error))
        return NULL;
    bytes = g_malloc0(WH_ADMIN_FILE_MOST + 1);
    if (fill(fd, bytes, length))
        return bytes;
    fail(error, path, errno);
    wh_admin_file_wipe(bytes, WH_ADMIN_FILE_MOST);
    return NULL;
}

static char *read_path(const char *path, gboolean secret, gsize *length, GError **error)
{
    /* O_NONBLOCK: a named pipe must not stop the service. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (secret ? O_NOFOLLOW : 0));
    char *bytes;

    if (fd < 0) {
        fail(error, path, errno);
        return NULL;
    }
    bytes = read_open(fd, path, secret, length, error);
    close(fd);
    return bytes;
}

char *wh_admin_file_read(const char *path, gsize *length, GError **error)
{
    return read_path(path, FALSE, length, error);
}

char *wh_admin_file_read_secret(const char *path, gsize *length, GError **error)
{
    return read_path(path, TRUE, length, error);
}

void wh_admin_file_wipe(char *bytes, gsize length)
{
    if (bytes != NULL)
        explicit_bzero(bytes, length);
    g_free(bytes);
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char **list_open(DIR *listing, const char *suffix)
{
    GPtrArray *names = g_ptr_array_new();
    const struct dirent *entry;

    while ((entry = readdir(listing)) != NULL) {
        if (entry->d_name[0] != '.' && g_str_has_suffix(entry->d_name, suffix))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    g_ptr_array_sort(names, compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char **wh_admin_file_list(const char *folder, const char *suffix, GError **error)
{
    DIR *listing = opendir(folder);
    struct stat there = {0};
    char **names = NULL;

    if (listing == NULL) {
        fail(error, folder, errno);
        return NULL;
    }
    if (fstat(dirfd(listing), &there) != 0)
        fail(error, folder, errno);
    else if (check_writers(&there, folder, error))
        names = list_open(listing, suffix);
    closedir(listing);
    return names;
}
