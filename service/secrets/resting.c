#include "service/secrets/resting.h"

#include <jansson.h>
#include <string.h>

#define SEALED "wayhome-sealed 1\n"
#define MARKER "wayhome-away 1\n"

#define LONGEST_MARKER (8 * 1024)

static gboolean begins(const char *bytes, gsize length, const char *head, gsize *body)
{
    gsize size = strlen(head);
    if (length < size || memcmp(bytes, head, size) != 0)
        return FALSE;
    *body = size;
    return TRUE;
}

WhRestingKind wh_resting_kind(const char *bytes, gsize length, gsize *body)
{
    *body = 0;
    if (begins(bytes, length, SEALED, body))
        return WH_RESTING_SEALED;
    if (begins(bytes, length, MARKER, body))
        return WH_RESTING_MARKER;
    return WH_RESTING_PLAIN;
}

char *wh_resting_sealed(const char *text)
{
    return g_strconcat(SEALED, text, NULL);
}

char *wh_resting_marker(const WhVaultBinding *binding, const char *field)
{
    json_t *object = json_pack("{s:s, s:s, s:s*, s:s*}", "account", binding->account, "field",
                               field, "provider", binding->provider, "endpoint", binding->endpoint);
    char *marker = g_malloc0(sizeof MARKER + LONGEST_MARKER);
    gsize head = strlen(MARKER);
    memcpy(marker, MARKER, head);
    if (object != NULL &&
        json_dumpb(object, marker + head, LONGEST_MARKER, JSON_COMPACT) > LONGEST_MARKER)
        marker[head] = '\0';
    json_decref(object);
    return marker;
}

static const char *member(json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

gboolean wh_resting_open_marker(const char *bytes, gsize length, const char *account,
                                const char *field, char **provider, char **endpoint)
{
    json_t *object =
        length <= LONGEST_MARKER ? json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    gboolean whole = g_strcmp0(member(object, "account"), account) == 0 &&
                     g_strcmp0(member(object, "field"), field) == 0;
    if (whole) {
        *provider = g_strdup(member(object, "provider"));
        *endpoint = g_strdup(member(object, "endpoint"));
    }
    json_decref(object);
    return whole;
}
