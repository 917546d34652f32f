/* Removes by path: whatever has the key, in all keyrings of the person that are open. */
#include "platform/linux/keyring_private.h"

/* error: the first that was met. */
typedef struct {
    WhKeyring *keyring;
    GError *error;
    guint pending;
    WhKeyringRemoved done;
    gpointer data;
} Removal;

static void finish(Removal *removal)
{
    removal->done(removal->error, removal->data);
    g_clear_error(&removal->error);
    wh_keyring_unref(removal->keyring);
    g_free(removal);
}

static void note_locked(Removal *removal, const char *words)
{
    if (removal->error == NULL)
        removal->error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, words);
}

/* A question to the person is not asked: nobody waits for one. */
static void on_deleted(GObject *bus, GAsyncResult *result, gpointer data)
{
    Removal *removal = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
    const char *prompt = "/";

    if (answer != NULL)
        g_variant_get(answer, "(&o)", &prompt);
    if (!g_str_equal(prompt, "/"))
        note_locked(removal, "The keyring wants to ask before it removes it");
    if (error != NULL && !wh_keyring_means_gone(error) && removal->error == NULL)
        removal->error = g_steal_pointer(&error);
    if (--removal->pending == 0)
        finish(removal);
}

static void delete_all(Removal *removal, char **paths)
{
    removal->pending = g_strv_length(paths);
    if (removal->pending == 0)
        finish(removal);
    for (guint i = 0; paths[i] != NULL; i++)
        g_dbus_connection_call(removal->keyring->bus, WH_KEYRING_NAME, paths[i], WH_KEYRING_ITEM,
                               "Delete", NULL, G_VARIANT_TYPE("(o)"), G_DBUS_CALL_FLAGS_NONE,
                               WH_KEYRING_NO_LIMIT, NULL, on_deleted, removal);
}

static void on_found(GObject *bus, GAsyncResult *result, gpointer data)
{
    Removal *removal = data;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &removal->error);
    g_auto(GStrv) items = NULL;
    g_auto(GStrv) locked = NULL;

    if (answer == NULL || removal->keyring->freed) {
        finish(removal);
        return;
    }
    g_variant_get(answer, "(^ao^ao)", &items, &locked);
    if (locked[0] != NULL)
        note_locked(removal, "It is also in a keyring that is locked");
    delete_all(removal, items);
}

void wh_keyring_removal(WhKeyring *keyring, const char *key, WhKeyringRemoved done, gpointer data)
{
    Removal *removal = g_new0(Removal, 1);

    *removal = (Removal){.keyring = wh_keyring_ref(keyring), .done = done, .data = data};
    g_dbus_connection_call(
        keyring->bus, WH_KEYRING_NAME, WH_KEYRING_ROOT, WH_KEYRING_SERVICE, "SearchItems",
        g_variant_new("(@a{ss})", wh_keyring_attributes(keyring, key)), G_VARIANT_TYPE("(aoao)"),
        G_DBUS_CALL_FLAGS_NONE, WH_KEYRING_NO_LIMIT, NULL, on_found, removal);
}
