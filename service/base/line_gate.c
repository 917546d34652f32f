#include "service/base/line_gate.h"

#include "service/base/clock.h"

#define BURST 10
#define REFILL (10 * WH_MINUTE)

/* Past so many, which no service keeps names enough for, all are forgotten. */
#define MOST_BUCKETS 20000

/* at: since when `tokens` are there. */
typedef struct {
    guint tokens;
    guint left_out;
    gint64 at;
} Bucket;

struct WhLineGate {
    GHashTable *buckets; /* what a line is about -> Bucket */
};

WhLineGate *wh_line_gate_new(void)
{
    WhLineGate *gate = g_new0(WhLineGate, 1);

    gate->buckets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return gate;
}

void wh_line_gate_free(WhLineGate *gate)
{
    if (gate == NULL)
        return;
    g_hash_table_unref(gate->buckets);
    g_free(gate);
}

static const char *field(const WhLine *line, const char *name)
{
    const char *value = wh_line_field(line, name);

    return value != NULL ? value : "";
}

static char *describe(const WhLine *line)
{
    return g_strdup_printf("%d %s %s %s %s %s", wh_line_kind(line), field(line, WH_LOG_FIELD_HOST),
                           field(line, WH_LOG_FIELD_FAMILY), field(line, WH_LOG_FIELD_ACCOUNT),
                           field(line, WH_LOG_FIELD_NOTICE), field(line, WH_LOG_FIELD_PRINCIPAL));
}

static Bucket *find(WhLineGate *gate, const WhLine *line, gint64 now)
{
    g_autofree char *key = describe(line);
    Bucket *bucket = g_hash_table_lookup(gate->buckets, key);

    if (bucket != NULL)
        return bucket;
    if (g_hash_table_size(gate->buckets) >= MOST_BUCKETS)
        g_hash_table_remove_all(gate->buckets);
    bucket = g_new0(Bucket, 1);
    *bucket = (Bucket){.tokens = BURST, .at = now};
    g_hash_table_insert(gate->buckets, g_steal_pointer(&key), bucket);
    return bucket;
}

static void refill(Bucket *bucket, gint64 now)
{
    gint64 more = (now - bucket->at) / REFILL;

    if (bucket->tokens + more >= BURST) {
        bucket->tokens = BURST;
        bucket->at = now;
    } else {
        bucket->tokens += (guint)more;
        bucket->at += more * REFILL;
    }
}

gboolean wh_line_gate_lets(WhLineGate *gate, const WhLine *line, gint64 now, guint *left_out)
{
    Bucket *bucket = find(gate, line, now);

    refill(bucket, now);
    if (bucket->tokens == 0) {
        bucket->left_out++;
        return FALSE;
    }
    bucket->tokens--;
    *left_out = bucket->left_out;
    bucket->left_out = 0;
    return TRUE;
}
