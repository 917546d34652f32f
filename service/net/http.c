#include "service/net/http.h"

#include "service/base/product.h"
#include "service/net/curl_loop.h"
#include "service/net/http_call.h"
#include "service/net/http_request.h"

#include <gio/gio.h>

#define MAX_RUNNING_PER_SERVER 4

/* Kept-alive connections and what OpenSSL holds for them are given back after this much silence. */
#define IDLE_TIME (60 * WH_SECOND)

/* All requests to one server: some run, the rest waits. */
typedef struct {
    char *server;
    guint running;
    GQueue waiting;
} Line;

/* loop is set while the request runs; failure from the start when it may not run at all. */
typedef struct {
    WhHttp *http;
    guint64 handle;
    Line *line;
    WhHttpCall *call;
    WhCurlLoop *loop;
    GError *failure;
    guint failure_timer;
    WhHttpDone done;
    gpointer data;
} Exchange;

/* Exchanges that were started before wh_http_forget_connections() keep their own reference to the
 * loop of that time. */
struct WhHttp {
    WhClock *clock;
    char *trusted;
    char *agent;
    WhBinder binder;
    WhCurlLoop *loop;
    guint idle_timer;
    guint running;
    guint64 last_handle;
    gboolean closing;
    GHashTable *exchanges;
    GHashTable *lines;
    WhHttpGlimpseFunc glimpse;
    gpointer glimpse_data;
};

static void line_free(gpointer data)
{
    Line *line = data;
    g_queue_clear(&line->waiting);
    g_free(line->server);
    g_free(line);
}

static void exchange_free(Exchange *exchange)
{
    g_clear_pointer(&exchange->call, wh_http_call_free);
    g_clear_pointer(&exchange->loop, wh_curl_loop_unref);
    g_clear_error(&exchange->failure);
    g_free(exchange);
}

static void on_finished(CURL *easy, CURLcode code, gpointer data);

static void on_idle(gpointer data)
{
    WhHttp *http = data;
    http->idle_timer = 0;
    wh_http_forget_connections(http);
}

static void start(Exchange *exchange)
{
    WhHttp *http = exchange->http;
    wh_clock_remove_timer(http->clock, &http->idle_timer);
    if (http->loop == NULL)
        http->loop = wh_curl_loop_new(http->clock, on_finished);
    exchange->loop = wh_curl_loop_ref(http->loop);
    exchange->line->running++;
    http->running++;
    CURL *easy = wh_http_call_easy(exchange->call);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    wh_curl_loop_add(exchange->loop, easy);
}

static void start_waiting(Line *line)
{
    while (line->running < MAX_RUNNING_PER_SERVER && !g_queue_is_empty(&line->waiting))
        start(g_queue_pop_head(&line->waiting));
}

static void leave_line(Exchange *exchange)
{
    WhHttp *http = exchange->http;
    Line *line = exchange->line;
    if (exchange->loop != NULL) {
        line->running--;
        http->running--;
    } else {
        g_queue_remove(&line->waiting, exchange);
    }
    if (!http->closing)
        start_waiting(line);
    if (line->running == 0 && g_queue_is_empty(&line->waiting))
        g_hash_table_remove(http->lines, line->server);
    if (http->running == 0 && http->loop != NULL && http->idle_timer == 0)
        http->idle_timer = wh_clock_add_timer(http->clock, IDLE_TIME, on_idle, http);
}

/* Takes the exchange out of all books, so that `done` may do with `http` what it likes. */
static void settle(Exchange *exchange)
{
    g_hash_table_remove(exchange->http->exchanges, &exchange->handle);
    wh_clock_remove_timer(exchange->http->clock, &exchange->failure_timer);
    if (exchange->line != NULL)
        leave_line(exchange);
}

static void show_glimpse(Exchange *exchange, const WhHttpResponse *response, const GError *error)
{
    WhHttp *http = exchange->http;
    WhHttpGlimpse glimpse;
    if (http->glimpse != NULL && wh_http_call_glimpse(exchange->call, response, error, &glimpse))
        http->glimpse(&glimpse, http->glimpse_data);
}

static void on_finished(CURL *easy, CURLcode code, gpointer data)
{
    Exchange *exchange = data;
    WhHttpResponse response;
    g_autoptr(GError) error = NULL;
    gboolean answered =
        wh_http_call_end(exchange->call, code, exchange->http->clock, &response, &error);
    show_glimpse(exchange, answered ? &response : NULL, error);
    settle(exchange);
    exchange->done(answered ? &response : NULL, error, exchange->data);
    exchange_free(exchange);
}

