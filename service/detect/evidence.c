#include "service/detect/evidence.h"

#include <string.h>

GPtrArray *wh_evidence_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
}

void wh_evidence_append_copies(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, wh_observation_copy(from->pdata[i]));
}

void wh_evidence_drop_old(GPtrArray *observations, gint64 oldest)
{
    for (guint i = observations->len; i-- > 0;) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->at < oldest)
            g_ptr_array_remove_index(observations, i);
    }
}

void wh_evidence_merge(GPtrArray *observations, const GPtrArray *heard)
{
    for (guint i = 0; i < heard->len; i++) {
        const WhObservation *newer = heard->pdata[i];
        for (guint k = observations->len; k-- > 0;) {
            const WhObservation *older = observations->pdata[k];
            if (strcmp(older->source, newer->source) == 0)
                g_ptr_array_remove_index(observations, k);
        }
        g_ptr_array_add(observations, wh_observation_copy(newer));
    }
}

gboolean wh_evidence_backs(const GPtrArray *observations, const WhAddress *address, gint64 oldest)
{
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        if (observation->ok && observation->at >= oldest &&
            wh_address_equal(&observation->address, address))
            return TRUE;
    }
    return FALSE;
}
