#include "service/doctor/doctor_private.h"

/* A record that somebody changed is set right once a day: twice in a week is no accident. */
#define MANY_HEALS 2

static WhFinding *add(GPtrArray *findings, const WhFactsRecord *record, WhFindingCode code,
                      WhFindingWeight weight)
{
    WhFinding *finding = wh_doctor_add(findings, code, weight);

    wh_finding_set_family(finding, record->family);
    finding->host = g_strdup(record->host);
    wh_finding_set(finding, "name", record->name);
    return finding;
}

static void find_changed(const WhFactsRecord *record, GPtrArray *findings)
{
    if (record->heals >= MANY_HEALS) {
        wh_finding_set_number(add(findings, record, WH_FINDING_RIVAL, WH_FINDING_TROUBLE), "times",
                              record->heals);
    } else if (record->changed) {
        WhFinding *finding = add(findings, record, WH_FINDING_CHANGED_BY_OTHER, WH_FINDING_WARNING);

        wh_finding_set_address(finding, "found", record->has_found ? &record->found : NULL);
        wh_finding_set_address(finding, "expected",
                               record->has_expected ? &record->expected : NULL);
    }
}

/* Both families of a host have the same reason: it is told once. */
static gboolean is_told(const GPtrArray *findings, const WhFactsRecord *record, WhFindingCode code)
{
    for (guint i = 0; i < findings->len; i++) {
        const WhFinding *finding = findings->pdata[i];

        if (finding->code == code && g_strcmp0(finding->host, record->host) == 0)
            return TRUE;
    }
    return FALSE;
}

static void find_reason(const WhFactsRecord *record, GPtrArray *findings)
{
    gboolean unseen = record->why == WH_AIM_DEVICE_UNSEEN;
    WhFindingCode code = unseen ? WH_FINDING_DEVICE_UNSEEN : WH_FINDING_ELSEWHERE;

    if ((!unseen && record->why != WH_AIM_ELSEWHERE) || is_told(findings, record, code))
        return;
    WhFinding *finding = add(findings, record, code, unseen ? WH_FINDING_WARNING : WH_FINDING_NOTE);
    finding->has_family = FALSE;
}

void wh_doctor_find_records(const WhDoctorFacts *facts, GPtrArray *findings)
{
    guint before = findings->len;

    for (guint i = 0; facts->records != NULL && i < facts->records->len; i++) {
        const WhFactsRecord *record = &g_array_index(facts->records, WhFactsRecord, i);

        if (findings->len - before >= WH_DOCTOR_MAX_RECORDS)
            return;
        find_changed(record, findings);
        find_reason(record, findings);
    }
}
