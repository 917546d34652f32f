#include "service/doctor/heals.h"

#include "service/base/clock.h"

#define KEPT (7 * WH_DAY)

/* A few for each of very many records. */
#define MOST 4000

typedef struct {
    char *host;
    WhFamily family;
    gint64 at;
} Heal;

struct WhHeals {
    GArray *heals;
};

static void heal_clear(gpointer data)
{
    g_free(((Heal *)data)->host);
}

WhHeals *wh_heals_new(void)
{
    WhHeals *heals = g_new0(WhHeals, 1);

    heals->heals = g_array_new(FALSE, FALSE, sizeof(Heal));
    g_array_set_clear_func(heals->heals, heal_clear);
    return heals;
}

void wh_heals_free(WhHeals *heals)
{
    if (heals == NULL)
        return;
    g_array_unref(heals->heals);
    g_free(heals);
}

void wh_heals_take(WhHeals *heals, const char *host, WhFamily family, gint64 at)
{
    Heal heal = {.host = g_strdup(host), .family = family, .at = at};

    for (guint i = heals->heals->len; i > 0; i--)
        if (g_array_index(heals->heals, Heal, i - 1).at < at - KEPT)
            g_array_remove_index(heals->heals, i - 1);
    if (heals->heals->len >= MOST)
        g_array_remove_index(heals->heals, 0);
    g_array_append_val(heals->heals, heal);
}

guint wh_heals_count(WhHeals *heals, const char *host, WhFamily family, gint64 since)
{
    guint count = 0;

    for (guint i = 0; i < heals->heals->len; i++) {
        const Heal *heal = &g_array_index(heals->heals, Heal, i);

        count += heal->at >= since && heal->family == family && g_str_equal(heal->host, host);
    }
    return count;
}
