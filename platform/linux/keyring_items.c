#include "platform/linux/keyring_private.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"

/* Far more than the accounts have; a part of them would look as if the rest was removed. */
#define MAX_ITEMS 1000

/* failure: the first that was met. */
typedef struct {
    GHashTable *items;
    GError *failure;
    guint pending;
    WhKeyringItemsRead done;
    gpointer data;
} Reading;

typedef struct {
    Reading *reading;
    char *path;
    gboolean locked;
} Question;

static void item_free(gpointer data)
{
    WhKeyringItem *item = data;

    g_free(item->key);
    g_free(item);
}

static void finish(Reading *reading)
{
    if (reading->failure != NULL)
        g_clear_pointer(&reading->items, g_hash_table_unref);
    reading->done(reading->items, reading->failure, reading->data);
    g_free(reading);
}

static void take_properties(const Question *question, GVariant *answer)
{
    g_autoptr(GVariant) properties = g_variant_get_child_value(answer, 0);
    g_autoptr(GVariant) attributes =
        g_variant_lookup_value(properties, "Attributes", G_VARIANT_TYPE("a{ss}"));
    WhKeyringItem *item;
    const char *key = NULL;

    if (attributes == NULL || !g_variant_lookup(attributes, "key", "&s", &key) ||
        !wh_keyring_is_key(key))
        return;
    item = g_new0(WhKeyringItem, 1);
    item->key = g_strdup(key);
    item->locked = question->locked;
    g_variant_lookup(properties, "Modified", "t", &item->date);
    g_hash_table_replace(question->reading->items, g_strdup(question->path), item);
}

/* One that was removed meanwhile is no reason to give up; any other failure is, because what is not
 * seen would count as removed. */
static void on_properties(GObject *bus, GAsyncResult *result, gpointer data)
{
    Question *question = data;
    Reading *reading = question->reading;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);

    if (answer != NULL)
        take_properties(question, answer);
    else if (!wh_keyring_means_gone(error) && reading->failure == NULL)
        reading->failure = g_steal_pointer(&error);
    g_free(question->path);
    g_free(question);
    if (--reading->pending == 0)
        finish(reading);
}

static void ask(Reading *reading, GDBusConnection *bus, char **paths, gboolean locked)
{
    for (guint i = 0; paths[i] != NULL; i++) {
        Question *question = g_new0(Question, 1);

        *question = (Question){reading, g_strdup(paths[i]), locked};
        g_dbus_connection_call(bus, WH_KEYRING_NAME, paths[i], PROPERTIES, "GetAll",
                               g_variant_new("(s)", WH_KEYRING_ITEM), G_VARIANT_TYPE("(a{sv})"),
                               G_DBUS_CALL_FLAGS_NONE, WH_KEYRING_NO_LIMIT, NULL, on_properties,
                               question);
    }
}

void wh_keyring_items_read(GDBusConnection *bus, char **open, char **locked,
                           WhKeyringItemsRead done, gpointer data)
{
    Reading *reading = g_new0(Reading, 1);

    *reading = (Reading){.done = done, .data = data};
    reading->items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, item_free);
    reading->pending = g_strv_length(open) + g_strv_length(locked);
    if (reading->pending > MAX_ITEMS)
        reading->failure =
            g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "There are too many items");
    if (reading->pending == 0 || reading->failure != NULL) {
        finish(reading);
        return;
    }
    ask(reading, bus, locked, TRUE);
    ask(reading, bus, open, FALSE);
}
