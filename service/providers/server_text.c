#include "service/providers/server_text.h"

#include "service/base/address.h"

#include <string.h>

static gboolean is_host(const char *text)
{
    WhAddress address;
    if (wh_address_parse(text, &address))
        return TRUE;
    gsize length = strlen(text);
    return length > 0 && length <= 253 && text[0] != '.' && text[0] != '-' &&
           strstr(text, "..") == NULL &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               length;
}

/* Where the port begins: behind "]:", or behind the only colon. NULL: there is none. */
static const char *find_port(const char *text)
{
    const char *bracket = strchr(text, ']');
    if (bracket != NULL)
        return bracket[1] == ':' ? bracket + 2 : NULL;
    const char *colon = strchr(text, ':');
    return colon != NULL && strchr(colon + 1, ':') == NULL ? colon + 1 : NULL;
}

static char *take_host(const char *text, const char *port)
{
    gsize length = port != NULL ? (gsize)(port - text) - 1 : strlen(text);
    if (text[0] != '[')
        return g_ascii_strdown(text, (gssize)length);
    if (length < 3 || text[length - 1] != ']' || strchr(text, ':') == NULL)
        return g_strdup("");
    g_autofree char *inner = g_strndup(text + 1, length - 2);
    return strchr(inner, ':') != NULL ? g_ascii_strdown(inner, -1) : g_strdup("");
}

gboolean wh_server_text_parse(const char *text, guint16 default_port, char **host, guint16 *port)
{
    const char *port_text = find_port(text);
    guint64 number = default_port;
    if (port_text != NULL &&
        !g_ascii_string_to_unsigned(port_text, 10, 1, G_MAXUINT16, &number, NULL))
        return FALSE;
    g_autofree char *name = take_host(text, port_text);
    if (!is_host(name))
        return FALSE;
    *host = g_steal_pointer(&name);
    *port = (guint16)number;
    return TRUE;
}

char *wh_server_text_origin(const char *scheme, const char *host, guint16 port,
                            guint16 default_port)
{
    gboolean literal = strchr(host, ':') != NULL;
    g_autofree char *lower = g_ascii_strdown(host, -1);
    if (port == default_port)
        return g_strdup_printf("%s://%s%s%s", scheme, literal ? "[" : "", lower,
                               literal ? "]" : "");
    return g_strdup_printf("%s://%s%s%s:%u", scheme, literal ? "[" : "", lower, literal ? "]" : "",
                           port);
}
