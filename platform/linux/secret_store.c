#include "platform/secret_store.h"

#include "platform/linux/folder.h"
#include "platform/linux/private_file.h"

#include <string.h>
#include <unistd.h>

#define MAX_SECRET (64 * 1024)
#define MAX_KEY 100
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789._-"
#define SUFFIX ".secret"

/* The length in front tells a file that was cut off from a whole one. */
#define HEAD_FORMAT "wayhome-secret 1 %05u\n"
#define HEAD_LENGTH 23

struct WhSecretStore {
    int folder;
};

WhSecretStore *wh_secret_store_open(const char *folder, GError **error)
{
    /* A slash at the end would make the kernel follow a symbolic link. */
    g_autofree char *path = g_canonicalize_filename(folder, NULL);
    WhSecretStore *store;
    int fd;

    if (!wh_folder_make(path, 0700, error))
        return NULL;
    fd = wh_private_file_open_folder(path, error);
    if (fd < 0)
        return NULL;
    wh_private_file_sweep(fd, SUFFIX);
    store = g_new0(WhSecretStore, 1);
    store->folder = fd;
    return store;
}

void wh_secret_store_free(WhSecretStore *store)
{
    if (store == NULL)
        return;
    close(store->folder);
    g_free(store);
}

/* The file of a key, NULL for a bad key. The suffix keeps "." and ".." and files under way apart.
 */
static char *file_name(const char *key, GError **error)
{
    gsize length = strlen(key);

    if (length == 0 || length > MAX_KEY || strspn(key, KEY_CHARACTERS) != length) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "The name of a secret has 1 to %d characters of a-z, 0-9, dot, underscore and "
                    "hyphen",
                    MAX_KEY);
        return NULL;
    }
    return g_strconcat(key, SUFFIX, NULL);
}

gboolean wh_secret_store_put(WhSecretStore *store, const char *key, const char *bytes, gsize length,
                             GError **error)
{
    g_autofree char *name = file_name(key, error);
    char head[HEAD_LENGTH + 1];

    if (name == NULL)
        return FALSE;
    if (length > MAX_SECRET) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                    "A secret may have %d bytes at most", MAX_SECRET);
        return FALSE;
    }
    g_snprintf(head, sizeof head, HEAD_FORMAT, (guint)length);
    return wh_private_file_replace(store->folder, name, head, bytes, length, error);
}

static gboolean head_check(int fd, gsize file_size, gsize *length, GError **error)
{
    char head[HEAD_LENGTH + 1] = "";
    char expected[HEAD_LENGTH + 1];

    *length = file_size - HEAD_LENGTH;
    if (file_size >= HEAD_LENGTH && *length <= MAX_SECRET) {
        g_snprintf(expected, sizeof expected, HEAD_FORMAT, (guint)*length);
        if (!wh_private_file_read(fd, head, HEAD_LENGTH, error))
            return FALSE;
        if (memcmp(head, expected, HEAD_LENGTH) == 0)
            return TRUE;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "A stored secret is damaged. Enter it again.");
    return FALSE;
}

static char *body_read(int fd, gsize file_size, gsize *length, GError **error)
{
    gsize body;
    char *bytes;

    if (!head_check(fd, file_size, &body, error))
        return NULL;
    bytes = g_malloc(body + 1);
    bytes[body] = '\0';
    if (!wh_private_file_read(fd, bytes, body, error)) {
        wh_secret_store_wipe(bytes, body);
        return NULL;
    }
    *length = body;
    return bytes;
}

char *wh_secret_store_lookup(WhSecretStore *store, const char *key, gsize *length, GError **error)
{
    g_autofree char *name = file_name(key, error);
    gsize file_size = 0;
    char *bytes;
    int fd;

    if (name == NULL)
        return NULL;
    fd = wh_private_file_open(store->folder, name, &file_size, error);
    if (fd < 0)
        return NULL;
    bytes = body_read(fd, file_size, length, error);
    close(fd);
    return bytes;
}

gboolean wh_secret_store_remove(WhSecretStore *store, const char *key, GError **error)
{
    g_autofree char *name = file_name(key, error);

    return name != NULL && wh_private_file_remove(store->folder, name, error);
}

char **wh_secret_store_keys(WhSecretStore *store, GError **error)
{
    return wh_private_file_list(store->folder, SUFFIX, error);
}

void wh_secret_store_wipe(char *bytes, gsize length)
{
    if (bytes == NULL)
        return;
    explicit_bzero(bytes, length);
    g_free(bytes);
}
