#include "service/providers/secret_text.h"

#include <string.h>

struct WhSecretText {
    char *bytes;
    gsize length;
    gsize capacity;
    GString *shown;
};

WhSecretText *wh_secret_text_new(void)
{
    WhSecretText *text = g_new0(WhSecretText, 1);
    text->shown = g_string_new(NULL);
    return text;
}

void wh_secret_text_free(WhSecretText *text)
{
    if (text == NULL)
        return;
    wh_wipe(text->bytes, text->capacity);
    g_free(text->bytes);
    g_string_free(text->shown, TRUE);
    g_free(text);
}

/* Not g_realloc(), which leaves the old bytes behind. */
static void grow(WhSecretText *text, gsize needed)
{
    gsize capacity = MAX(needed, MAX(text->capacity * 2, 256));
    char *bytes = g_malloc0(capacity);
    if (text->length > 0)
        memcpy(bytes, text->bytes, text->length);
    wh_wipe(text->bytes, text->capacity);
    g_free(text->bytes);
    text->bytes = bytes;
    text->capacity = capacity;
}

void wh_secret_text_add(WhSecretText *text, const char *bytes, gsize length, gboolean show)
{
    if (length == 0)
        return;
    if (text->length + length > text->capacity)
        grow(text, text->length + length);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    if (show)
        g_string_append_len(text->shown, bytes, (gssize)length);
}

void wh_secret_text_show(WhSecretText *text, const char *shown)
{
    g_string_append(text->shown, shown);
}

WhSecret *wh_secret_text_secret(const WhSecretText *text)
{
    return wh_secret_new(text->bytes != NULL ? text->bytes : "", (gssize)text->length);
}

char *wh_secret_text_shown(const WhSecretText *text)
{
    return g_strdup(text->shown->str);
}
