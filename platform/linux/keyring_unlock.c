#include "platform/linux/keyring_private.h"

/* What the person reads when they are asked to make a first keyring. */
#define LABEL "Default keyring"

typedef struct {
    WhKeyringDone done;
    gpointer data;
} Waiting;

GArray *wh_keyring_unlock_list(void)
{
    return g_array_new(FALSE, FALSE, sizeof(Waiting));
}

/* A callback may free the keyring. */
static void answer_all(WhKeyring *keyring, const GError *error)
{
    g_autoptr(GArray) waiting = keyring->unlocks;

    keyring->unlocks = wh_keyring_unlock_list();
    for (guint i = 0; i < waiting->len && !keyring->freed; i++) {
        const Waiting *each = &g_array_index(waiting, Waiting, i);

        if (each->done != NULL)
            each->done(error, each->data);
    }
}

/* A question that was put away is told by libsecret as "nothing was unlocked". */
static void end(WhKeyring *keyring, gboolean unlocked, const GError *error)
{
    g_autoptr(GError) told = NULL;

    keyring->asking = FALSE;
    if (!keyring->freed && unlocked) {
        keyring->asked = TRUE;
        wh_keyring_look(keyring);
    } else if (!keyring->freed) {
        told = error != NULL ? wh_keyring_error(error)
                             : g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                   "The question for the password was put away, or "
                                                   "nothing here can ask it");
        answer_all(keyring, told);
    }
    wh_keyring_unref(keyring);
}

static void on_unlocked(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhKeyring *keyring = data;
    gint count = keyring->library.service_unlock_dbus_paths_finish((SecretService *)source, result,
                                                                   NULL, &error);

    end(keyring, count > 0, error);
}

static void on_made(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    WhKeyring *keyring = data;
    g_autofree char *path = keyring->library.service_create_collection_dbus_path_finish(
        (SecretService *)source, result, &error);

    end(keyring, path != NULL, error);
}

static void make_collection(WhKeyring *keyring)
{
    g_autoptr(GHashTable) properties =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_variant_unref);

    g_hash_table_insert(properties, (gpointer)(WH_KEYRING_COLLECTION ".Label"),
                        g_variant_ref_sink(g_variant_new_string(LABEL)));
    keyring->library.service_create_collection_dbus_path(keyring->service, properties, "default",
                                                         SECRET_COLLECTION_CREATE_NONE, NULL,
                                                         on_made, wh_keyring_ref(keyring));
}

static void ask(WhKeyring *keyring)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();

    keyring->asking = TRUE;
    if (keyring->collection == NULL) {
        make_collection(keyring);
        return;
    }
    if (keyring->state == WH_KEYRING_LOCKED)
        g_ptr_array_add(paths, keyring->collection);
    for (guint i = 0; keyring->locked[i] != NULL; i++)
        g_ptr_array_add(paths, keyring->locked[i]);
    g_ptr_array_add(paths, NULL);
    keyring->library.service_unlock_dbus_paths(keyring->service, (const char **)paths->pdata, NULL,
                                               on_unlocked, wh_keyring_ref(keyring));
}

/* Whether there is a question to ask; once: a look that finds something locked behind the answer
 * ends the wait. */
static gboolean is_question(WhKeyring *keyring)
{
    if (keyring->service == NULL || keyring->asked)
        return FALSE;
    return keyring->state == WH_KEYRING_LOCKED ||
           (keyring->state == WH_KEYRING_OPEN && keyring->locked[0] != NULL);
}

void wh_keyring_unlock_settle(WhKeyring *keyring)
{
    g_autoptr(GError) error = NULL;

    if (keyring->freed || keyring->asking || keyring->unlocks->len == 0 ||
        keyring->state == WH_KEYRING_LOOKING)
        return;
    if (is_question(keyring)) {
        ask(keyring);
        return;
    }
    keyring->asked = FALSE;
    error = wh_keyring_state_error(keyring);
    answer_all(keyring, error);
}

static gboolean on_turn(gpointer data)
{
    WhKeyring *keyring = data;

    /* It may have come without a word, or hung when it was looked for. */
    if (!keyring->freed && keyring->state == WH_KEYRING_ABSENT && keyring->bus != NULL)
        wh_keyring_look(keyring);
    else
        wh_keyring_unlock_settle(keyring);
    wh_keyring_unref(keyring);
    return G_SOURCE_REMOVE;
}

void wh_keyring_unlock(WhKeyring *keyring, WhKeyringDone done, gpointer data)
{
    const Waiting waiting = {done, data};
    g_autoptr(GSource) turn = g_idle_source_new();

    g_array_append_val(keyring->unlocks, waiting);
    g_source_set_callback(turn, on_turn, wh_keyring_ref(keyring), NULL);
    g_source_attach(turn, g_main_context_get_thread_default());
}
