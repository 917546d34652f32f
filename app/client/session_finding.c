#include "app/client/session_finding.h"

#include "app/client/sentences_private.h"
#include "platform/sleep_plan.h"
#include "service/protocol/finding_text.h"
#include "service/protocol/message.h"

#include <string.h>

#define SLEEPS "sleeps"

static const char *value_of(const char *name, gpointer values)
{
    return json_string_value(json_object_get(values, name));
}

json_t *wh_session_finding_sleeps(void)
{
    WhSleepPlan plan = {0};
    if (!wh_sleep_plan_read_session(&plan, NULL) || plan.minutes == 0)
        return NULL;
    g_autofree char *minutes = g_strdup_printf("%u", plan.minutes);
    g_autoptr(json_t) values = json_pack("{s:s}", "minutes", minutes);
    g_autofree char *sentence =
        wh_finding_text_fill(wh_finding_text_sentence(SLEEPS), value_of, values);
    g_autofree char *step = wh_finding_text_fill(wh_finding_text_step(SLEEPS), value_of, values);
    return json_pack("{s:s, s:s, s:O, s:s, s:s, s:b}", "code", SLEEPS, "weight", "warning",
                     "values", values, "sentence", sentence, "step", step, "session", TRUE);
}

/* The greater, the sooner it is told. */
static int weight_of(json_t *finding)
{
    static const char *const weights[] = {"note", "warning", "trouble"};
    const char *weight = wh_sentences_text(finding, "weight");
    int i = (int)G_N_ELEMENTS(weights) - 1;
    while (i > 0 && strcmp(weights[i], weight) != 0)
        i--;
    return i;
}

static gboolean tells_the_same(json_t *findings, json_t *own)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (strcmp(wh_sentences_text(finding, "code"), wh_sentences_text(own, "code")) == 0)
            return TRUE;
    }
    return FALSE;
}

json_t *wh_session_finding_join(json_t *findings, json_t *own)
{
    json_t *all = json_is_array(findings) ? json_copy(findings) : json_array();
    size_t place = 0;
    if (own == NULL || tells_the_same(all, own))
        return all;
    while (place < json_array_size(all) && weight_of(json_array_get(all, place)) >= weight_of(own))
        place++;
    json_array_insert(all, place, own);
    return all;
}
