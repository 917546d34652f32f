#include "service/net/http_request.h"

#include <string.h>

#define MAX_URL 8192

/* "scheme://authority" of a URL; the path, which may hold a secret, is left behind. */
static char *scheme_and_authority(const char *url)
{
    const char *authority = strstr(url, "://");
    if (authority == NULL)
        return NULL;
    authority += strlen("://");
    return g_strndup(url, (gsize)(authority - url) + strcspn(authority, "/?#\\"));
}

static gboolean is_one_line(const char *text, char lowest)
{
    for (const char *at = text; *at != '\0'; at++)
        if ((guchar)*at < (guchar)lowest || *at == 0x7f)
            return FALSE;
    return TRUE;
}

/* Without embedded NUL, which would end the text early for curl but not for this check. */
static gboolean secret_is_one_line(const WhSecret *secret, char lowest)
{
    const char *text = wh_secret_peek(secret);
    return strlen(text) == wh_secret_length(secret) && is_one_line(text, lowest);
}

static gboolean method_is_right(const char *method)
{
    if (method == NULL || *method == '\0' || strlen(method) > 16)
        return FALSE;
    return strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(method);
}

static gboolean headers_are_right(const GPtrArray *headers)
{
    for (guint i = 0; headers != NULL && i < headers->len; i++) {
        const WhSecret *header = g_ptr_array_index(headers, i);
        const char *colon = strchr(wh_secret_peek(header), ':');
        if (colon == NULL || colon == wh_secret_peek(header) || !secret_is_one_line(header, ' '))
            return FALSE;
    }
    return TRUE;
}

static const char *fault_of_url(const WhHttpRequest *request)
{
    g_autofree char *server = wh_http_request_server(request);
    if (server == NULL || wh_secret_length(request->url) > MAX_URL ||
        !secret_is_one_line(request->url, '!'))
        return "The web address for %s is not a web address. Check how it is written.";
    if (g_str_has_prefix(server, "http://") && !request->allow_plain)
        return "%s was not asked, because its web address is not encrypted. Use https instead of "
               "http.";
    if (!g_str_has_prefix(server, "https://") && !g_str_has_prefix(server, "http://"))
        return "%s was not asked: only web addresses that begin with https can be used.";
    const char *authority = strstr(server, "://") + strlen("://");
    if (*authority == '\0')
        return "The web address for %s names no server. Check how it is written.";
    if (strchr(authority, '@') != NULL)
        return "The web address for %s holds a login. Put user name and password in their own "
               "fields.";
    return NULL;
}

static const char *fault_of(const WhHttpRequest *request, gboolean has_binder)
{
    const char *fault = fault_of_url(request);
    if (fault != NULL)
        return fault;
    if (request->interface != 0 && (!has_binder || request->family == WH_HTTP_ANY_FAMILY))
        return "%s was not asked, because the connection that it must be asked over cannot be "
               "chosen here.";
    if (!method_is_right(request->method))
        return "The request to %s has no valid method.";
    if (!headers_are_right(request->headers))
        return "A header of the request to %s is malformed. It must be one line, \"Name: value\".";
    if (request->body_type != NULL && !is_one_line(request->body_type, ' '))
        return "The content type of the request to %s is malformed.";
    if (request->user_agent != NULL && !is_one_line(request->user_agent, ' '))
        return "The user agent of the request to %s is malformed. It must be one line.";
    if (request->user != NULL && strchr(request->user, ':') != NULL)
        return "The user name for %s holds a colon, which cannot be sent.";
    return NULL;
}

gboolean wh_http_request_check(const WhHttpRequest *request, gboolean has_binder, GError **error)
{
    const char *fault = fault_of(request, has_binder);
    if (fault == NULL)
        return TRUE;
    g_autofree char *host = wh_http_request_shown_host(request);
    g_autoptr(GString) sentence = g_string_new(fault);
    g_string_replace(sentence, "%s", host, 1);
    g_set_error_literal(error, WH_HTTP_ERROR, WH_HTTP_ERROR_INVALID, sentence->str);
    return FALSE;
}

char *wh_http_request_server(const WhHttpRequest *request)
{
    g_autofree char *server = scheme_and_authority(wh_secret_peek(request->url));
    return server == NULL ? NULL : g_ascii_strdown(server, -1);
}

char *wh_http_request_shown_host(const WhHttpRequest *request)
{
    g_autofree char *server =
        request->shown_url == NULL ? NULL : scheme_and_authority(request->shown_url);
    if (server == NULL)
        return g_strdup("the server");
    const char *authority = strstr(server, "://") + strlen("://");
    const char *login = strrchr(authority, '@');
    const char *host = login == NULL ? authority : login + 1;
    if (*host == '\0' || !g_utf8_validate(host, -1, NULL))
        return g_strdup("the server");
    return g_strdup(host);
}
