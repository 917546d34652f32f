#include "platform/linux/peer.h"
#include "platform/linux/permission_private.h"
#include "platform/linux/process.h"

#define NAME "org.freedesktop.PolicyKit1"
#define PATH "/org/freedesktop/PolicyKit1/Authority"
#define INTERFACE "org.freedesktop.PolicyKit1.Authority"
#define ALLOW_USER_INTERACTION 1

static const char *action_id(WhPermissionAction action)
{
    switch (action) {
    case WH_PERMISSION_MANAGE:
        return "org.wayhome.manage";
    case WH_PERMISSION_CLAIM:
        return "org.wayhome.claim";
    }
    return "";
}

/* Unique among the questions of this connection. */
static char *cancellation_id(const WhQuestion *question)
{
    return g_strdup_printf("wayhome-%u", question->number);
}

/* The number of the process may be another's by now. */
static gboolean is_same_process(const WhPeer *peer)
{
    return wh_process_started(peer->pid, (guint32)wh_peer_uid(peer)) == peer->started;
}

static void answered(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhQuestion) question = data;
    g_autoptr(GVariant) reply = wh_question_take(question, source, result);
    gboolean authorized = FALSE;
    gboolean challenge = FALSE;
    WhPermissionAnswer answer = WH_PERMISSION_NO;

    if (reply == NULL)
        return;
    g_variant_get(reply, "((bba{ss}))", &authorized, &challenge, NULL);
    if (authorized)
        answer = WH_PERMISSION_YES;
    else if (challenge)
        answer = WH_PERMISSION_CHALLENGE;
    wh_question_answer(question, is_same_process(&question->peer) ? answer : WH_PERMISSION_NO);
}

/* CheckAuthorization(subject (sa{sv}), action_id s, details a{ss}, flags u, cancellation_id s), as
 * polkit's reference manual has it. */
static GVariant *parameters(const WhQuestion *question)
{
    g_autofree char *id = cancellation_id(question);
    GVariantBuilder subject;
    GVariantBuilder details;

    g_variant_builder_init(&subject, G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&subject, "{sv}", "pid",
                          g_variant_new_uint32((guint32)question->peer.pid));
    g_variant_builder_add(&subject, "{sv}", "start-time",
                          g_variant_new_uint64(question->peer.started));
    g_variant_builder_add(&subject, "{sv}", "uid",
                          g_variant_new_int32((gint32)wh_peer_uid(&question->peer)));
    g_variant_builder_init(&details, G_VARIANT_TYPE("a{ss}"));
    return g_variant_new("((sa{sv})sa{ss}us)", "unix-process", &subject,
                         action_id(question->action), &details,
                         question->interactive ? ALLOW_USER_INTERACTION : 0, id);
}

void wh_question_send_to_polkit(WhQuestion *question)
{
    wh_question_call(question, NAME, PATH, INTERFACE, "CheckAuthorization", parameters(question),
                     "((bba{ss}))", answered);
}

void wh_question_abandon_at_polkit(WhQuestion *question)
{
    g_autofree char *id = cancellation_id(question);

    if (question->permission->bus != NULL)
        g_dbus_connection_call(question->permission->bus, NAME, PATH, INTERFACE,
                               "CancelCheckAuthorization", g_variant_new("(s)", id), NULL,
                               G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}
