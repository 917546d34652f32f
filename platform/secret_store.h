/* Where secrets rest between two runs of the service.
 *
 * A key is lower-case ASCII of [a-z0-9._-], 1 to 100 characters, and names one secret. Errors:
 * G_IO_ERROR_NOT_FOUND there is none; G_IO_ERROR_PERMISSION_DENIED the store cannot be opened by
 * this user or others could read it; G_IO_ERROR_INVALID_DATA it is damaged; anything else: could
 * not be written. "Not found" never stands for another failure. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhSecretStore WhSecretStore;

/* Opens the store in `folder`, made when missing so that nobody else can enter it. One file a
 * secret that nobody else can read (Linux: mode 0600; Windows: only this user, administrators and
 * the system), replaced atomically and flushed to disk; what an earlier run did not finish is
 * removed. A file that others could read or that somebody else owns is refused, not repaired. */
WhSecretStore *wh_secret_store_open(const char *folder, GError **error);
void wh_secret_store_free(WhSecretStore *store);

/* Keeps `length` bytes under `key`, replacing what was there. Blocks for the flush to disk. */
gboolean wh_secret_store_put(WhSecretStore *store, const char *key, const char *bytes, gsize length,
                             GError **error);

/* The bytes with a terminating NUL that is not counted; at most 64 KiB. The caller wipes and frees
 * them with wh_secret_store_wipe(). */
char *wh_secret_store_lookup(WhSecretStore *store, const char *key, gsize *length, GError **error);

/* Removing what is not there succeeds. */
gboolean wh_secret_store_remove(WhSecretStore *store, const char *key, GError **error);

/* The keys of all that is kept, in no order, also of what could not be read; for g_strfreev(). */
char **wh_secret_store_keys(WhSecretStore *store, GError **error);

/* Overwrites and frees what wh_secret_store_lookup() returned; accepts NULL. */
void wh_secret_store_wipe(char *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSecretStore, wh_secret_store_free)

G_END_DECLS
