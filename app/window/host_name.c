#include "app/window/host_name.h"

#include <gio/gio.h>
#include <string.h>

#define LONGEST_NAME 253
#define LONGEST_LABEL 63

gboolean wh_host_name_has_suffix(const char *typed, const char *suffix)
{
    gsize length = strlen(typed);
    gsize end = strlen(suffix);
    if (length < end || g_ascii_strcasecmp(typed + length - end, suffix) != 0)
        return FALSE;
    return length == end || typed[length - end - 1] == '.';
}

/* Without what a browser's address has around the name. */
static char *bare(const char *typed)
{
    const char *scheme = strstr(typed, "://");
    const char *start = scheme != NULL ? scheme + 3 : typed;
    char *name = g_strndup(start, strcspn(start, "/?#"));
    g_strstrip(name);
    gsize length = strlen(name);
    while (length > 0 && name[length - 1] == '.')
        name[--length] = '\0';
    return name;
}

static gboolean is_label(const char *label)
{
    gsize length = strlen(label);
    if (length == 0 || length > LONGEST_LABEL || label[0] == '-' || label[length - 1] == '-')
        return FALSE;
    for (const char *at = label; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && *at != '-' && *at != '_')
            return FALSE;
    return TRUE;
}

gboolean wh_host_name_is_possible(const char *name)
{
    g_autofree char *ascii =
        g_hostname_is_non_ascii(name) ? g_hostname_to_ascii(name) : g_strdup(name);
    if (ascii == NULL || strlen(ascii) > LONGEST_NAME || g_hostname_is_ip_address(ascii))
        return FALSE;
    g_auto(GStrv) labels = g_strsplit(ascii, ".", -1);
    for (guint i = 0; labels[i] != NULL; i++)
        if (!is_label(labels[i]) && (i > 0 || strcmp(labels[i], "*") != 0))
            return FALSE;
    return g_strv_length(labels) >= 2;
}

char *wh_host_name_complete(const char *typed, const char *suffix)
{
    g_autofree char *name = bare(typed);
    if (*name == '\0' || suffix == NULL || wh_host_name_has_suffix(name, suffix))
        return g_steal_pointer(&name);
    return g_strdup_printf("%s.%s", name, suffix);
}
