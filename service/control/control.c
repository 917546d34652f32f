#include "service/control/control.h"

#include "service/base/log.h"
#include "service/control/admission.h"
#include "service/control/control_private.h"
#include "service/control/dispatch.h"

#include <string.h>

/* Root always finds a place, and so does the owner: all the others together do not fill the room,
 * and who has no business here takes little of it. */
#define MAX_CONNECTIONS 64
#define KEPT_FOR_ROOT 8
#define MAX_OTHERS 40
#define MAX_CONNECTIONS_EACH 16
#define MAX_STRANGERS_EACH 4
#define COMPLAINT_GAP WH_MINUTE

WhControl *wh_control_new(const WhControlRooms *rooms)
{
    WhControl *control = g_new0(WhControl, 1);
    control->rooms = *rooms;
    control->connections = g_ptr_array_new();
    control->invocations = g_ptr_array_new();
    control->watch = wh_watch_new(&control->rooms);
    control->waiting = wh_waiting_new(&control->rooms);
    control->denials = wh_denials_new(control->rooms.clock);
    control->dialogs = wh_dialogs_new(control->rooms.clock);
    return control;
}

void wh_control_free(WhControl *control)
{
    if (control == NULL)
        return;
    while (control->connections->len > 0)
        wh_connection_close(control->connections->pdata[0], NULL);
    for (guint i = 0; i < control->invocations->len; i++)
        ((WhInvocation *)control->invocations->pdata[i])->control = NULL;
    wh_denials_free(control->denials);
    wh_dialogs_free(control->dialogs);
    wh_waiting_free(control->waiting);
    wh_watch_free(control->watch);
    g_ptr_array_unref(control->connections);
    g_ptr_array_unref(control->invocations);
    g_free(control);
}

/* A program that misbehaves all the time fills no log. */
static void complain(WhControl *control, const WhPeer *peer, const char *complaint)
{
    gint64 now = wh_clock_monotonic(control->rooms.clock);
    if (control->complained_at != 0 && now - control->complained_at < COMPLAINT_GAP)
        return;
    control->complained_at = now;
    WhLine *line = wh_line_new(WH_LOG_DROPPED);
    wh_line_set(line, WH_LOG_FIELD_PRINCIPAL, peer->principal);
    wh_line_say(line,
                "A program of %s (process %" G_GINT64_FORMAT ") %s; its connection was closed",
                peer->principal, peer->pid, complaint);
    wh_line_write(line);
}

static guint count_of(WhControl *control, const WhPeer *peer)
{
    guint count = 0;
    for (guint i = 0; i < control->connections->len; i++)
        if (strcmp(wh_connection_peer(control->connections->pdata[i])->principal,
                   peer->principal) == 0)
            count++;
    return count;
}

static WhStanding standing_of(WhControl *control, guint i)
{
    return wh_admission_standing(&control->rooms,
                                 wh_connection_peer(control->connections->pdata[i]));
}

/* Connections of those that stand below `standing`. */
static guint count_below(WhControl *control, WhStanding standing)
{
    guint count = 0;
    for (guint i = 0; i < control->connections->len; i++)
        if (standing_of(control, i) < standing)
            count++;
    return count;
}

static gboolean has_room_for(WhControl *control, const WhPeer *peer)
{
    WhStanding standing = wh_admission_standing(&control->rooms, peer);
    if (control->connections->len >= MAX_CONNECTIONS)
        return FALSE;
    if (standing < WH_STANDING_ROOT &&
        count_below(control, WH_STANDING_ROOT) >= MAX_CONNECTIONS - KEPT_FOR_ROOT)
        return FALSE;
    if (standing < WH_STANDING_OWNER && count_below(control, WH_STANDING_OWNER) >= MAX_OTHERS)
        return FALSE;
    return count_of(control, peer) <
           (standing < WH_STANDING_PERSON ? MAX_STRANGERS_EACH : MAX_CONNECTIONS_EACH);
}

static gboolean message(WhConnection *connection, const char *bytes, gsize length, gpointer data)
{
    return wh_dispatch(data, connection, bytes, length);
}

/* A watch ends with its connection, and so does a call that is not let in yet; any other may still
 * be under way, and its answer goes nowhere. */
static void orphan(WhControl *control, WhConnection *connection)
{
    for (guint i = control->invocations->len; i > 0; i--) {
        WhInvocation *invocation = control->invocations->pdata[i - 1];
        if (invocation->connection != connection)
            continue;
        invocation->connection = NULL;
        if (wh_admission_give_up(invocation, connection))
            continue;
        if (invocation->streaming) {
            wh_watch_remove(control->watch, invocation);
            wh_invocation_free(invocation);
        }
    }
}

static void closed(WhConnection *connection, const char *complaint, gpointer data)
{
    WhControl *control = data;
    if (complaint != NULL)
        complain(control, wh_connection_peer(connection), complaint);
    g_ptr_array_remove(control->connections, connection);
    orphan(control, connection);
}

void wh_control_accept(WhControl *control, GIOStream *stream, const WhPeer *peer)
{
    static const WhConnectionFuncs funcs = {message, closed};
    if (!has_room_for(control, peer)) {
        complain(control, peer, "opened too many connections");
        g_io_stream_close(stream, NULL, NULL);
        return;
    }
    g_ptr_array_add(control->connections, wh_connection_new(stream, peer, &funcs, control));
}

void wh_control_host_changed(WhControl *control, const char *account, const char *host)
{
    wh_watch_host_changed(control->watch, account, host);
}

void wh_control_verdict_changed(WhControl *control, WhFamily family)
{
    wh_watch_verdict_changed(control->watch, family);
}

void wh_control_service_changed(WhControl *control)
{
    wh_watch_service_changed(control->watch);
}

void wh_control_findings_changed(WhControl *control)
{
    wh_watch_findings_changed(control->watch);
}

/* Who was the owner has been told what only the owner is told: their connections begin anew. */
void wh_control_owner_changed(WhControl *control, const char *former)
{
    for (guint i = control->connections->len; i > 0; i--) {
        WhConnection *connection = control->connections->pdata[i - 1];
        if (g_strcmp0(wh_connection_peer(connection)->principal, former) == 0 &&
            standing_of(control, i - 1) < WH_STANDING_OWNER)
            wh_connection_close(connection, NULL);
    }
    wh_watch_everything_changed(control->watch);
}

void wh_control_secrets_changed(WhControl *control)
{
    wh_waiting_settle(control->waiting);
}

void wh_control_event(WhControl *control, const WhEvent *event)
{
    wh_watch_event(control->watch, event);
}
