#include "platform/linux/peer.h"
#include "platform/linux/permission_private.h"

/* org.freedesktop.login1(5). */
#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define MAX_SESSIONS 64

static void look_at_next(WhQuestion *question);

/* Of this user, made for a person (no login screen, service manager, cron job), and not on its way
 * out. */
static gboolean counts(GVariant *properties, guint32 uid)
{
    const char *class = "";
    const char *state = "";
    guint32 owner = G_MAXUINT32;

    g_variant_lookup(properties, "Class", "&s", &class);
    g_variant_lookup(properties, "State", "&s", &state);
    g_variant_lookup(properties, "User", "(uo)", &owner, NULL);
    return owner == uid && g_str_equal(class, "user") &&
           (g_str_equal(state, "online") || g_str_equal(state, "active"));
}

/* A session that is gone meanwhile does not count; the others still may. */
static void session_seen(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhQuestion) question = data;
    g_autoptr(GVariant) reply =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
    g_autoptr(GVariant) properties = NULL;

    if (question->ended)
        return;
    if (reply != NULL)
        properties = g_variant_get_child_value(reply, 0);
    if (properties != NULL && counts(properties, (guint32)wh_peer_uid(&question->peer)))
        wh_question_answer(question, WH_PERMISSION_YES);
    else
        look_at_next(question);
}

static void look_at_next(WhQuestion *question)
{
    g_autofree char *path = g_queue_pop_head(&question->sessions);

    if (path == NULL || question->permission->bus == NULL) {
        wh_question_answer(question, WH_PERMISSION_NO);
        return;
    }
    wh_question_call(question, NAME, path, PROPERTIES, "GetAll",
                     g_variant_new("(s)", "org.freedesktop.login1.Session"), "(a{sv})",
                     session_seen);
}

static void sessions_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhQuestion) question = data;
    g_autoptr(GVariant) reply = wh_question_take(question, source, result);
    g_autoptr(GVariantIter) sessions = NULL;
    guint32 uid;
    char *path;

    if (reply == NULL)
        return;
    g_variant_get(reply, "(a(susso))", &sessions);
    while (g_variant_iter_next(sessions, "(susso)", NULL, &uid, NULL, NULL, &path)) {
        if (uid == (guint32)wh_peer_uid(&question->peer) &&
            question->sessions.length < MAX_SESSIONS)
            g_queue_push_tail(&question->sessions, path);
        else
            g_free(path);
    }
    look_at_next(question);
}

void wh_question_send_to_logind(WhQuestion *question)
{
    wh_question_call(question, NAME, PATH, "org.freedesktop.login1.Manager", "ListSessions", NULL,
                     "(a(susso))", sessions_listed);
}
