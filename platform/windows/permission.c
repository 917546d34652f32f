#include "platform/permission.h"

/* questions: number -> Question, not answered yet. */
struct WhPermission {
    GHashTable *questions;
    guint last_number;
};

typedef struct {
    WhPermission *permission;
    guint number;
    WhPermissionAnswer answer;
    WhPermissionDone done;
    gpointer data;
    GSource *source;
} Question;

static void question_free(gpointer data)
{
    Question *question = data;
    g_source_destroy(question->source);
    g_source_unref(question->source);
    g_free(question);
}

WhPermission *wh_permission_new(void)
{
    WhPermission *permission = g_new0(WhPermission, 1);
    permission->questions =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, question_free);
    return permission;
}

void wh_permission_free(WhPermission *permission)
{
    if (permission == NULL)
        return;
    g_hash_table_unref(permission->questions);
    g_free(permission);
}

/* The permission may be gone afterwards. */
static gboolean answer(gpointer data)
{
    Question question = *(Question *)data;
    g_hash_table_remove(question.permission->questions, GUINT_TO_POINTER(question.number));
    question.done(question.answer, question.data);
    return G_SOURCE_REMOVE;
}

static guint question_add(WhPermission *permission, gboolean yes, WhPermissionDone done,
                          gpointer data)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    Question *question = g_new0(Question, 1);

    do
        permission->last_number++;
    while (permission->last_number == 0 ||
           g_hash_table_contains(permission->questions, GUINT_TO_POINTER(permission->last_number)));
    question->permission = permission;
    question->number = permission->last_number;
    question->answer = yes ? WH_PERMISSION_YES : WH_PERMISSION_NO;
    question->done = done;
    question->data = data;
    question->source = g_idle_source_new();
    g_source_set_priority(question->source, G_PRIORITY_DEFAULT);
    g_source_set_callback(question->source, answer, question, NULL);
    g_source_attach(question->source, context);
    g_hash_table_insert(permission->questions, GUINT_TO_POINTER(question->number), question);
    return question->number;
}

/* Everything was known when the peer knocked: the system tells who somebody is by what they carry,
 * and asks for a password before it hands out more. Who owns nothing here may become the owner at
 * the computer's own screen. */
guint wh_permission_ask(WhPermission *permission, const WhPeer *peer, WhPermissionAction action,
                        gboolean interactive, WhPermissionDone done, gpointer data)
{
    gboolean may = peer->known && action == WH_PERMISSION_CLAIM && peer->is_at_console;
    return question_add(permission, may, done, data);
}

guint wh_permission_ask_session(WhPermission *permission, const WhPeer *peer, WhPermissionDone done,
                                gpointer data)
{
    return question_add(permission, peer->known && peer->is_signed_in, done, data);
}

void wh_permission_cancel(WhPermission *permission, guint number)
{
    g_hash_table_remove(permission->questions, GUINT_TO_POINTER(number));
}
