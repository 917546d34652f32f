/* A real gnome-keyring-daemon with a bus and folders of its own. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhTestKeyring WhTestKeyring;

/* A bus without any service, which the environment names from now on; NULL: there are no programs
 * for that here. One a program. */
WhTestKeyring *wh_test_keyring_new(void);

/* The bus ends first, as with a session. */
void wh_test_keyring_free(WhTestKeyring *world);

/* Starts a daemon on new folders. It opens its keyring, or is started anew and stays locked. */
void wh_test_keyring_start(WhTestKeyring *world, gboolean open);

/* Starts it on new folders, without any keyring in it. */
void wh_test_keyring_start_empty(WhTestKeyring *world);

/* Starts it on the folders that it had, locked. */
void wh_test_keyring_restart(WhTestKeyring *world);
void wh_test_keyring_stop(WhTestKeyring *world);

/* As a sign-in does: without a question on the screen. */
void wh_test_keyring_unlock(WhTestKeyring *world);
void wh_test_keyring_lock(WhTestKeyring *world);

/* The path of the one item with these attributes, for g_free(), or NULL. */
char *wh_test_keyring_find(WhTestKeyring *world, const char *scope, const char *key);
char *wh_test_keyring_secret(WhTestKeyring *world, const char *item);
char *wh_test_keyring_label(WhTestKeyring *world, const char *item);
void wh_test_keyring_create(WhTestKeyring *world, const char *scope, const char *key,
                            const char *text);
void wh_test_keyring_delete(WhTestKeyring *world, const char *item);

G_END_DECLS
