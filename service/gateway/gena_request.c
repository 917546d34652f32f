#include "service/gateway/gena_request.h"

#include "service/gateway/head_line.h"

#include <string.h>

#define USUAL_TIMEOUT (30 * WH_MINUTE)
#define LEAST_TIMEOUT (20 * WH_SECOND)
#define MOST_TIMEOUT WH_DAY

#define MAX_HEADERS 64

#define OK 200
#define BAD_REQUEST 400
#define NOT_FOUND 404
#define NOT_ALLOWED 405
#define PRECONDITION_FAILED 412

typedef struct {
    const char *nt;
    const char *nts;
    const char *sid;
} Fields;

gsize wh_gena_head_length(const char *bytes, gsize length)
{
    for (gsize i = 1; i < length; i++) {
        if (bytes[i] != '\n')
            continue;
        if (bytes[i - 1] == '\n' || (i >= 2 && bytes[i - 1] == '\r' && bytes[i - 2] == '\n'))
            return i + 1;
    }
    return 0;
}

gboolean wh_gena_sid_is_right(const char *sid)
{
    gsize length = strlen(sid);
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isgraph(sid[i]))
            return FALSE;
    return length > 0 && length <= WH_GENA_SID_MOST;
}

/* "NOTIFY /path HTTP/1.1" */
static guint examine_first(const char *line, const char *path)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 4);
    if (g_strv_length(words) != 3 || !g_str_has_prefix(words[2], "HTTP/1."))
        return BAD_REQUEST;
    if (strcmp(words[0], "NOTIFY") != 0)
        return NOT_ALLOWED;
    return strcmp(words[1], path) == 0 ? OK : NOT_FOUND;
}

/* Of several the first counts. */
static void keep(const char **kept, const char *name, const char *line)
{
    if (*kept == NULL)
        *kept = wh_head_line_value(line, name);
}

static guint examine_fields(const Fields *fields)
{
    if (fields->nt == NULL || fields->nts == NULL)
        return BAD_REQUEST;
    if (g_ascii_strcasecmp(fields->nt, "upnp:event") != 0 ||
        g_ascii_strcasecmp(fields->nts, "upnp:propchange") != 0 || fields->sid == NULL ||
        !wh_gena_sid_is_right(fields->sid))
        return PRECONDITION_FAILED;
    return OK;
}

guint wh_gena_request_read(const char *head, gsize length, const char *path, char **sid)
{
    if (length > WH_GENA_HEAD_MOST || memchr(head, '\0', length) != NULL)
        return BAD_REQUEST;
    g_autofree char *text = g_strndup(head, length);
    g_auto(GStrv) lines = g_strsplit(text, "\n", MAX_HEADERS);
    Fields fields = {0};
    if (lines[0] == NULL)
        return BAD_REQUEST;
    guint status = examine_first(g_strchomp(lines[0]), path);
    if (status != OK)
        return status;
    for (guint i = 1; lines[i] != NULL && i < MAX_HEADERS - 1; i++) {
        g_strchomp(lines[i]);
        keep(&fields.nt, "NT", lines[i]);
        keep(&fields.nts, "NTS", lines[i]);
        keep(&fields.sid, "SID", lines[i]);
    }
    status = examine_fields(&fields);
    if (status == OK)
        *sid = g_strdup(fields.sid);
    return status;
}

gint64 wh_gena_timeout_read(const char *value)
{
    guint64 seconds;
    if (value == NULL || g_ascii_strncasecmp(value, "Second-", strlen("Second-")) != 0 ||
        !g_ascii_string_to_unsigned(value + strlen("Second-"), 10, 0, G_MAXUINT32, &seconds, NULL))
        return USUAL_TIMEOUT;
    return CLAMP((gint64)seconds * WH_SECOND, LEAST_TIMEOUT, MOST_TIMEOUT);
}
