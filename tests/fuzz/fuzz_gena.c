/* What comes through the door for the router's events. */
#include "service/gateway/gena_request.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size == 0)
        return 0;
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree char *bytes = g_memdup2(data, size);
    g_autofree char *text = g_strndup((const char *)data, size);
    gsize length = wh_gena_head_length(bytes, size);
    g_autofree char *sid = NULL;
    g_assert(length <= size);
    guint status = wh_gena_request_read(bytes, length, "/0123", &sid);
    g_assert((status == 200) == (sid != NULL));
    g_assert(sid == NULL || wh_gena_sid_is_right(sid));
    gint64 timeout = wh_gena_timeout_read(text);
    g_assert(timeout >= 20 * WH_SECOND && timeout <= WH_DAY);
    return 0;
}
