#include "service/base/line_gate.h"

#include "service/base/bucket.h"
#include "service/base/clock.h"

#define BURST 10
#define REFILL (10 * WH_MINUTE)

/* Past so many, which no service keeps names enough for, all are forgotten. */
#define MOST_SUBJECTS 20000

typedef struct {
    WhBucket bucket;
    guint left_out;
} Subject;

struct WhLineGate {
    GHashTable *subjects; /* what a line is about -> Subject */
};

WhLineGate *wh_line_gate_new(void)
{
    WhLineGate *gate = g_new0(WhLineGate, 1);

    gate->subjects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return gate;
}

void wh_line_gate_free(WhLineGate *gate)
{
    if (gate == NULL)
        return;
    g_hash_table_unref(gate->subjects);
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

static Subject *find(WhLineGate *gate, const WhLine *line, gint64 now)
{
    g_autofree char *key = describe(line);
    Subject *subject = g_hash_table_lookup(gate->subjects, key);

    if (subject != NULL)
        return subject;
    if (g_hash_table_size(gate->subjects) >= MOST_SUBJECTS)
        g_hash_table_remove_all(gate->subjects);
    subject = g_new0(Subject, 1);
    subject->bucket = wh_bucket_new(BURST, REFILL, now);
    g_hash_table_insert(gate->subjects, g_steal_pointer(&key), subject);
    return subject;
}

gboolean wh_line_gate_lets(WhLineGate *gate, const WhLine *line, gint64 now, guint *left_out)
{
    Subject *subject = find(gate, line, now);

    if (!wh_bucket_take(&subject->bucket, now)) {
        subject->left_out++;
        return FALSE;
    }
    *left_out = subject->left_out;
    subject->left_out = 0;
    return TRUE;
}
