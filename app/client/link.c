#include "app/client/link.h"

#include "app/client/client_error.h"
#include "platform/paths.h"
#include "platform/socket_watch.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHORTEST_PAUSE_MS 250
#define LONGEST_PAUSE_MS 30000
#define LONG_PAUSES 4
#define PATIENCE_MS 30000

/* asked: the address as it was given, or NULL. client: there while the service is asked or answers;
 * socket_watch and timer: there while it is not. begun: the whole state has come on this
 * connection. */
struct _WhLink {
    GObject parent_instance;
    char *asked;
    WhLinkState state;
    GError *error;
    WhClient *client;
    WhCaller caller;
    gboolean must_claim;
    gboolean begun;
    gboolean started;
    WhSocketWatch *socket_watch;
    GSource *timer;
    guint pause_ms;
    guint shortest_ms;
    guint longest_ms;
    guint long_pauses;
    guint patience_ms;
};

G_DEFINE_FINAL_TYPE(WhLink, wh_link, G_TYPE_OBJECT)

static void try_now(WhLink *link);

static void stop_waiting(WhLink *link)
{
    g_clear_pointer(&link->socket_watch, wh_socket_watch_free);
    if (link->timer != NULL)
        g_source_destroy(link->timer);
    g_clear_pointer(&link->timer, g_source_unref);
}

static void wh_link_dispose(GObject *object)
{
    WhLink *link = WH_LINK(object);
    stop_waiting(link);
    g_clear_pointer(&link->client, wh_client_free);
    G_OBJECT_CLASS(wh_link_parent_class)->dispose(object);
}

static void wh_link_finalize(GObject *object)
{
    WhLink *link = WH_LINK(object);
    g_free(link->asked);
    g_clear_error(&link->error);
    G_OBJECT_CLASS(wh_link_parent_class)->finalize(object);
}

static void wh_link_class_init(WhLinkClass *class)
{
    G_OBJECT_CLASS(class)->dispose = wh_link_dispose;
    G_OBJECT_CLASS(class)->finalize = wh_link_finalize;
    g_signal_new("state-changed", WH_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                 0);
    g_signal_new("message", WH_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                 G_TYPE_POINTER, G_TYPE_BOOLEAN);
}

static void begin_anew(WhLink *link)
{
    link->pause_ms = link->shortest_ms;
    link->long_pauses = 0;
}

static void wh_link_init(WhLink *link)
{
    link->state = WH_LINK_CONNECTING;
    link->caller = WH_CALLER_MANAGE;
    link->patience_ms = PATIENCE_MS;
    wh_link_set_pauses_ms(link, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
}

WhLink *wh_link_new(const char *address)
{
    WhLink *link = g_object_new(WH_TYPE_LINK, NULL);
    link->asked = g_strdup(address);
    return link;
}

static gboolean pause_over(gpointer data)
{
    g_autoptr(WhLink) link = g_object_ref(WH_LINK(data));
    link->pause_ms = MIN(link->pause_ms * 2, link->longest_ms);
    link->long_pauses += link->pause_ms == link->longest_ms;
    g_clear_pointer(&link->timer, g_source_unref);
    try_now(link);
    return G_SOURCE_REMOVE;
}

static void start_pause(WhLink *link)
{
    if (link->timer != NULL)
        g_source_destroy(link->timer);
    g_clear_pointer(&link->timer, g_source_unref);
    link->timer = g_timeout_source_new(link->pause_ms);
    g_source_set_callback(link->timer, pause_over, link, NULL);
    g_source_attach(link->timer, g_main_context_get_thread_default());
}

/* A socket that has just been made may not listen yet: the short pause follows. */
static void socket_changed(gpointer data)
{
    g_autoptr(WhLink) link = g_object_ref(WH_LINK(data));
    begin_anew(link);
    try_now(link);
}

static WhSocketWatch *watch_sockets(WhLink *link)
{
    g_autofree char *system = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *user = wh_paths_control_address(WH_PATHS_USER);
    const char *const usual[] = {system, user, NULL};
    const char *const asked[] = {link->asked, NULL};
    return wh_socket_watch_new(link->asked != NULL ? asked : usual, socket_changed, link);
}

static void wait_for_service(WhLink *link)
{
    if (link->socket_watch == NULL)
        link->socket_watch = watch_sockets(link);
    if (link->long_pauses < LONG_PAUSES || !wh_socket_watch_sees(link->socket_watch))
        start_pause(link);
}

/* Takes `error` over. */
static void become(WhLink *link, WhLinkState state, GError *error)
{
    gboolean changed = link->state != state;
    link->state = state;
    g_clear_error(&link->error);
    link->error = error;
    if (changed)
        g_signal_emit_by_name(link, "state-changed");
}

static WhLinkState state_of(const GError *error, const char *error_name)
{
    if (g_strcmp0(error_name, WH_VARLINK_ERROR("PermissionDenied")) == 0)
        return WH_LINK_NOT_PERMITTED;
    if (g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_UNSAFE))
        return WH_LINK_UNSAFE;
    return g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY) ||
                   g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST)
               ? WH_LINK_AWAY
               : WH_LINK_STRANGE;
}

