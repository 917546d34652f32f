#include "platform/secret_store.h"

#include "platform/common/blank.h"
#include "platform/common/private_file.h"

#include <string.h>

#define MAX_SECRET (64 * 1024)
#define MAX_KEY 100
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789._-"
#define SUFFIX ".secret"

/* The length in front tells a file that was cut off from a whole one. */
#define HEAD_FORMAT "wayhome-secret 1 %05u\n"
#define HEAD_LENGTH 23

struct WhSecretStore {
    WhPrivateFolder *folder;
};

WhSecretStore *wh_secret_store_open(const char *folder, GError **error)
{
    WhPrivateFolder *opened = wh_private_folder_open(folder, error);
    WhSecretStore *store;

    if (opened == NULL)
        return NULL;
    wh_private_file_sweep(opened, SUFFIX);
    store = g_new0(WhSecretStore, 1);
    store->folder = opened;
    return store;
}

void wh_secret_store_free(WhSecretStore *store)
{
    if (store == NULL)
        return;
    wh_private_folder_close(store->folder);
    g_free(store);
}

/* The file of a key, NULL for a bad key. The suffix keeps "." and ".." and files under way apart.
 */
static char *file_name(const char *key, GError **error)
{
    gsize length = strlen(key);

    if (length > 0 && length <= MAX_KEY && strspn(key, KEY_CHARACTERS) == length)
        return g_strconcat(key, SUFFIX, NULL);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                "The name of a secret has 1 to %d characters of a-z, 0-9, dot, underscore and "
                "hyphen",
                MAX_KEY);
    return NULL;
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

static gboolean damaged(GError **error)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "A stored secret is damaged. Enter it again.");
    return FALSE;
}

static gboolean check_head(WhPrivateFile *file, guint64 size, gsize *length, GError **error)
{
    char head[HEAD_LENGTH + 1] = "";
    char expected[HEAD_LENGTH + 1];

    if (size < HEAD_LENGTH || size > HEAD_LENGTH + MAX_SECRET)
        return damaged(error);
    if (!wh_private_file_read(file, head, HEAD_LENGTH, error))
        return FALSE;
    *length = (gsize)size - HEAD_LENGTH;
    g_snprintf(expected, sizeof expected, HEAD_FORMAT, (guint)*length);
    return memcmp(head, expected, HEAD_LENGTH) == 0 || damaged(error);
}

static char *read_body(WhPrivateFile *file, guint64 size, gsize *length, GError **error)
{
    gsize body = 0;
    char *bytes;

    if (!check_head(file, size, &body, error))
        return NULL;
    bytes = g_malloc0(body + 1);
    if (wh_private_file_read(file, bytes, body, error)) {
        *length = body;
        return bytes;
    }
    wh_secret_store_wipe(bytes, body);
    return NULL;
}

char *wh_secret_store_lookup(WhSecretStore *store, const char *key, gsize *length, GError **error)
{
    g_autofree char *name = file_name(key, error);
    guint64 size = 0;
    WhPrivateFile *file;
    char *bytes;

    if (name == NULL)
        return NULL;
    file = wh_private_file_open(store->folder, name, &size, error);
    if (file == NULL)
        return NULL;
    bytes = read_body(file, size, length, error);
    wh_private_file_close(file);
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
    wh_blank(bytes, length);
    g_free(bytes);
}
