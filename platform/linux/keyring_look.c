#include "platform/linux/keyring_private.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"

/* One reading of everything. epoch: of the Secret Service that it began with. collection: of the
 * default alias, NULL: there is none. items: path to WhKeyringItem. failure: why it came to
 * nothing.
 */
typedef struct {
    WhKeyring *keyring;
    guint epoch;
    char *collection;
    gboolean collection_locked;
    GHashTable *items;
    GHashTable *locked_keys;
    GError *failure;
} Look;

static Look *look_new(WhKeyring *keyring)
{
    Look *look = g_new0(Look, 1);

    look->keyring = wh_keyring_ref(keyring);
    look->epoch = keyring->epoch;
    look->locked_keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return look;
}

static void look_free(Look *look)
{
    g_free(look->collection);
    g_clear_pointer(&look->items, g_hash_table_unref);
    g_hash_table_unref(look->locked_keys);
    g_clear_error(&look->failure);
    wh_keyring_unref(look->keyring);
    g_free(look);
}

void wh_keyring_look_forget(WhKeyring *keyring)
{
    keyring->epoch++;
    g_clear_object(&keyring->service);
    g_clear_pointer(&keyring->collection, g_free);
    g_clear_pointer(&keyring->locked, g_strfreev);
    g_hash_table_remove_all(keyring->locked_keys);
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

/* The Secret Service is gone, or the owner is: what was read is of the past. */
static gboolean is_over(const Look *look)
{
    return look->keyring->freed || look->epoch != look->keyring->epoch;
}

/* A Secret Service that is there and cannot say how things are is asked once more before it counts
 * as none. */
static void fail(Look *look, const GError *error)
{
    WhKeyring *keyring = look->keyring;

    if (is_over(look) || !keyring->has_owner || keyring->failed) {
        keyring->failed = FALSE;
        if (!is_over(look))
            wh_keyring_look_forget(keyring);
        end(look, WH_KEYRING_ABSENT, NULL);
        return;
    }
    g_info("The keyring cannot be read: %s", error->message);
    keyring->looking = FALSE;
    keyring->failed = TRUE;
    wh_keyring_look_after_failure(keyring);
    wh_keyring_jobs_pump(keyring);
    look_free(look);
}

/* The answer to a call, or NULL after the end. */
static GVariant *answer_of(Look *look, GObject *bus, GAsyncResult *result)
{
    g_autoptr(GError) error = NULL;
    GVariant *answer = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);

    if (answer != NULL && !is_over(look))
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
                           G_VARIANT_TYPE(type), G_DBUS_CALL_FLAGS_NONE, WH_KEYRING_NO_LIMIT, NULL,
                           callback, data);
}

/* Two of one key are in two keyrings of the person: the later one counts. One whose secret is not
 * told is as good as locked. */
static void take_secret(Look *look, GHashTable *entries, GHashTable *dates,
                        const WhKeyringItem *item, SecretValue *value)
{
    const guint64 *other = g_hash_table_lookup(dates, item->key);
    gsize length = 0;
    const char *bytes = value != NULL ? look->keyring->library.value_get(value, &length) : NULL;

    if (bytes == NULL)
        g_hash_table_add(look->locked_keys, g_strdup(item->key));
    if (bytes == NULL || length > WH_KEYRING_MAX_SECRET || (other != NULL && *other >= item->date))
        return;
    wh_keyring_entries_put(entries, item->key, bytes, length);
    g_hash_table_replace(dates, g_strdup(item->key), g_memdup2(&item->date, sizeof item->date));
}

/* What unlocking asks for: everything that is not in the default collection, which stands for what
 * is in it. */
static void take_locked(Look *look, GStrvBuilder *locked, const char *path,
                        const WhKeyringItem *item)
{
    g_autofree char *inside =
        g_strconcat(look->collection != NULL ? look->collection : "/", "/", NULL);

    g_hash_table_add(look->locked_keys, g_strdup(item->key));
    if (!g_str_has_prefix(path, inside))
        g_strv_builder_add(locked, path);
}

/* Fills the table of entries from path to value; NULL: there is none. */
static void take_items(Look *look, GHashTable *entries, GHashTable *values)
{
    WhKeyring *keyring = look->keyring;
    g_autoptr(GHashTable) dates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GStrvBuilder) locked = g_strv_builder_new();
    GHashTableIter iter;
    gpointer path, item;

    g_hash_table_iter_init(&iter, look->items);
    while (g_hash_table_iter_next(&iter, &path, &item)) {
        if (((WhKeyringItem *)item)->locked)
            take_locked(look, locked, path, item);
        else
            take_secret(look, entries, dates, item,
                        values != NULL ? g_hash_table_lookup(values, path) : NULL);
    }
    g_strfreev(keyring->locked);
    keyring->locked = g_strv_builder_end(locked);
}

