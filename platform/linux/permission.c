#include "platform/permission.h"

#include "platform/linux/permission_private.h"
#include "platform/linux/system_bus.h"

#define PATIENCE_MILLISECONDS (5 * 1000)

WhPermission *wh_permission_new(void)
{
    WhPermission *permission = g_new0(WhPermission, 1);

    permission->questions = g_hash_table_new_full(NULL, NULL, NULL, NULL);
    permission->patience = PATIENCE_MILLISECONDS;
    return permission;
}

void wh_permission_set_patience(WhPermission *permission, guint milliseconds)
{
    permission->patience = milliseconds;
}

WhQuestion *wh_question_ref(WhQuestion *question)
{
    return g_rc_box_acquire(question);
}

static void question_clear(gpointer data)
{
    WhQuestion *question = data;

    g_queue_clear_full(&question->sessions, g_free);
}

void wh_question_unref(WhQuestion *question)
{
    g_rc_box_release_full(question, question_clear);
}

static void question_stop_timer(WhQuestion *question)
{
    if (question->timer == NULL)
        return;
    g_source_destroy(question->timer);
    g_clear_pointer(&question->timer, g_source_unref);
}

/* Gives up the reference of the table. */
static void question_end(WhQuestion *question)
{
    question->ended = TRUE;
    question_stop_timer(question);
    g_hash_table_remove(question->permission->questions, GUINT_TO_POINTER(question->number));
    wh_question_unref(question);
}

void wh_question_answer(WhQuestion *question, WhPermissionAnswer answer)
{
    WhPermissionDone done = question->done;
    gpointer data = question->data;

    question_end(question);
    done(answer, data);
}

static void question_abandon(WhQuestion *question)
{
    if (question->sent && question->abandon != NULL)
        question->abandon(question);
}

static gboolean out_of_time(gpointer data)
{
    WhQuestion *question = data;

    question_abandon(question);
    wh_question_answer(question, WH_PERMISSION_NO);
    return G_SOURCE_REMOVE;
}

static void question_set_timer(WhQuestion *question, guint milliseconds)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();

    question_stop_timer(question);
    question->timer = g_timeout_source_new(milliseconds);
    g_source_set_callback(question->timer, out_of_time, question, NULL);
    g_source_attach(question->timer, context);
}

void wh_question_call(WhQuestion *question, const char *name, const char *path,
                      const char *interface, const char *method, GVariant *parameters,
                      const char *reply_type, GAsyncReadyCallback done)
{
    /* How long to wait is the question's own matter. */
    g_dbus_connection_call(question->permission->bus, name, path, interface, method, parameters,
                           G_VARIANT_TYPE(reply_type), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, done,
                           wh_question_ref(question));
}

/* What goes wrong is told at the level of debugging only: whoever knocks can bring it about as
 * often as they like. */
GVariant *wh_question_take(WhQuestion *question, GObject *source, GAsyncResult *result)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) reply =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

    if (question->ended)
        return NULL;
    if (reply == NULL) {
        g_debug("Whether %s may is not answered, and counts as no: %s", question->peer.principal,
                error->message);
        wh_question_answer(question, WH_PERMISSION_NO);
    }
    return g_steal_pointer(&reply);
}

static GPtrArray *questions_to_send(WhPermission *permission)
{
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)wh_question_unref);
    GHashTableIter iter;
    gpointer question;

    g_hash_table_iter_init(&iter, permission->questions);
    while (g_hash_table_iter_next(&iter, NULL, &question))
        if (!((WhQuestion *)question)->sent)
            g_ptr_array_add(list, wh_question_ref(question));
    return list;
}

static void question_send(WhQuestion *question)
{
    question->sent = TRUE;
    question->send(question);
}

static void forget_bus(WhPermission *permission)
{
    if (permission->bus == NULL)
        return;
    g_signal_handlers_disconnect_by_data(permission->bus, permission);
    g_dbus_connection_close(permission->bus, NULL, NULL, NULL);
    g_clear_object(&permission->bus);
}

/* What is under way is answered by its calls, which fail now; the next question connects anew. */
static void bus_closed(GDBusConnection *bus, gboolean vanished, GError *error, gpointer data)
{
    forget_bus(data);
}

