/* What is used of libsecret, opened while the program runs: one that finds no keyring, and the
 * service of the whole computer, never carry the library.
 *
 * Only its session (which keeps secrets unreadable on the bus) and its handling of questions to the
 * person: its objects for items and its search complain, and never call back, when an item or the
 * keyring goes away while they read (0.20.5). */
#pragma once

/* The functions that work with paths on the bus; they have been there since 0.14. */
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* Members are named as libsecret's functions, without "secret_". */
typedef struct {
    GType (*service_get_type)(void);
    void (*service_open)(GType type, const char *bus_name, SecretServiceFlags flags,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
    SecretService *(*service_open_finish)(GAsyncResult *result, GError **error);
    const char *(*service_get_session_algorithms)(SecretService *service);
    void (*service_get_secrets_for_dbus_paths)(SecretService *service, const char **paths,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer data);
    GHashTable *(*service_get_secrets_for_dbus_paths_finish)(SecretService *service,
                                                             GAsyncResult *result, GError **error);
    void (*service_unlock_dbus_paths)(SecretService *service, const char **paths,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
    gint (*service_unlock_dbus_paths_finish)(SecretService *service, GAsyncResult *result,
                                             char ***unlocked, GError **error);
    void (*service_create_collection_dbus_path)(SecretService *service, GHashTable *properties,
                                                const char *alias,
                                                SecretCollectionCreateFlags flags,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer data);
    char *(*service_create_collection_dbus_path_finish)(SecretService *service,
                                                        GAsyncResult *result, GError **error);
    void (*service_create_item_dbus_path)(SecretService *service, const char *collection,
                                          GHashTable *properties, SecretValue *value,
                                          SecretItemCreateFlags flags, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer data);
    char *(*service_create_item_dbus_path_finish)(SecretService *service, GAsyncResult *result,
                                                  GError **error);
    SecretValue *(*value_new)(const char *secret, gssize length, const char *content_type);
    const char *(*value_get)(SecretValue *value, gsize *length);
    void (*value_unref)(gpointer value);
} WhLibsecret;

/* Fills *library, or leaves it alone: G_IO_ERROR_NOT_SUPPORTED, the library is missing or too old.
 * It stays in the process to its end, because its types do. */
gboolean wh_libsecret_open(WhLibsecret *library, GError **error);

G_END_DECLS