static void on_failure(gpointer data)
{
    Exchange *exchange = data;
    exchange->failure_timer = 0;
    settle(exchange);
    exchange->done(NULL, exchange->failure, exchange->data);
    exchange_free(exchange);
}

static void cancel(Exchange *exchange)
{
    g_autoptr(GError) error =
        g_error_new_literal(WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED, "The request was called off.");
    if (exchange->loop != NULL)
        wh_curl_loop_remove(exchange->loop, wh_http_call_easy(exchange->call));
    settle(exchange);
    exchange->done(NULL, error, exchange->data);
    exchange_free(exchange);
}

WhHttp *wh_http_new(WhClock *clock, const char *trusted, const char *system_name)
{
    /* curl counts these calls. It is never told to clean up: a look-up that it left behind may
     * still run then. */
    curl_global_init(CURL_GLOBAL_DEFAULT);
    /* CURLOPT_NOSIGNAL leaves SIGPIPE to the program; GSocket's class ignores it on every system
     * that has it. */
    g_type_class_unref(g_type_class_ref(G_TYPE_SOCKET));
    WhHttp *http = g_new0(WhHttp, 1);
    http->clock = clock;
    http->trusted = g_strdup(trusted);
    http->agent = g_strdup_printf("%s %s/%s-%s %s", WH_MAKER, WH_PRODUCT, system_name, WH_VERSION,
                                  WH_CONTACT);
    http->exchanges = g_hash_table_new(g_int64_hash, g_int64_equal);
    http->lines = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, line_free);
    return http;
}

static Exchange *any_exchange(WhHttp *http)
{
    GHashTableIter iter;
    gpointer exchange = NULL;
    g_hash_table_iter_init(&iter, http->exchanges);
    g_hash_table_iter_next(&iter, NULL, &exchange);
    return exchange;
}

void wh_http_free(WhHttp *http)
{
    if (http == NULL)
        return;
    http->closing = TRUE;
    Exchange *exchange;
    while ((exchange = any_exchange(http)) != NULL)
        cancel(exchange);
    wh_clock_remove_timer(http->clock, &http->idle_timer);
    g_clear_pointer(&http->loop, wh_curl_loop_unref);
    g_hash_table_unref(http->exchanges);
    g_hash_table_unref(http->lines);
    g_free(http->trusted);
    g_free(http->agent);
    g_free(http);
}

static Line *line_for(WhHttp *http, const WhHttpRequest *request)
{
    g_autofree char *server = wh_http_request_server(request);
    Line *line = g_hash_table_lookup(http->lines, server);
    if (line != NULL)
        return line;
    line = g_new0(Line, 1);
    line->server = g_steal_pointer(&server);
    g_queue_init(&line->waiting);
    g_hash_table_insert(http->lines, line->server, line);
    return line;
}

guint64 wh_http_send(WhHttp *http, const WhHttpRequest *request, WhHttpDone done, gpointer data)
{
    Exchange *exchange = g_new0(Exchange, 1);
    exchange->http = http;
    exchange->handle = ++http->last_handle;
    exchange->done = done;
    exchange->data = data;
    g_hash_table_insert(http->exchanges, &exchange->handle, exchange);
    if (!wh_http_request_check(request, http->binder != NULL, &exchange->failure)) {
        exchange->failure_timer = wh_clock_add_timer(http->clock, 0, on_failure, exchange);
        return exchange->handle;
    }
    exchange->call = wh_http_call_new(request, http->agent, http->trusted, http->binder);
    exchange->line = line_for(http, request);
    g_queue_push_tail(&exchange->line->waiting, exchange);
    start_waiting(exchange->line);
    return exchange->handle;
}

void wh_http_cancel(WhHttp *http, guint64 handle)
{
    Exchange *exchange = g_hash_table_lookup(http->exchanges, &handle);
    if (exchange != NULL)
        cancel(exchange);
}

void wh_http_forget_connections(WhHttp *http)
{
    wh_clock_remove_timer(http->clock, &http->idle_timer);
    g_clear_pointer(&http->loop, wh_curl_loop_unref);
}

void wh_http_set_glimpse(WhHttp *http, WhHttpGlimpseFunc func, gpointer data)
{
    http->glimpse = func;
    http->glimpse_data = data;
}

void wh_http_set_binder(WhHttp *http, WhBinder binder)
{
    http->binder = binder;
}

const char *wh_http_user_agent(WhHttp *http)
{
    return http->agent;
}
