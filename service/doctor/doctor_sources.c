#include "service/doctor/doctor_private.h"

#define MOST_NAMED 4

static gboolean is_outside(const WhObservation *observation)
{
    return observation->kind == WH_SOURCE_OUTSIDE && observation->ok;
}

/* "Cloudflare: 203.0.113.1, ipify: 203.0.113.2"; NULL: nobody said anything. */
static char *who_said_what(const WhVerdict *verdict)
{
    GString *text = g_string_new(NULL);
    guint named = 0;

    for (guint i = 0; i < verdict->observations->len && named < MOST_NAMED; i++) {
        const WhObservation *observation = verdict->observations->pdata[i];
        char address[WH_ADDRESS_STRLEN];

        if (!observation->ok || observation->kind == WH_SOURCE_INTERFACE)
            continue;
        g_string_append_printf(text, "%s%s: %s", named++ > 0 ? ", " : "", observation->organisation,
                               wh_address_format(&observation->address, address));
    }
    return g_string_free(text, named == 0);
}

static const char *who_answered(const WhVerdict *verdict)
{
    for (guint i = 0; i < verdict->observations->len; i++) {
        const WhObservation *observation = verdict->observations->pdata[i];

        if (is_outside(observation))
            return observation->organisation;
    }
    return NULL;
}

static void find_disagreement(const WhFactsLine *line, WhFamily family, GPtrArray *findings)
{
    g_autofree char *who = who_said_what(line->verdict);

    if (who == NULL)
        return;
    WhFinding *finding = wh_doctor_add(findings, WH_FINDING_SOURCES_DISAGREE, WH_FINDING_TROUBLE);
    wh_finding_set_family(finding, family);
    wh_finding_set(finding, "who", who);
}

static void find_one_witness(const WhFactsLine *line, WhFamily family, GPtrArray *findings)
{
    const char *who = who_answered(line->verdict);

    if (who == NULL)
        return;
    WhFinding *finding = wh_doctor_add(findings, WH_FINDING_OUTSIDE_FEW, WH_FINDING_WARNING);
    wh_finding_set_family(finding, family);
    wh_finding_set(finding, "who", who);
}

void wh_doctor_find_sources(const WhDoctorFacts *facts, GPtrArray *findings)
{
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhFactsLine *line = &facts->lines[family];

        if (!line->wanted || line->verdict == NULL || line->verdict->observations == NULL)
            continue;
        if (wh_doctor_says(line, WH_VERDICT_DISAGREED))
            find_disagreement(line, family, findings);
        else if (wh_doctor_says(line, WH_VERDICT_ONE_WITNESS))
            find_one_witness(line, family, findings);
    }
}
