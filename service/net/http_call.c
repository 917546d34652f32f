#include "service/net/http_call.h"

#include "service/net/http_answer.h"
#include "service/net/http_error.h"
#include "service/net/http_request.h"

#include <string.h>

#define CONNECT_TIMEOUT (10 * WH_SECOND)

/* How long IPv6 has for itself: the least that RFC 8305 section 5 recommends. A line whose IPv6 is
 * dead pays it for every update. */
#define EYEBALLS_MILLISECONDS 100L

#define KEPT_SECONDS 60L
#define NAMES_KEPT_SECONDS 10L
#define RECEIVE_BUFFER 8192L
#define SEND_BUFFER 16384L

struct WhHttpCall {
    WhHttpRequest request;
    char *host;
    const char *agent;
    const char *trusted;
    WhBinder binder;
    struct curl_slist *headers;
    CURL *easy;
    WhHttpAnswer answer;
};

static WhSecret *ref_or_null(WhSecret *secret)
{
    return secret == NULL ? NULL : wh_secret_ref(secret);
}

static GPtrArray *copy_headers(const GPtrArray *headers)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    for (guint i = 0; headers != NULL && i < headers->len; i++)
        g_ptr_array_add(copy, wh_secret_ref(g_ptr_array_index(headers, i)));
    return copy;
}

WhHttpCall *wh_http_call_new(const WhHttpRequest *request, const char *agent, const char *trusted,
                             WhBinder binder)
{
    WhHttpCall *call = g_new0(WhHttpCall, 1);
    call->request = *request;
    call->request.method = g_strdup(request->method);
    call->request.url = wh_secret_ref(request->url);
    call->request.shown_url = NULL;
    call->request.user = g_strdup(request->user);
    call->request.password = ref_or_null(request->password);
    call->request.headers = copy_headers(request->headers);
    call->request.body = ref_or_null(request->body);
    call->request.body_type = g_strdup(request->body_type);
    call->request.user_agent = g_strdup(request->user_agent);
    call->host = wh_http_request_shown_host(request);
    call->agent = agent;
    call->trusted = trusted;
    call->binder = binder;
    wh_http_answer_init(&call->answer,
                        request->max_body == 0 ? WH_HTTP_DEFAULT_MAX_BODY : request->max_body);
    return call;
}

static void wipe_list(struct curl_slist *list)
{
    for (struct curl_slist *item = list; item != NULL; item = item->next)
        wh_wipe(item->data, strlen(item->data));
    curl_slist_free_all(list);
}

void wh_http_call_free(WhHttpCall *call)
{
    if (call == NULL)
        return;
    WhHttpRequest *request = &call->request;
    if (call->easy != NULL)
        curl_easy_cleanup(call->easy);
    wipe_list(call->headers);
    g_free((char *)request->method);
    wh_secret_unref(request->url);
    g_free((char *)request->user);
    wh_secret_unref(request->password);
    g_ptr_array_unref(request->headers);
    wh_secret_unref(request->body);
    g_free((char *)request->body_type);
    g_free((char *)request->user_agent);
    g_free(call->host);
    wh_http_answer_clear(&call->answer);
    g_free(call);
}

static gboolean names_content_type(const GPtrArray *headers)
{
    for (guint i = 0; i < headers->len; i++) {
        const char *header = wh_secret_peek(g_ptr_array_index(headers, i));
        if (g_ascii_strncasecmp(header, "Content-Type:", strlen("Content-Type:")) == 0)
            return TRUE;
    }
    return FALSE;
}

static void set_headers(WhHttpCall *call)
{
    const WhHttpRequest *request = &call->request;
    for (guint i = 0; i < request->headers->len; i++) {
        const char *header = wh_secret_peek(g_ptr_array_index(request->headers, i));
        call->headers = curl_slist_append(call->headers, header);
    }
    /* "Expect: 100-continue" would cost a round trip, or a second with servers that ignore it. */
    call->headers = curl_slist_append(call->headers, "Expect:");
    if (!names_content_type(request->headers)) {
        g_autofree char *type = request->body == NULL || request->body_type == NULL
                                    ? g_strdup("Content-Type:")
                                    : g_strconcat("Content-Type: ", request->body_type, NULL);
        call->headers = curl_slist_append(call->headers, type);
    }
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
}

