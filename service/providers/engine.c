#include "service/providers/engine.h"

#include <string.h>

const WhEngine *wh_engine_find(const char *name)
{
    const WhEngine *const engines[] = {wh_http_engine(), wh_rfc2136_engine()};
    for (guint i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (strcmp(engines[i]->name, name) == 0)
            return engines[i];
    }
    return NULL;
}
