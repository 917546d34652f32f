#include "service/net/dns_message.h"

#include <gio/gio.h>

#include <string.h>

#define MAX_NAME 253
#define MAX_LABEL 63

static gboolean is_label(const char *label, gsize length)
{
    if (length == 0 || length > MAX_LABEL)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(label[i]) && label[i] != '-' && label[i] != '_')
            return FALSE;
    return TRUE;
}

/* Length of `name` without a final dot. */
static gsize bare_length(const char *name)
{
    gsize length = strlen(name);
    return length > 0 && name[length - 1] == '.' ? length - 1 : length;
}

gboolean wh_dns_name_is_host(const char *name)
{
    gsize length = bare_length(name);
    if (length > MAX_NAME)
        return FALSE;
    guint labels = 0;
    for (const char *label = name; label <= name + length; labels++) {
        gsize size = MIN(strcspn(label, "."), (gsize)(name + length - label));
        gboolean wildcard = labels == 0 && size == 1 && *label == '*';
        if (!wildcard && !is_label(label, size))
            return FALSE;
        label += size + 1;
    }
    return labels >= 2;
}

char *wh_dns_name_normalize(const char *name)
{
    if (!g_utf8_validate(name, -1, NULL))
        return NULL;
    g_autofree char *ascii =
        g_hostname_is_non_ascii(name) ? g_hostname_to_ascii(name) : g_strdup(name);
    if (ascii == NULL || !wh_dns_name_is_host(ascii))
        return NULL;
    return g_ascii_strdown(ascii, (gssize)bare_length(ascii));
}

gboolean wh_dns_name_in_zone(const char *name, const char *zone)
{
    gsize name_length = bare_length(name);
    gsize zone_length = bare_length(zone);
    if (zone_length == 0)
        return TRUE;
    if (name_length < zone_length)
        return FALSE;
    gsize above = name_length - zone_length;
    if (g_ascii_strncasecmp(name + above, zone, zone_length) != 0)
        return FALSE;
    if (above == 0)
        return TRUE;
    /* An escaped dot is part of a label. */
    return name[above - 1] == '.' && (above < 2 || name[above - 2] != '\\');
}
