#include "service/gateway/igd_url.h"

#include <string.h>

#define MAX_URL 512

/* Taken as they are written, without an opinion about %2f and the like. */
#define AS_WRITTEN                                                                                 \
    (G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT)

static gboolean is_plain(const char *text)
{
    gsize length = strlen(text);
    if (length > MAX_URL)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isgraph(text[i]) || strchr("\"<>\\^`{|}", text[i]) != NULL)
            return FALSE;
    return TRUE;
}

static GUri *parse(const char *base, const char *reference)
{
    if (!is_plain(reference))
        return NULL;
    if (base == NULL)
        return g_uri_parse(reference, AS_WRITTEN, NULL);
    g_autoptr(GUri) start = g_uri_parse(base, AS_WRITTEN, NULL);
    return start == NULL ? NULL : g_uri_parse_relative(start, reference, AS_WRITTEN, NULL);
}

static gboolean leads_to(GUri *uri, const WhAddress *router)
{
    WhAddress host;
    return g_ascii_strcasecmp(g_uri_get_scheme(uri), "http") == 0 &&
           g_uri_get_userinfo(uri) == NULL && g_uri_get_host(uri) != NULL &&
           wh_address_parse(g_uri_get_host(uri), &host) && wh_address_equal(&host, router) &&
           g_uri_get_port(uri) != 0;
}

char *wh_igd_url_resolve(const char *base, const char *reference, const WhAddress *router)
{
    g_autoptr(GUri) uri = parse(base, reference);
    if (uri == NULL || !leads_to(uri, router))
        return NULL;
    char host[WH_ADDRESS_STRLEN];
    const char *path = g_uri_get_path(uri);
    const char *query = g_uri_get_query(uri);
    int port = g_uri_get_port(uri) < 0 ? 80 : g_uri_get_port(uri);
    g_autofree char *url = g_strdup_printf("http://%s:%d%s%s%s%s", wh_address_format(router, host),
                                           port, *path == '/' ? "" : "/", path,
                                           query == NULL ? "" : "?", query == NULL ? "" : query);
    return is_plain(url) ? g_steal_pointer(&url) : NULL;
}
