/* What a router answers to a question about its address. */
#include "service/gateway/igd_xml.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char *const names[] = {"NewExternalIPAddress", "NewConnectionStatus",
                                        "NewInternalClient", "errorCode"};
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree char *bytes = g_malloc(size + 1);
    if (size > 0)
        memcpy(bytes, data, size);
    bytes[size] = '\0';
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = wh_igd_xml_value(bytes, size, names[i]);
        g_autofree char *only = wh_igd_xml_only_value(bytes, size, names[i]);
        g_assert(only == NULL || g_strcmp0(value, only) == 0);
        g_assert(value == NULL || (strlen(value) < 128 && g_utf8_validate(value, -1, NULL)));
    }
    return 0;
}