/* A callback may end other questions, and the permission itself. */
static void deny_all(GPtrArray *questions)
{
    for (guint i = 0; i < questions->len; i++) {
        WhQuestion *question = g_ptr_array_index(questions, i);

        if (!question->ended)
            wh_question_answer(question, WH_PERMISSION_NO);
    }
}

static void connected(GObject *source, GAsyncResult *result, gpointer data)
{
    WhPermission *permission = data;
    g_autoptr(GPtrArray) questions = NULL;
    g_autoptr(GError) error = NULL;
    GDBusConnection *bus = wh_system_bus_connect_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object(&permission->connecting);
    questions = questions_to_send(permission);
    if (bus == NULL) {
        g_debug("The system bus cannot be asked: %s", error->message);
        deny_all(questions);
        return;
    }
    permission->bus = bus;
    g_signal_connect(bus, "closed", G_CALLBACK(bus_closed), permission);
    for (guint i = 0; i < questions->len; i++)
        question_send(g_ptr_array_index(questions, i));
    /* The signal may have gone out before anybody could listen to it. */
    if (g_dbus_connection_is_closed(bus))
        forget_bus(permission);
}

/* The bus is connected to when somebody has to be asked for the first time: most services never
 * need to. */
static void question_begin(WhQuestion *question)
{
    WhPermission *permission = question->permission;
    g_autoptr(GError) error = NULL;

    /* Its signal waits for its turn while this one goes on. */
    if (permission->bus != NULL && g_dbus_connection_is_closed(permission->bus))
        forget_bus(permission);
    if (permission->bus != NULL) {
        question_send(question);
        return;
    }
    if (permission->connecting != NULL)
        return;
    permission->connecting = g_cancellable_new();
    if (wh_system_bus_connect(permission->connecting, connected, permission, &error))
        return;
    g_debug("There is no system bus to ask: %s", error->message);
    g_clear_object(&permission->connecting);
    question_set_timer(question, 0);
}

static WhQuestion *question_new(WhPermission *permission, const WhPeer *peer, WhPermissionDone done,
                                gpointer data)
{
    WhQuestion *question = g_rc_box_new0(WhQuestion);

    do
        permission->last_number++;
    while (permission->last_number == 0 ||
           g_hash_table_contains(permission->questions, GUINT_TO_POINTER(permission->last_number)));
    question->permission = permission;
    question->number = permission->last_number;
    question->peer = *peer;
    question->done = done;
    question->data = data;
    g_queue_init(&question->sessions);
    g_hash_table_insert(permission->questions, GUINT_TO_POINTER(question->number), question);
    return question;
}

guint wh_permission_ask(WhPermission *permission, const WhPeer *peer, WhPermissionAction action,
                        gboolean interactive, WhPermissionDone done, gpointer data)
{
    WhQuestion *question = question_new(permission, peer, done, data);

    question->action = action;
    question->interactive = interactive;
    question->send = wh_question_send_to_polkit;
    question->abandon = wh_question_abandon_at_polkit;
    if (!peer->known || peer->started == 0) {
        question_set_timer(question, 0);
        return question->number;
    }
    if (!interactive)
        question_set_timer(question, permission->patience);
    question_begin(question);
    return question->number;
}

guint wh_permission_ask_session(WhPermission *permission, const WhPeer *peer, WhPermissionDone done,
                                gpointer data)
{
    WhQuestion *question = question_new(permission, peer, done, data);

    question->send = wh_question_send_to_logind;
    if (!peer->known) {
        question_set_timer(question, 0);
        return question->number;
    }
    question_set_timer(question, permission->patience);
    question_begin(question);
    return question->number;
}

void wh_permission_cancel(WhPermission *permission, guint number)
{
    WhQuestion *question = g_hash_table_lookup(permission->questions, GUINT_TO_POINTER(number));

    if (question == NULL)
        return;
    question_abandon(question);
    question_end(question);
}

void wh_permission_free(WhPermission *permission)
{
    if (permission == NULL)
        return;
    g_autofree gpointer *numbers = g_hash_table_get_keys_as_array(permission->questions, NULL);

    for (guint i = 0; numbers[i] != NULL; i++)
        wh_permission_cancel(permission, GPOINTER_TO_UINT(numbers[i]));
    g_cancellable_cancel(permission->connecting);
    g_clear_object(&permission->connecting);
    forget_bus(permission);
    g_hash_table_unref(permission->questions);
    g_free(permission);
}
