#include "service/base/result.h"

#include <string.h>

static const char *const names[] = {
    [WH_RESULT_CHANGED] = "CHANGED",     [WH_RESULT_SAME] = "SAME",     [WH_RESULT_AUTH] = "AUTH",
    [WH_RESULT_HOST] = "HOST",           [WH_RESULT_PAID] = "PAID",     [WH_RESULT_AGENT] = "AGENT",
    [WH_RESULT_ABUSE] = "ABUSE",         [WH_RESULT_BADREQ] = "BADREQ", [WH_RESULT_BADIP] = "BADIP",
    [WH_RESULT_RATE] = "RATE",           [WH_RESULT_SERVER] = "SERVER", [WH_RESULT_FAIL] = "FAIL",
    [WH_RESULT_NO_ANSWER] = "NO_ANSWER", [WH_RESULT_CLOCK] = "CLOCK",
};

G_STATIC_ASSERT(G_N_ELEMENTS(names) == WH_N_RESULT_CLASSES);

const char *wh_result_class_name(WhResultClass result)
{
    return names[result];
}

gboolean wh_result_class_parse(const char *name, WhResultClass *result)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i], name) == 0) {
            *result = (WhResultClass)i;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean wh_result_class_is_success(WhResultClass result)
{
    return result == WH_RESULT_CHANGED || result == WH_RESULT_SAME;
}

WhOutcome *wh_outcome_new(WhResultClass result, const char *detail)
{
    WhOutcome *outcome = g_new0(WhOutcome, 1);
    outcome->result = result;
    outcome->detail = g_strdup(detail);
    return outcome;
}

WhOutcome *wh_outcome_copy(const WhOutcome *outcome)
{
    WhOutcome *copy = wh_outcome_new(outcome->result, outcome->detail);
    copy->retry_after = outcome->retry_after;
    return copy;
}

void wh_outcome_free(WhOutcome *outcome)
{
    if (outcome == NULL)
        return;
    g_free(outcome->detail);
    g_free(outcome);
}
