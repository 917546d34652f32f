#include "service/net/curl_loop.h"

/* Kept-alive connections over all servers; each costs a TLS session's memory. */
#define MAX_KEPT_CONNECTIONS 8L

#define MAX_CONNECTIONS_PER_SERVER 4L

struct WhCurlLoop {
    gatomicrefcount refs;
    WhClock *clock;
    WhCurlFinished finished;
    CURLM *multi;
    guint timer;
};

typedef struct {
    WhCurlLoop *loop;
    curl_socket_t socket;
    GSource *source;
} Watch;

static void deliver_finished(WhCurlLoop *loop)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(loop->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        char *data = NULL;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &data);
        curl_multi_remove_handle(loop->multi, easy);
        loop->finished(easy, code, data);
    }
}

static void act(WhCurlLoop *loop, curl_socket_t socket, int events)
{
    /* A finished transfer may take the owner's last reference with it. */
    g_autoptr(WhCurlLoop) held = wh_curl_loop_ref(loop);
    int running;
    curl_multi_socket_action(held->multi, socket, events, &running);
    deliver_finished(held);
}

static gboolean on_socket(GIOChannel *channel, GIOCondition condition, gpointer data)
{
    const Watch *watch = data;
    int events = 0;
    if (condition & (G_IO_IN | G_IO_HUP))
        events |= CURL_CSELECT_IN;
    if (condition & G_IO_OUT)
        events |= CURL_CSELECT_OUT;
    if (condition & (G_IO_ERR | G_IO_NVAL))
        events |= CURL_CSELECT_ERR;
    act(watch->loop, watch->socket, events);
    /* When curl let go of the socket meanwhile, the source is destroyed and this answer unused. */
    return G_SOURCE_CONTINUE;
}

static void unwatch(Watch *watch)
{
    if (watch->source == NULL)
        return;
    g_source_destroy(watch->source);
    g_clear_pointer(&watch->source, g_source_unref);
}

/* A channel and not a bare descriptor, because GLib's channels take sockets on every system. */
static void watch_for(Watch *watch, int what)
{
    GIOCondition condition = 0;
    if (what & CURL_POLL_IN)
        condition |= G_IO_IN | G_IO_HUP | G_IO_ERR;
    if (what & CURL_POLL_OUT)
        condition |= G_IO_OUT | G_IO_HUP | G_IO_ERR;
    unwatch(watch);
    g_autoptr(GIOChannel) channel = g_io_channel_unix_new((int)watch->socket);
    watch->source = g_io_create_watch(channel, condition);
    g_source_set_callback(watch->source, G_SOURCE_FUNC(on_socket), watch, NULL);
    g_source_attach(watch->source, NULL);
}

static int on_watch_request(CURL *easy, curl_socket_t socket, int what, void *data, void *existing)
{
    WhCurlLoop *loop = data;
    Watch *watch = existing;
    if (what == CURL_POLL_REMOVE) {
        if (watch != NULL) {
            curl_multi_assign(loop->multi, socket, NULL);
            unwatch(watch);
            g_free(watch);
        }
        return 0;
    }
    if (watch == NULL) {
        watch = g_new0(Watch, 1);
        watch->loop = loop;
        watch->socket = socket;
        curl_multi_assign(loop->multi, socket, watch);
    }
    watch_for(watch, what);
    return 0;
}

static void on_timer(gpointer data)
{
    WhCurlLoop *loop = data;
    loop->timer = 0;
    act(loop, CURL_SOCKET_TIMEOUT, 0);
}

static int on_timer_request(CURLM *multi, long milliseconds, void *data)
{
    WhCurlLoop *loop = data;
    wh_clock_remove_timer(loop->clock, &loop->timer);
    if (milliseconds >= 0)
        loop->timer =
            wh_clock_add_timer(loop->clock, milliseconds * WH_MILLISECOND, on_timer, loop);
    return 0;
}

WhCurlLoop *wh_curl_loop_new(WhClock *clock, WhCurlFinished finished)
{
    WhCurlLoop *loop = g_new0(WhCurlLoop, 1);
    g_atomic_ref_count_init(&loop->refs);
    loop->clock = clock;
    loop->finished = finished;
    loop->multi = curl_multi_init();
    if (loop->multi == NULL)
        g_error("There is not enough memory to talk to servers.");
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, on_watch_request);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, on_timer_request);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, MAX_KEPT_CONNECTIONS);
    curl_multi_setopt(loop->multi, CURLMOPT_MAX_HOST_CONNECTIONS, MAX_CONNECTIONS_PER_SERVER);
    return loop;
}

WhCurlLoop *wh_curl_loop_ref(WhCurlLoop *loop)
{
    g_atomic_ref_count_inc(&loop->refs);
    return loop;
}

void wh_curl_loop_unref(WhCurlLoop *loop)
{
    if (!g_atomic_ref_count_dec(&loop->refs))
        return;
    curl_multi_cleanup(loop->multi);
    wh_clock_remove_timer(loop->clock, &loop->timer);
    g_free(loop);
}

void wh_curl_loop_add(WhCurlLoop *loop, CURL *easy)
{
    curl_multi_add_handle(loop->multi, easy);
}

void wh_curl_loop_remove(WhCurlLoop *loop, CURL *easy)
{
    curl_multi_remove_handle(loop->multi, easy);
}
