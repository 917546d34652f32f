#include "service/doctor/doctor_private.h"

static void free_finding(gpointer data)
{
    wh_finding_free(data);
}

WhFinding *wh_doctor_add(GPtrArray *findings, WhFindingCode code, WhFindingWeight weight)
{
    WhFinding *finding = wh_finding_new(code, weight);

    g_ptr_array_add(findings, finding);
    return finding;
}

gboolean wh_doctor_says(const WhFactsLine *line, WhVerdictReason reason)
{
    return line->verdict != NULL && line->verdict->reason == reason;
}

const char *wh_doctor_vpn(const WhFactsLine *line)
{
    if (line->verdict == NULL || line->verdict->vpn_choice == WH_VPN_LINE)
        return NULL;
    return *line->verdict->vpn != '\0' ? line->verdict->vpn : NULL;
}

static void find_sleep(const WhDoctorFacts *facts, GPtrArray *findings)
{
    gboolean wanted = facts->lines[WH_FAMILY_IPV4].wanted || facts->lines[WH_FAMILY_IPV6].wanted;

    if (facts->sleep_minutes == 0 || !wanted)
        return;
    wh_finding_set_number(wh_doctor_add(findings, WH_FINDING_SLEEPS, WH_FINDING_WARNING), "minutes",
                          facts->sleep_minutes);
}

static int by_weight(gconstpointer a, gconstpointer b)
{
    const WhFinding *first = *(const WhFinding *const *)a;
    const WhFinding *second = *(const WhFinding *const *)b;

    if (first->weight != second->weight)
        return second->weight > first->weight ? 1 : -1;
    if (first->code != second->code)
        return first->code > second->code ? 1 : -1;
    return g_strcmp0(first->host, second->host);
}

GPtrArray *wh_doctor_find(const WhDoctorFacts *facts)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func(free_finding);

    wh_doctor_find_line(facts, findings);
    if (!wh_doctor_is_cut_off(facts)) {
        wh_doctor_find_sources(facts, findings);
        wh_doctor_find_router(facts, findings);
    }
    find_sleep(facts, findings);
    wh_doctor_find_records(facts, findings);
    g_ptr_array_sort(findings, by_weight);
    return findings;
}
