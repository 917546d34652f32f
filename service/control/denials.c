#include "service/control/denials.h"

#include "service/base/log.h"

#define GAP WH_MINUTE
#define MAX_PRINCIPALS 64

/* told: principal -> gint64, monotonic, when the log heard of it. */
struct WhDenials {
    WhClock *clock;
    GHashTable *told;
};

WhDenials *wh_denials_new(WhClock *clock)
{
    WhDenials *denials = g_new0(WhDenials, 1);
    denials->clock = clock;
    denials->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return denials;
}

void wh_denials_free(WhDenials *denials)
{
    if (denials == NULL)
        return;
    g_hash_table_unref(denials->told);
    g_free(denials);
}

static gboolean is_over(gpointer principal, gpointer at, gpointer now)
{
    return *(gint64 *)now - *(gint64 *)at >= GAP;
}

static void log_denial(const WhPeer *peer, const char *method)
{
    WhLine *line = wh_line_new(WH_LOG_DENIED);
    wh_line_set(line, WH_LOG_FIELD_PRINCIPAL, peer->principal);
    wh_line_set(line, WH_LOG_FIELD_METHOD, method);
    wh_line_say(line, "%s (process %" G_GINT64_FORMAT ") may not call %s", peer->principal,
                peer->pid, method != NULL ? method : "what does not exist");
    wh_line_write(line);
}

void wh_denials_note(WhDenials *denials, const WhPeer *peer, const char *method)
{
    gint64 now = wh_clock_monotonic(denials->clock);
    g_hash_table_foreach_remove(denials->told, is_over, &now);
    if (g_hash_table_contains(denials->told, peer->principal) ||
        g_hash_table_size(denials->told) >= MAX_PRINCIPALS)
        return;
    g_hash_table_insert(denials->told, g_strdup(peer->principal), g_memdup2(&now, sizeof now));
    log_denial(peer, method);
}
