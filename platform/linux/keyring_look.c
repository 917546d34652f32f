#include "platform/linux/keyring_private.h"

#define MAX_ITEMS 1000

/* One reading of everything. collection: of the default alias, NULL: there is none. locked: items
 * that a password must open. items: paths of those that are open; keys, dates: of each. */
typedef struct {
    WhKeyring *keyring;
    char *collection;
    gboolean collection_locked;
    char **locked;
    char **items;
    GHashTable *keys;
    GHashTable *dates;
    guint pending;
} Look;

static Look *look_new(WhKeyring *keyring)
{
    Look *look = g_new0(Look, 1);

    look->keyring = wh_keyring_ref(keyring);
    look->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    look->dates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return look;
}

static void look_free(Look *look)
{
    g_free(look->collection);
    g_strfreev(look->locked);
    g_strfreev(look->items);
    g_hash_table_unref(look->keys);
    g_hash_table_unref(look->dates);
    wh_keyring_unref(look->keyring);
    g_free(look);
}

void wh_keyring_look_forget(WhKeyring *keyring)
{
    g_clear_object(&keyring->service);
    g_clear_pointer(&keyring->collection, g_free);
    g_clear_pointer(&keyring->locked, g_strfreev);
}

/* Takes both over. What was written or changed meanwhile makes it void. */
static void end(Look *look, WhKeyringState state, GHashTable *entries)
{
    WhKeyring *keyring = look->keyring;

    keyring->looking = FALSE;
    if (keyring->freed || keyring->again) {
        g_clear_pointer(&entries, g_hash_table_unref);
        if (!keyring->freed && keyring->job == NULL)
            wh_keyring_look(keyring);
    } else {
        wh_keyring_settle(keyring, state, entries);
    }
    look_free(look);
}

static void fail(Look *look, const GError *error)
{
    if (error != NULL && !look->keyring->freed)
        g_info("The keyring cannot be read: %s", error->message);
    wh_keyring_look_forget(look->keyring);
    end(look, WH_KEYRING_ABSENT, NULL);
}

/* The answer to a call, or NULL after the end: it failed, or what was asked is not there any more.
 */
static GVariant *answer_of(Look *look, GObject *bus, GAsyncResult *result)
{
    g_autoptr(GError) error = NULL;
    GVariant *answer = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);

    if (answer != NULL && !look->keyring->freed && look->keyring->service != NULL)
        return answer;
    g_clear_pointer(&answer, g_variant_unref);
    fail(look, error);
    return NULL;
}

static void call(Look *look, const char *path, const char *interface, const char *method,
                 GVariant *parameters, const char *type, GAsyncReadyCallback callback,
                 gpointer data)
{
    g_dbus_connection_call(look->keyring->bus, WH_KEYRING_NAME, path, interface, method, parameters,
                           G_VARIANT_TYPE(type), G_DBUS_CALL_FLAGS_NONE, -1, NULL, callback, data);
}

/* Two of one key are in two keyrings of the person: the later one counts. */
static void take_secret(Look *look, GHashTable *entries, GHashTable *dates, const char *path,
                        SecretValue *value)
{
    const char *key = g_hash_table_lookup(look->keys, path);
    const guint64 *date = g_hash_table_lookup(look->dates, path);
    const guint64 *other = key != NULL ? g_hash_table_lookup(dates, key) : NULL;
    gsize length = 0;
    const char *bytes = look->keyring->library.value_get(value, &length);

    if (key == NULL || date == NULL || bytes == NULL || length > WH_KEYRING_MAX_SECRET)
        return;
    if (other != NULL && *other >= *date)
        return;
    wh_keyring_entries_put(entries, key, bytes, length);
    g_hash_table_replace(dates, g_strdup(key), g_memdup2(date, sizeof *date));
}

/* Takes the table from path to value over; NULL: there is nothing. */
static void finish(Look *look, GHashTable *values)
{
    WhKeyring *keyring = look->keyring;
    GHashTable *entries = wh_keyring_entries_new();
    g_autoptr(GHashTable) dates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer path, value;
    gboolean open;

    if (values != NULL) {
        g_hash_table_iter_init(&iter, values);
        while (g_hash_table_iter_next(&iter, &path, &value))
            take_secret(look, entries, dates, path, value);
        g_hash_table_unref(values);
    }
    /* One without a default collection is opened by making one, for which the person is asked. */
    open = look->collection != NULL && !look->collection_locked && look->locked[0] == NULL;
    g_free(keyring->collection);
    keyring->collection = g_steal_pointer(&look->collection);
    g_strfreev(keyring->locked);
    keyring->locked = g_steal_pointer(&look->locked);
    end(look, open ? WH_KEYRING_OPEN : WH_KEYRING_LOCKED, entries);
}

static void on_secrets(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    Look *look = data;
    GHashTable *values = look->keyring->library.service_get_secrets_for_dbus_paths_finish(
        (SecretService *)source, result, &error);

    if (values == NULL || look->keyring->freed || look->keyring->service == NULL) {
        g_clear_pointer(&values, g_hash_table_unref);
        fail(look, error);
        return;
    }
    finish(look, values);
}

