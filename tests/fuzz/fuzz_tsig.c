/* Signed responses. The first octet chooses the algorithm; the rest is the response. */
#include "service/net/tsig.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const guint8 message[] = "\x12\x34\x28\0\0\1\0\0\0\0\0\0\1a\0\0\6\0\1";
    if (size == 0)
        return 0;
    g_autoptr(WhSecret) secret = wh_secret_new("AAECAwQFBgcICQoLDA0ODw==", -1);
    g_autoptr(WhTsigKey) key = wh_tsig_key_new("key", (WhTsigAlgorithm)(data[0] % 6), secret, NULL);
    g_autoptr(GBytes) request = g_bytes_new_static(message, sizeof message - 1);
    g_autoptr(WhTsigSignature) signature = NULL;
    g_bytes_unref(wh_tsig_sign(request, key, 0, &signature));
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree guint8 *response = g_memdup2(data + 1, size - 1);
    WhTsigStatus status;
    guint error_field;
    gint64 other_time;
    gboolean valid =
        wh_tsig_verify(response, size - 1, key, signature, 0, &status, &error_field, &other_time);
    /* No input can know the secret. */
    g_assert(!valid || status != WH_TSIG_GOOD);
    return 0;
}
