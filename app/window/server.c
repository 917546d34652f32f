#include "app/window/server.h"

/* Scheme, server and port of a page's address; of anything else, all of it. */
static char *origin(const char *value)
{
    g_autoptr(GUri) uri = g_uri_parse(value, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
    if (uri == NULL || g_uri_get_host(uri) == NULL)
        return g_ascii_strdown(value, -1);
    g_autofree char *host = g_ascii_strdown(g_uri_get_host(uri), -1);
    return g_strdup_printf("%s://%s:%d", g_uri_get_scheme(uri), host, g_uri_get_port(uri));
}

gboolean wh_server_is_same(const char *one, const char *other)
{
    g_autofree char *first = origin(one);
    g_autofree char *second = origin(other);
    return g_str_equal(first, second);
}