/* Ends the connection, if there is one, and tries again later. Takes `error` over. */
static void give_up(WhLink *link, WhLinkState state, GError *error)
{
    g_clear_pointer(&link->client, wh_client_free);
    link->begun = FALSE;
    wait_for_service(link);
    become(link, state, error);
}

static GError *strange(void)
{
    return g_error_new_literal(
        WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL,
        _("What answers is not the Wayhome service that this program knows."));
}

/* Before the message is handed on, so that whoever hears it finds it so. */
static void take_caller(WhLink *link, json_t *parameters)
{
    json_t *state = json_object_get(parameters, "state");
    json_t *service = json_object_get(state != NULL ? state : parameters, "service");
    if (service == NULL)
        return;
    link->caller = wh_caller_of(service);
    link->must_claim = wh_caller_must_claim(service);
}

/* Hands one message on. The first makes the link stand. */
static void hand_on(WhLink *link, json_t *parameters)
{
    take_caller(link, parameters);
    gboolean whole = !link->begun;
    gboolean changed = link->state != WH_LINK_UP;
    if (whole) {
        link->begun = TRUE;
        begin_anew(link);
        stop_waiting(link);
        g_clear_error(&link->error);
        link->state = WH_LINK_UP;
    }
    g_signal_emit_by_name(link, "message", parameters, whole);
    if (changed && link->state == WH_LINK_UP)
        g_signal_emit_by_name(link, "state-changed");
}

static void replied(json_t *parameters, gboolean continues, const char *error_name,
                    const GError *error, gpointer data);

/* FALSE: it was no refusal of the computer's service, or there is no own one. */
static gboolean turn_to_own(WhLink *link, const char *error_name)
{
    gboolean refused = g_strcmp0(error_name, WH_VARLINK_ERROR("PermissionDenied")) == 0;
    WhClient *own = refused && link->asked == NULL ? wh_client_new_instead(link->client) : NULL;
    if (own == NULL)
        return FALSE;
    wh_client_free(link->client);
    link->client = own;
    link->begun = FALSE;
    wh_client_call(own, "Watch", NULL, TRUE, replied, link);
    return TRUE;
}

static void replied(json_t *parameters, gboolean continues, const char *error_name,
                    const GError *error, gpointer data)
{
    g_autoptr(WhLink) link = g_object_ref(WH_LINK(data));
    if (turn_to_own(link, error_name))
        return;
    if (error_name != NULL)
        give_up(link, state_of(error, error_name), wh_client_error_refused(error_name, parameters));
    else if (error != NULL)
        give_up(link, state_of(error, NULL), g_error_copy(error));
    else if (!continues || (!link->begun && !json_is_object(json_object_get(parameters, "state"))))
        give_up(link, WH_LINK_STRANGE, strange());
    else
        hand_on(link, parameters);
}

static void try_now(WhLink *link)
{
    if (link->client != NULL)
        return;
    g_autoptr(GError) error = NULL;
    link->client = wh_client_new(link->asked, &error);
    if (link->client == NULL) {
        WhLinkState state = state_of(error, NULL);
        give_up(link, state, g_steal_pointer(&error));
        return;
    }
    wh_client_call(link->client, "Watch", NULL, TRUE, replied, link);
}

void wh_link_start(WhLink *link)
{
    if (link->started)
        return;
    link->started = TRUE;
    try_now(link);
}

void wh_link_retry(WhLink *link)
{
    if (!link->started)
        return;
    begin_anew(link);
    try_now(link);
}

void wh_link_set_pauses_ms(WhLink *link, guint shortest_ms, guint longest_ms)
{
    link->shortest_ms = shortest_ms;
    link->longest_ms = longest_ms;
    begin_anew(link);
}

guint wh_link_patience_ms(WhLink *link)
{
    return link->patience_ms;
}

void wh_link_set_patience_ms(WhLink *link, guint patience_ms)
{
    link->patience_ms = patience_ms;
}

WhCaller wh_link_caller(WhLink *link)
{
    return link->caller;
}

gboolean wh_link_must_claim(WhLink *link)
{
    return link->must_claim;
}

void wh_link_claimed(WhLink *link)
{
    link->caller = WH_CALLER_OWNER;
    link->must_claim = FALSE;
}

WhLinkState wh_link_state(WhLink *link)
{
    return link->state;
}

const GError *wh_link_error(WhLink *link)
{
    return link->error;
}

const char *wh_link_asked(WhLink *link)
{
    return link->asked;
}

const char *wh_link_address(WhLink *link)
{
    return link->client != NULL ? wh_client_address(link->client) : NULL;
}
