/* What a router says about itself. */
#include "service/gateway/igd_description.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check(const WhIgdDescription *description)
{
    g_assert(description->n_services <= G_N_ELEMENTS(description->services));
    g_assert(description->n_services > 0 || description->strays);
    for (guint i = 0; i < description->n_services; i++) {
        const WhIgdService *service = &description->services[i];
        g_assert(g_str_has_prefix(service->control, "http://192.168.1.1:"));
        g_assert(service->events == NULL ||
                 g_str_has_prefix(service->events, "http://192.168.1.1:"));
        g_assert(strpbrk(service->type, "<>&\"' \r\n") == NULL);
    }
    g_assert(description->model == NULL || g_utf8_strlen(description->model, -1) <= 64);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    WhAddress router;
    gboolean parsed = wh_address_parse("192.168.1.1", &router);
    g_assert(parsed);
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree char *bytes = g_malloc(size + 1);
    if (size > 0)
        memcpy(bytes, data, size);
    bytes[size] = '\0';
    g_autoptr(WhIgdDescription) description =
        wh_igd_description_read(bytes, size, "http://192.168.1.1:5000/d.xml", &router);
    if (description != NULL)
        check(description);
    return 0;
}
