#include "service/gateway/igd_xml.h"

#include <miniupnpc/upnpreplyparse.h>

#include <string.h>

/* The ampersand is last, so that nothing is decoded twice. */
static const struct {
    const char *entity;
    const char *text;
} entities[] = {
    {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"},
};

char *wh_igd_xml_decode(const char *text)
{
    GString *decoded = g_string_new(text);
    for (guint i = 0; i < G_N_ELEMENTS(entities); i++)
        g_string_replace(decoded, entities[i].entity, entities[i].text, 0);
    return g_string_free(decoded, FALSE);
}

static gboolean is_clean(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL))
        return FALSE;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        if (!g_unichar_isprint(g_utf8_get_char(at)))
            return FALSE;
    return TRUE;
}

/* How long a value is that may have been cut. */
#define CUT (sizeof((struct NameValue *)NULL)->value - 1)

/* A value that was cut within a character ends before it. */
static void end_whole(char *text)
{
    const char *end;
    if (strlen(text) == CUT && !g_utf8_validate(text, -1, &end) && strlen(end) < 4)
        text[end - text] = '\0';
}

/* The first value as it stands there, or NULL; *count: how many there are. */
static char *find(const char *bytes, gsize length, const char *name, guint *count)
{
    struct NameValueParserData data;
    const char *found = NULL;
    g_return_val_if_fail(length <= G_MAXINT, NULL);
    ParseNameValue(bytes, (int)length, &data);
    /* The list begins with what came last. */
    for (struct NameValue *at = data.l_head; at != NULL; at = at->l_next) {
        if (strcmp(at->name, name) != 0)
            continue;
        found = at->value;
        ++*count;
    }
    char *value = g_strdup(found);
    ClearNameValueList(&data);
    return value;
}

static char *finish(char *value)
{
    end_whole(value);
    g_autofree char *decoded = wh_igd_xml_decode(value);
    return is_clean(decoded) ? g_steal_pointer(&decoded) : NULL;
}

char *wh_igd_xml_value(const char *bytes, gsize length, const char *name)
{
    guint count = 0;
    g_autofree char *value = find(bytes, length, name, &count);
    return value == NULL ? NULL : finish(value);
}

char *wh_igd_xml_only_value(const char *bytes, gsize length, const char *name)
{
    guint count = 0;
    g_autofree char *value = find(bytes, length, name, &count);
    return count != 1 || strlen(value) >= CUT ? NULL : finish(value);
}
