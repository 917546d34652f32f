/* What the files of the permission share, and what its tests need beside its public face. */
#pragma once

#include "platform/permission.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* bus: NULL while not connected. connecting: NULL unless that is under way. questions: number ->
 * WhQuestion, not answered yet. patience: milliseconds that a machine has for its answer. */
struct WhPermission {
    GCancellable *connecting;
    GDBusConnection *bus;
    GHashTable *questions;
    guint last_number;
    guint patience;
};

typedef struct WhQuestion WhQuestion;

/* Counted: each call on the bus holds one reference, and looks at `ended` before anything else.
 * send: asks on the bus. abandon: tells who was asked that the answer is not wanted; NULL: nobody
 * needs to know. sent: it was asked. sessions: paths that are still to be looked at. */
struct WhQuestion {
    WhPermission *permission;
    guint number;
    WhPeer peer;
    WhPermissionAction action;
    gboolean interactive;
    WhPermissionDone done;
    gpointer data;
    void (*send)(WhQuestion *question);
    void (*abandon)(WhQuestion *question);
    GSource *timer;
    gboolean sent;
    gboolean ended;
    GQueue sessions;
};

WhQuestion *wh_question_ref(WhQuestion *question);
void wh_question_unref(WhQuestion *question);

/* Calls back with the answer; it is over. The permission may be gone afterwards. */
void wh_question_answer(WhQuestion *question, WhPermissionAnswer answer);

/* Calls a method for the question. The callback's data is a reference to it; the answer comes from
 * wh_question_take(). */
void wh_question_call(WhQuestion *question, const char *name, const char *path,
                      const char *interface, const char *method, GVariant *parameters,
                      const char *reply_type, GAsyncReadyCallback done);

/* The reply, or NULL when there is nothing more to do: the question is over, or it could not be
 * asked and was answered with no. */
GVariant *wh_question_take(WhQuestion *question, GObject *source, GAsyncResult *result);

/* permission_polkit.c, permission_session.c: the two kinds of questions. */
void wh_question_send_to_polkit(WhQuestion *question);
void wh_question_abandon_at_polkit(WhQuestion *question);
void wh_question_send_to_logind(WhQuestion *question);

/* How long others than people have for an answer. */
void wh_permission_set_patience(WhPermission *permission, guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhQuestion, wh_question_unref)

G_END_DECLS
