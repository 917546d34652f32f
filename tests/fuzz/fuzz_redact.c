/* Secret, user name and text, each up to a NUL. What comes out is valid, within its bounds and free
 * of the secret. */
#include "service/net/redact.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static char *next_part(const guint8 **data, gsize *size)
{
    gsize length = strnlen((const char *)*data, *size);
    char *part = g_strndup((const char *)*data, length);
    gsize skipped = MIN(length + 1, *size);
    *data += skipped;
    *size -= skipped;
    return part;
}

/* Whether the secret must not stand in the result: long enough to be taken out anywhere, unchanged
 * by the cleaning of control characters, and not to be put together from the mark itself. */
static gboolean is_telling(const char *secret)
{
    for (const char *at = secret; *at != '\0'; at++)
        if (!g_ascii_isprint(*at) || strchr("[]secrtSECRT", *at) != NULL)
            return FALSE;
    return strlen(secret) >= 4;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size < 2)
        return 0;
    gsize max = data[0];
    data++;
    size--;
    g_autofree char *secret = next_part(&data, &size);
    g_autofree char *user = next_part(&data, &size);
    g_autofree char *text = next_part(&data, &size);
    g_autoptr(GPtrArray) secrets = g_ptr_array_new_with_free_func((GDestroyNotify)wh_secret_unref);
    g_ptr_array_add(secrets, wh_secret_new(secret, -1));

    g_autofree char *cut = wh_redact(text, secrets, user, max);
    g_assert(strlen(cut) <= max && g_utf8_validate(cut, -1, NULL));
    g_autofree char *whole = wh_redact(text, secrets, user, G_MAXUINT32);
    g_assert(g_utf8_validate(whole, -1, NULL));
    g_assert(!is_telling(secret) || strstr(whole, secret) == NULL);
    return 0;
}
