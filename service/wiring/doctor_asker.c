#include "service/wiring/doctor_asker.h"

#include "platform/dns_servers.h"
#include "service/net/dns_query.h"

#include <string.h>

#define PAGE_TIMEOUT (5 * WH_SECOND)
#define NAME_TIMEOUT (4 * WH_SECOND)
#define MAX_PAGE 4096

/* requests: handle -> Request, of both kinds. */
typedef struct {
    WhCheckupAsker asker;
    WhClock *clock;
    WhHttp *http;
    WhDnsClient *dns;
    guint64 last_handle;
    GHashTable *requests;
} Asker;

/* Either `http` or `query` is set. timer: of a question that nobody can be asked. */
typedef struct {
    Asker *asker;
    guint64 handle;
    guint64 http;
    WhDnsQuery *query;
    guint timer;
    WhCheckupPageDone page_done;
    WhCheckupNameDone name_done;
    gpointer data;
} Request;

static void request_free(gpointer data)
{
    Request *request = data;

    if (request->query != NULL)
        wh_dns_query_free(request->query);
    wh_clock_remove_timer(request->asker->clock, &request->timer);
    g_free(request);
}

static Request *request_new(Asker *asker, gpointer data)
{
    Request *request = g_new0(Request, 1);

    request->asker = asker;
    request->handle = ++asker->last_handle;
    request->data = data;
    g_hash_table_insert(asker->requests, &request->handle, request);
    return request;
}

/* One that was called off is in no book any more. */
static void on_page(const WhHttpResponse *response, const GError *error, gpointer data)
{
    Request *request = data;
    WhCheckupPage answer = {.answered = FALSE, .body = ""};

    if (g_error_matches(error, WH_HTTP_ERROR, WH_HTTP_ERROR_CANCELLED)) {
        request_free(request);
        return;
    }
    g_hash_table_steal(request->asker->requests, &request->handle);
    if (response != NULL)
        answer =
            (WhCheckupPage){TRUE,           response->status,  response->body, response->length,
                            response->date, response->answered};
    request->page_done(&answer, request->data);
    request_free(request);
}

static guint64 ask_page(WhCheckupAsker *asker, const WhProbePage *page, WhCheckupPageDone done,
                        gpointer data)
{
    Asker *self = (Asker *)asker;
    Request *request = request_new(self, data);
    g_autoptr(WhSecret) url = wh_secret_new(page->url, -1);
    const WhHttpRequest http_request = {
        .method = "GET",
        .url = url,
        .shown_url = page->url,
        .allow_plain = TRUE,
        .fresh_connection = TRUE,
        .timeout = PAGE_TIMEOUT,
        .max_body = MAX_PAGE,
    };

    request->page_done = done;
    request->http = wh_http_send(self->http, &http_request, on_page, request);
    return request->handle;
}

/* Takes the request out of the book, and frees it. */
static void tell_name(Request *request, gboolean answered, const char *server)
{
    g_hash_table_steal(request->asker->requests, &request->handle);
    request->name_done(answered, server, request->data);
    request_free(request);
}

static void on_nobody(gpointer data)
{
    Request *request = data;

    request->timer = 0;
    tell_name(request, FALSE, NULL);
}

static void on_name(WhDnsQuery *query, const WhDnsAnswer *answer, const WhAddress *last,
                    gpointer data)
{
    Request *request = data;
    char text[WH_ADDRESS_STRLEN];

    tell_name(request, answer != NULL, last != NULL ? wh_address_format(last, text) : NULL);
}

static GArray *servers_of_computer(void)
{
    GArray *servers = g_array_new(FALSE, FALSE, sizeof(WhDnsServer));
    g_auto(GStrv) texts = wh_dns_servers_list();

    for (guint i = 0; texts[i] != NULL; i++) {
        WhDnsServer server;

        if (wh_dns_server_parse(texts[i], WH_DNS_PORT, &server))
            g_array_append_val(servers, server);
    }
    return servers;
}

static GArray *one_server(const WhAddress *address)
{
    GArray *servers = g_array_new(FALSE, FALSE, sizeof(WhDnsServer));
    const WhDnsServer server = {.address = *address, .port = WH_DNS_PORT};

    g_array_append_val(servers, server);
    return servers;
}

static guint64 ask_name(WhCheckupAsker *asker, const WhAddress *server, const char *name,
                        WhCheckupNameDone done, gpointer data)
{
    Asker *self = (Asker *)asker;
    Request *request = request_new(self, data);
    GArray *servers = server != NULL ? one_server(server) : servers_of_computer();

    request->name_done = done;
    if (servers->len == 0 || !wh_dns_name_is_host(name)) {
        g_array_unref(servers);
        request->timer = wh_clock_add_timer(self->clock, 0, on_nobody, request);
        return request->handle;
    }
    request->query = wh_dns_query_new(self->dns, name, WH_DNS_A, TRUE, servers, NAME_TIMEOUT);
    wh_dns_query_start(request->query, on_name, request);
    return request->handle;
}

static void cancel(WhCheckupAsker *asker, guint64 handle)
{
    Asker *self = (Asker *)asker;
    Request *request = g_hash_table_lookup(self->requests, &handle);

    if (request == NULL)
        return;
    g_hash_table_steal(self->requests, &handle);
    if (request->http != 0)
        wh_http_cancel(self->http, request->http); /* on_page() frees it */
    else
        request_free(request);
}

WhCheckupAsker *wh_doctor_asker_new(WhClock *clock, WhHttp *http, WhDnsClient *dns)
{
    Asker *self = g_new0(Asker, 1);

    self->asker.page = ask_page;
    self->asker.name = ask_name;
    self->asker.cancel = cancel;
    self->clock = clock;
    self->http = http;
    self->dns = dns;
    self->requests = g_hash_table_new(g_int64_hash, g_int64_equal);
    return &self->asker;
}

void wh_doctor_asker_free(WhCheckupAsker *asker)
{
    Asker *self = (Asker *)asker;

    g_hash_table_unref(self->requests);
    g_free(self);
}

WhProbes *wh_doctor_probes(const char *folder, char **problem)
{
    g_autofree char *path = g_build_filename(folder, "probes.conf", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    gsize length;
    WhProbes *probes = NULL;

    *problem = NULL;
    if (g_file_get_contents(path, &text, &length, &error))
        probes = wh_probes_parse(text, length, &error);
    else if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_clear_error(&error);
    if (error != NULL)
        *problem =
            g_strdup_printf("%s cannot be used, so the built-in list is: %s", path, error->message);
    return probes != NULL ? probes : wh_probes_shipped();
}
