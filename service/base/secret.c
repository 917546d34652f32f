#include "service/base/secret.h"

#include <string.h>

struct WhSecret {
    gatomicrefcount references;
    gsize length;
    char text[];
};

void wh_wipe(gpointer memory, gsize length)
{
    /* The compiler may not assume that the pointer still leads to memset(), and so keeps the call.
     */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;
    if (length > 0)
        overwrite(memory, 0, length);
}

void wh_wipe_free(char *text)
{
    if (text == NULL)
        return;
    wh_wipe(text, strlen(text));
    g_free(text);
}

WhSecret *wh_secret_new(const char *text, gssize length)
{
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    WhSecret *secret = g_malloc(sizeof *secret + size + 1);
    g_atomic_ref_count_init(&secret->references);
    secret->length = size;
    memcpy(secret->text, text, size);
    secret->text[size] = '\0';
    return secret;
}

WhSecret *wh_secret_ref(WhSecret *secret)
{
    g_atomic_ref_count_inc(&secret->references);
    return secret;
}

void wh_secret_unref(WhSecret *secret)
{
    if (secret == NULL || !g_atomic_ref_count_dec(&secret->references))
        return;
    wh_wipe(secret->text, secret->length);
    g_free(secret);
}

const char *wh_secret_peek(const WhSecret *secret)
{
    return secret->text;
}

gsize wh_secret_length(const WhSecret *secret)
{
    return secret->length;
}

gboolean wh_secret_equal(const WhSecret *a, const WhSecret *b)
{
    if (a->length != b->length)
        return FALSE;
    volatile guint8 difference = 0;
    for (gsize i = 0; i < a->length; i++)
        difference = (guint8)(difference | (guint8)(a->text[i] ^ b->text[i]));
    return difference == 0;
}
