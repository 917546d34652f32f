#include "service/declared/account_id.h"

#include <string.h>

#define PREFIX "file-"
#define LONGEST 60

char *wh_account_id_of_file(const char *name)
{
    const char *dot = strrchr(name, '.');
    gsize length = dot != NULL ? (gsize)(dot - name) : strlen(name);
    gboolean telling = FALSE;
    if (length == 0 || length > LONGEST)
        return NULL;
    g_autofree char *stem = g_ascii_strdown(name, (gssize)length);
    for (char *at = stem; *at != '\0'; at++) {
        if (g_ascii_isalnum(*at))
            telling = TRUE;
        else
            *at = '-';
    }
    return telling ? g_strconcat(PREFIX, stem, NULL) : NULL;
}

gboolean wh_account_id_is_declared(const char *id)
{
    return g_str_has_prefix(id, PREFIX);
}

char *wh_account_id_of_host(const char *account, const char *name)
{
    return g_strconcat(account, ":", name, NULL);
}