static gboolean is_same_set(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!g_hash_table_contains(b, key))
            return FALSE;
    return g_hash_table_size(a) == g_hash_table_size(b);
}

/* Takes the table from path to value over. */
static void finish(Look *look, GHashTable *values)
{
    WhKeyring *keyring = look->keyring;
    GHashTable *entries = wh_keyring_entries_new();
    /* One without a default collection is opened by making one, for which the person is asked. */
    gboolean open = look->collection != NULL && !look->collection_locked;

    take_items(look, entries, values);
    g_clear_pointer(&values, g_hash_table_unref);
    keyring->failed = FALSE;
    if (!is_same_set(keyring->locked_keys, look->locked_keys)) {
        g_hash_table_unref(keyring->locked_keys);
        keyring->locked_keys = g_hash_table_ref(look->locked_keys);
        keyring->news = TRUE;
    }
    g_free(keyring->collection);
    keyring->collection = g_steal_pointer(&look->collection);
    end(look, open ? WH_KEYRING_OPEN : WH_KEYRING_LOCKED, entries);
}

static void on_secrets(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    Look *look = data;
    GHashTable *values = look->keyring->library.service_get_secrets_for_dbus_paths_finish(
        (SecretService *)source, result, &error);

    if (values == NULL || is_over(look)) {
        g_clear_pointer(&values, g_hash_table_unref);
        fail(look, error);
        return;
    }
    finish(look, values);
}

static void get_secrets(Look *look)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    GHashTableIter iter;
    gpointer path, item;

    g_hash_table_iter_init(&iter, look->items);
    while (g_hash_table_iter_next(&iter, &path, &item))
        if (!((WhKeyringItem *)item)->locked)
            g_ptr_array_add(paths, path);
    g_ptr_array_add(paths, NULL);
    if (paths->len == 1)
        finish(look, NULL);
    else
        look->keyring->library.service_get_secrets_for_dbus_paths(
            look->keyring->service, (const char **)paths->pdata, NULL, on_secrets, look);
}

static void on_service(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    Look *look = data;
    WhKeyring *keyring = look->keyring;
    SecretService *service = keyring->library.service_open_finish(result, &error);

    if (service == NULL || is_over(look)) {
        g_clear_object(&service);
        fail(look, error);
        return;
    }
    if (g_strcmp0(keyring->library.service_get_session_algorithms(service), "plain") == 0)
        g_message("The keyring of this session does not encrypt what goes over the session bus");
    keyring->service = service;
    get_secrets(look);
}

static void open_session(Look *look)
{
    const WhLibsecret *library = &look->keyring->library;

    if (look->failure != NULL || is_over(look))
        fail(look, look->failure);
    else if (look->keyring->service != NULL)
        get_secrets(look);
    else
        library->service_open(library->service_get_type(), NULL, SECRET_SERVICE_OPEN_SESSION, NULL,
                              on_service, look);
}

/* Takes both over. */
static void on_items(GHashTable *items, GError *error, gpointer data)
{
    Look *look = data;

    look->items = items;
    look->failure = error;
    open_session(look);
}

static void on_found(GObject *source, GAsyncResult *result, gpointer data)
{
    Look *look = data;
    g_autoptr(GVariant) answer = answer_of(look, source, result);
    g_auto(GStrv) items = NULL;
    g_auto(GStrv) locked = NULL;

    if (answer == NULL)
        return;
    g_variant_get(answer, "(^ao^ao)", &items, &locked);
    wh_keyring_items_read(look->keyring->bus, items, locked, on_items, look);
}

static void search(Look *look)
{
    call(look, WH_KEYRING_ROOT, WH_KEYRING_SERVICE, "SearchItems",
         g_variant_new("(@a{ss})", wh_keyring_attributes(look->keyring, NULL)), "(aoao)", on_found,
         look);
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
    call(look, path, PROPERTIES, "Get", g_variant_new("(ss)", WH_KEYRING_COLLECTION, "Locked"),
         "(v)", on_collection, look);
}

/* Begins with a call that may wait for ever: libsecret, which comes last, gives up after 25 s. */
void wh_keyring_look(WhKeyring *keyring)
{
    Look *look;

    if (keyring->looking || keyring->job != NULL) {
        keyring->again = TRUE;
        return;
    }
    if (g_dbus_connection_is_closed(keyring->bus)) {
        wh_keyring_settle(keyring, WH_KEYRING_ABSENT, NULL);
        return;
    }
    if (wh_keyring_look_is_too_soon(keyring))
        return;
    keyring->looking = TRUE;
    keyring->again = FALSE;
    look = look_new(keyring);
    call(look, WH_KEYRING_ROOT, WH_KEYRING_SERVICE, "ReadAlias", g_variant_new("(s)", "default"),
         "(o)", on_alias, look);
}
