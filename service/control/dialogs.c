#include "service/control/dialogs.h"

#define GAP WH_MINUTE
#define MAX_TRIES 3
#define MAX_PRINCIPALS 64

/* tries: principal -> Tries. */
struct WhDialogs {
    WhClock *clock;
    GHashTable *tries;
};

/* at: monotonic, when the last one began or ended. count: those that let nothing in, and the one
 * that is open. */
typedef struct {
    gint64 at;
    guint count;
    gboolean open;
} Tries;

WhDialogs *wh_dialogs_new(WhClock *clock)
{
    WhDialogs *dialogs = g_new0(WhDialogs, 1);
    dialogs->clock = clock;
    dialogs->tries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return dialogs;
}

void wh_dialogs_free(WhDialogs *dialogs)
{
    if (dialogs == NULL)
        return;
    g_hash_table_unref(dialogs->tries);
    g_free(dialogs);
}

static gboolean is_over(gpointer principal, gpointer value, gpointer now)
{
    const Tries *tries = value;
    return !tries->open && *(gint64 *)now - tries->at >= GAP;
}

gboolean wh_dialogs_begin(WhDialogs *dialogs, const char *principal)
{
    gint64 now = wh_clock_monotonic(dialogs->clock);
    g_hash_table_foreach_remove(dialogs->tries, is_over, &now);
    Tries *tries = g_hash_table_lookup(dialogs->tries, principal);
    if (tries == NULL ? g_hash_table_size(dialogs->tries) >= MAX_PRINCIPALS
                      : tries->open || tries->count >= MAX_TRIES)
        return FALSE;
    if (tries == NULL) {
        tries = g_new0(Tries, 1);
        g_hash_table_insert(dialogs->tries, g_strdup(principal), tries);
    }
    tries->open = TRUE;
    tries->at = now;
    tries->count++;
    return TRUE;
}

void wh_dialogs_end(WhDialogs *dialogs, const char *principal, gboolean let_in)
{
    Tries *tries = g_hash_table_lookup(dialogs->tries, principal);
    if (tries == NULL)
        return;
    if (let_in) {
        g_hash_table_remove(dialogs->tries, principal);
        return;
    }
    tries->open = FALSE;
    tries->at = wh_clock_monotonic(dialogs->clock);
}
