#include "service/gateway/igd_ssdp.h"

#include "service/gateway/head_line.h"

#include <string.h>

#define GATEWAY "urn:schemas-upnp-org:device:InternetGatewayDevice:"

/* MX: a device waits up to so many seconds, by chance, so that not all answer at once. */
char *wh_igd_ssdp_question(guint kind, const char *host)
{
    return g_strdup_printf("M-SEARCH * HTTP/1.1\r\n"
                           "HOST: %s\r\n"
                           "MAN: \"ssdp:discover\"\r\n"
                           "MX: 1\r\n"
                           "ST: " GATEWAY "%u\r\n"
                           "\r\n",
                           host, kind + 1);
}

/* "HTTP/1.1 200 OK" */
static gboolean is_success(const char *line)
{
    return g_str_has_prefix(line, "HTTP/1.") && strlen(line) >= strlen("HTTP/1.1 200") &&
           strncmp(line + strlen("HTTP/1.1"), " 200", strlen(" 200")) == 0;
}

char *wh_igd_ssdp_read(const char *bytes, gsize length)
{
    if (length > WH_IGD_SSDP_MOST || memchr(bytes, '\0', length) != NULL)
        return NULL;
    g_autofree char *text = g_strndup(bytes, length);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (lines[0] == NULL || !is_success(lines[0]))
        return NULL;
    const char *location = NULL;
    gboolean is_gateway = FALSE;
    for (guint i = 1; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        const char *kind = wh_head_line_value(lines[i], "ST");
        const char *place = wh_head_line_value(lines[i], "LOCATION");
        if (kind != NULL)
            is_gateway = g_str_has_prefix(kind, GATEWAY);
        if (place != NULL)
            location = place;
    }
    return is_gateway && location != NULL ? g_strdup(location) : NULL;
}
