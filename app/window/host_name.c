#include "app/window/host_name.h"

#include <string.h>

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

char *wh_host_name_complete(const char *typed, const char *suffix)
{
    g_autofree char *name = bare(typed);
    if (*name == '\0' || suffix == NULL || wh_host_name_has_suffix(name, suffix))
        return g_steal_pointer(&name);
    return g_strdup_printf("%s.%s", name, suffix);
}