/* Methods that have no body at all, not even an empty one. */
static gboolean is_bare(const WhHttpRequest *request)
{
    static const char *const bare[] = {"GET", "SUBSCRIBE", "UNSUBSCRIBE", NULL};
    return request->body == NULL && g_strv_contains(bare, request->method);
}

static void set_method(const WhHttpCall *call)
{
    const WhHttpRequest *request = &call->request;
    if (is_bare(request)) {
        curl_easy_setopt(call->easy, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(call->easy, CURLOPT_CUSTOMREQUEST, request->method);
        return;
    }
    gsize length = request->body == NULL ? 0 : wh_secret_length(request->body);
    curl_easy_setopt(call->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(call->easy, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS,
                     request->body == NULL ? "" : wh_secret_peek(request->body));
}

static void set_login(const WhHttpCall *call)
{
    const WhHttpRequest *request = &call->request;
    if (request->user == NULL && request->password == NULL)
        return;
    curl_easy_setopt(call->easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(call->easy, CURLOPT_USERNAME, request->user == NULL ? "" : request->user);
    curl_easy_setopt(call->easy, CURLOPT_PASSWORD,
                     request->password == NULL ? "" : wh_secret_peek(request->password));
}

/* A folder of hashed certificates rather than a bundle: one file is read instead of all. */
static void set_trust(const WhHttpCall *call)
{
    curl_easy_setopt(call->easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(call->easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(call->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (call->trusted == NULL)
        return;
    gboolean is_file = g_file_test(call->trusted, G_FILE_TEST_IS_REGULAR);
    curl_easy_setopt(call->easy, CURLOPT_CAINFO, is_file ? call->trusted : NULL);
    curl_easy_setopt(call->easy, CURLOPT_CAPATH, is_file ? NULL : call->trusted);
}

/* Only what was asked for: no proxy from the environment, no redirect, no other protocol. */
static void set_limits(const WhHttpCall *call)
{
    const WhHttpRequest *request = &call->request;
    gint64 timeout = request->timeout > 0 ? request->timeout : WH_HTTP_DEFAULT_TIMEOUT;
    gint64 connect = MIN(timeout, CONNECT_TIMEOUT);
    curl_easy_setopt(call->easy, CURLOPT_PROTOCOLS_STR,
                     request->allow_plain ? "http,https" : "https");
    curl_easy_setopt(call->easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(call->easy, CURLOPT_PROXY, "");
    curl_easy_setopt(call->easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(call->easy, CURLOPT_TIMEOUT_MS, (long)MAX(timeout / WH_MILLISECOND, 1));
    curl_easy_setopt(call->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)MAX(connect / WH_MILLISECOND, 1));
    curl_easy_setopt(call->easy, CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, EYEBALLS_MILLISECONDS);
    curl_easy_setopt(call->easy, CURLOPT_BUFFERSIZE, RECEIVE_BUFFER);
    curl_easy_setopt(call->easy, CURLOPT_UPLOAD_BUFFERSIZE, SEND_BUFFER);
}

static void set_connection(const WhHttpCall *call)
{
    static const long families[] = {
        [WH_HTTP_ANY_FAMILY] = CURL_IPRESOLVE_WHATEVER,
        [WH_HTTP_IPV4_ONLY] = CURL_IPRESOLVE_V4,
        [WH_HTTP_IPV6_ONLY] = CURL_IPRESOLVE_V6,
    };
    curl_easy_setopt(call->easy, CURLOPT_IPRESOLVE, families[call->request.family]);
    curl_easy_setopt(call->easy, CURLOPT_FRESH_CONNECT, (long)call->request.fresh_connection);
    /* One request at a time needs no streams, and HTTP/2 costs memory for each connection. */
    curl_easy_setopt(call->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(call->easy, CURLOPT_MAXAGE_CONN, KEPT_SECONDS);
    curl_easy_setopt(call->easy, CURLOPT_DNS_CACHE_TIMEOUT, NAMES_KEPT_SECONDS);
    curl_easy_setopt(call->easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(call->easy, CURLOPT_TCP_KEEPALIVE, 0L);
    curl_easy_setopt(call->easy, CURLOPT_NOSIGNAL, 1L);
    /* A dead system resolver must not hold up a cancelled request or the end of the program. */
    curl_easy_setopt(call->easy, CURLOPT_QUICK_EXIT, 1L);
}

/* CURLOPT_SOCKOPTFUNCTION: a new socket, before it connects. */
static int bind_socket(void *data, curl_socket_t socket, curlsocktype purpose)
{
    const WhHttpCall *call = data;
    guint family = call->request.family == WH_HTTP_IPV4_ONLY ? 4 : 6;
    gboolean bound = call->binder((guint64)socket, call->request.interface, family, NULL);
    return bound ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

/* A connection that is tied to an interface serves this request alone. */
static void set_interface(WhHttpCall *call)
{
    if (call->request.interface == 0)
        return;
    curl_easy_setopt(call->easy, CURLOPT_SOCKOPTFUNCTION, bind_socket);
    curl_easy_setopt(call->easy, CURLOPT_SOCKOPTDATA, call);
    curl_easy_setopt(call->easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(call->easy, CURLOPT_FORBID_REUSE, 1L);
}

CURL *wh_http_call_easy(WhHttpCall *call)
{
    if (call->easy != NULL)
        return call->easy;
    call->easy = curl_easy_init();
    if (call->easy == NULL)
        g_error("There is not enough memory to talk to servers.");
    const char *own_agent = call->request.user_agent;
    curl_easy_setopt(call->easy, CURLOPT_URL, wh_secret_peek(call->request.url));
    curl_easy_setopt(call->easy, CURLOPT_USERAGENT, own_agent == NULL ? call->agent : own_agent);
    set_method(call);
    set_headers(call);
    set_login(call);
    set_trust(call);
    set_limits(call);
    set_connection(call);
    set_interface(call);
    wh_http_answer_attach(&call->answer, call->easy);
    return call->easy;
}

gboolean wh_http_call_end(WhHttpCall *call, CURLcode code, WhClock *clock, WhHttpResponse *response,
                          GError **error)
{
    if (call->answer.too_many_headers) {
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_BROKEN,
                    "The answer of %s begins with more than this program reads.", call->host);
        return FALSE;
    }
    if (code != CURLE_OK && !call->answer.truncated) {
        wh_http_error_set(error, code, call->easy, call->host);
        return FALSE;
    }
    wh_http_answer_read(&call->answer, call->easy, clock, response);
    return TRUE;
}

/* Plain http is what the request had to allow; the scheme tells whether it is used. */
static gboolean is_secure(const WhHttpCall *call)
{
    char *scheme = NULL;
    curl_easy_getinfo(call->easy, CURLINFO_SCHEME, &scheme);
    return scheme != NULL && g_ascii_strcasecmp(scheme, "https") == 0;
}

gboolean wh_http_call_glimpse(WhHttpCall *call, const WhHttpResponse *response, const GError *error,
                              WhHttpGlimpse *glimpse)
{
    gboolean refused = g_error_matches(error, WH_HTTP_ERROR, WH_HTTP_ERROR_TLS);
    if (!refused && (response == NULL || response->date == 0))
        return FALSE;
    *glimpse = (WhHttpGlimpse){.host = call->host, .refused = refused};
    if (!refused) {
        glimpse->secure = is_secure(call);
        glimpse->date = response->date;
        glimpse->answered = response->answered;
    }
    return TRUE;
}