static void get_secrets(Look *look)
{
    g_autofree gpointer *paths = g_hash_table_get_keys_as_array(look->keys, NULL);

    if (look->keyring->freed || look->keyring->service == NULL)
        fail(look, NULL);
    else if (paths[0] == NULL)
        finish(look, NULL);
    else
        look->keyring->library.service_get_secrets_for_dbus_paths(
            look->keyring->service, (const char **)paths, NULL, on_secrets, look);
}

typedef struct {
    Look *look;
    char *path;
} Item;

static void take_properties(const Item *item, GVariant *answer)
{
    g_autoptr(GVariant) properties = g_variant_get_child_value(answer, 0);
    g_autoptr(GVariant) attributes =
        g_variant_lookup_value(properties, "Attributes", G_VARIANT_TYPE("a{ss}"));
    const char *key = NULL;
    guint64 date = 0;

    if (attributes == NULL || !g_variant_lookup(attributes, "key", "&s", &key))
        return;
    g_variant_lookup(properties, "Modified", "t", &date);
    g_hash_table_replace(item->look->keys, g_strdup(item->path), g_strdup(key));
    g_hash_table_replace(item->look->dates, g_strdup(item->path), g_memdup2(&date, sizeof date));
}

/* One that was removed meanwhile fails, and is no reason to give up. */
static void on_properties(GObject *source, GAsyncResult *result, gpointer data)
{
    Item *item = data;
    Look *look = item->look;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);

    if (answer != NULL)
        take_properties(item, answer);
    g_free(item->path);
    g_free(item);
    if (--look->pending == 0)
        get_secrets(look);
}

static void on_found(GObject *source, GAsyncResult *result, gpointer data)
{
    Look *look = data;
    g_autoptr(GVariant) answer = answer_of(look, source, result);

    if (answer == NULL)
        return;
    g_variant_get(answer, "(^ao^ao)", &look->items, &look->locked);
    for (guint i = 0; look->items[i] != NULL && i < MAX_ITEMS; i++) {
        Item *item = g_new0(Item, 1);

        *item = (Item){look, g_strdup(look->items[i])};
        look->pending++;
        call(look, item->path, "org.freedesktop.DBus.Properties", "GetAll",
             g_variant_new("(s)", "org.freedesktop.Secret.Item"), "(a{sv})", on_properties, item);
    }
    if (look->pending == 0)
        get_secrets(look);
}

static void search(Look *look)
{
    call(look, WH_KEYRING_ROOT, WH_KEYRING_SERVICE, "SearchItems",
         g_variant_new("(@a{ss})", wh_keyring_attributes_variant(look->keyring, NULL)), "(aoao)",
         on_found, look);
}

static void on_collection(GObject *source, GAsyncResult *result, gpointer data)
{
    Look *look = data;
    g_autoptr(GVariant) answer = answer_of(look, source, result);
    g_autoptr(GVariant) locked = NULL;

    if (answer == NULL)
        return;
    g_variant_get(answer, "(v)", &locked);
    look->collection_locked =
        !g_variant_is_of_type(locked, G_VARIANT_TYPE_BOOLEAN) || g_variant_get_boolean(locked);
    search(look);
}

static void on_alias(GObject *source, GAsyncResult *result, gpointer data)
{
    Look *look = data;
    g_autoptr(GVariant) answer = answer_of(look, source, result);
    const char *path;

    if (answer == NULL)
        return;
    g_variant_get(answer, "(&o)", &path);
    if (g_str_equal(path, "/")) {
        search(look);
        return;
    }
    look->collection = g_strdup(path);
    call(look, path, "org.freedesktop.DBus.Properties", "Get",
         g_variant_new("(ss)", WH_KEYRING_COLLECTION, "Locked"), "(v)", on_collection, look);
}

static void read_alias(Look *look)
{
    call(look, WH_KEYRING_ROOT, WH_KEYRING_SERVICE, "ReadAlias", g_variant_new("(s)", "default"),
         "(o)", on_alias, look);
}

static void on_service(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    Look *look = data;
    SecretService *service = look->keyring->library.service_open_finish(result, &error);

    if (service == NULL || look->keyring->freed) {
        g_clear_object(&service);
        fail(look, error);
        return;
    }
    g_clear_object(&look->keyring->service);
    look->keyring->service = service;
    read_alias(look);
}

void wh_keyring_look(WhKeyring *keyring)
{
    const WhLibsecret *library = &keyring->library;

    if (keyring->looking || keyring->job != NULL) {
        keyring->again = TRUE;
        return;
    }
    if (g_dbus_connection_is_closed(keyring->bus)) {
        wh_keyring_settle(keyring, WH_KEYRING_ABSENT, NULL);
        return;
    }
    keyring->looking = TRUE;
    keyring->again = FALSE;
    if (keyring->service != NULL)
        read_alias(look_new(keyring));
    else
        library->service_open(library->service_get_type(), NULL, SECRET_SERVICE_OPEN_SESSION, NULL,
                              on_service, look_new(keyring));
}
