#include "service/wiring/doctor_facts.h"

/* So many names are told one by one. */
#define MOST_NAMES 3

static gboolean has_route(WhService *service, WhFamily family)
{
    const WhAddressSnapshot *snapshot;

    /* Where addresses cannot be read, that is told elsewhere. */
    if (service->monitor == NULL)
        return TRUE;
    snapshot = wh_address_monitor_snapshot(service->monitor);
    return snapshot->route[family].interface != 0;
}

/* Those of this computer's line that nobody paused. */
static char *list_names(WhService *service, WhFamily family)
{
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);
    GString *text = g_string_new(NULL);
    guint count = 0;

    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = g_ptr_array_index(hosts, i);

        if (host->paused || !host->wants[family] || !wh_host_needs_public(host, family))
            continue;
        if (count++ < MOST_NAMES)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", host->name);
    }
    if (count > MOST_NAMES)
        g_string_append_printf(text, " (+%u)", count - MOST_NAMES);
    return g_string_free(text, FALSE);
}

static void gather_line(WhDoctorFolder *folder, WhService *service, WhFamily family)
{
    WhFactsLine *line = &folder->facts.lines[family];

    folder->names[family] = list_names(service, family);
    line->route = has_route(service, family);
    line->wanted = service->wanted[family] && !wh_keeper_is_paused(service->keeper);
    line->names = folder->names[family];
    line->verdict = wh_detector_verdict(service->detector, family);
}

/* What the servers hold instead; they all hold the same. */
static void take_found(WhFactsRecord *record, const WhProof *proof)
{
    for (guint i = 0; i < proof->witnesses->len; i++) {
        const WhWitness *witness = g_ptr_array_index(proof->witnesses, i);

        if (witness->kind != WH_WITNESS_ANSWERED || witness->addresses->len == 0)
            continue;
        record->has_found = TRUE;
        record->found = g_array_index(witness->addresses, WhAddress, 0);
        return;
    }
}

/* A record that was never proven since its last update may only lag. */
static void take_change(WhFactsRecord *record, const WhRecordView *view)
{
    if (view->proof == NULL || view->proven_at == 0 || view->acknowledged == NULL ||
        !wh_proof_is_clear_difference(view->proof))
        return;
    record->changed = TRUE;
    record->has_expected = TRUE;
    record->expected = *view->acknowledged;
    take_found(record, view->proof);
}

static gboolean is_worth_telling(const WhFactsRecord *record)
{
    return record->why != WH_AIM_KNOWN || record->changed || record->heals > 0 ||
           record->unanswered;
}

static void gather_record(WhDoctorFolder *folder, WhService *service, WhHeals *heals,
                          const WhHost *host, WhFamily family)
{
    WhFactsRecord record = {.host = host->id, .name = host->name, .family = family};
    gint64 now = wh_clock_wall(service->clock);
    WhRecordView view;

    if (!wh_keeper_view(service->keeper, host->id, family, &view))
        return;
    record.why = view.status == WH_RECORD_NO_ADDRESS ? view.why : WH_AIM_KNOWN;
    record.unanswered = view.status == WH_RECORD_WAITING && view.result == WH_RESULT_NO_ANSWER;
    record.heals = wh_heals_count(heals, host->id, family, now - 7 * WH_DAY);
    record.changed = wh_heals_count(heals, host->id, family, now - WH_DAY) > 0;
    take_change(&record, &view);
    folder->unanswered = folder->unanswered || record.unanswered;
    if (is_worth_telling(&record))
        g_array_append_val(folder->records, record);
}

void wh_doctor_folder_gather(WhDoctorFolder *folder, WhService *service, WhHeals *heals)
{
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);

    *folder = (WhDoctorFolder){.unanswered = FALSE};
    folder->records = g_array_new(FALSE, FALSE, sizeof(WhFactsRecord));
    folder->facts.records = folder->records;
    folder->facts.gateway.mappings = -1;
    wh_home_router_tell(service->home_router, &folder->facts.gateway);
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        gather_line(folder, service, family);
        for (guint i = 0; i < hosts->len; i++) {
            const WhHost *host = g_ptr_array_index(hosts, i);

            if (!host->paused)
                gather_record(folder, service, heals, host, family);
        }
    }
}

void wh_doctor_folder_clear(WhDoctorFolder *folder)
{
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        g_clear_pointer(&folder->names[family], g_free);
    g_clear_pointer(&folder->records, g_array_unref);
}

static gboolean is_reason(const WhDoctorFolder *folder, WhFamily family, WhVerdictReason reason)
{
    const WhFactsLine *line = &folder->facts.lines[family];

    return line->wanted && line->route && line->verdict->reason == reason;
}

static gboolean is_any_reason(const WhDoctorFolder *folder, WhVerdictReason reason)
{
    return is_reason(folder, WH_FAMILY_IPV4, reason) || is_reason(folder, WH_FAMILY_IPV6, reason);
}

WhReopeningLine wh_doctor_folder_voices(const WhDoctorFolder *folder)
{
    if (is_any_reason(folder, WH_VERDICT_SILENT) || is_any_reason(folder, WH_VERDICT_ONE_WITNESS) ||
        is_any_reason(folder, WH_VERDICT_DISAGREED))
        return WH_REOPENING_IN_VAIN;
    return is_any_reason(folder, WH_VERDICT_ASKING) ? WH_REOPENING_ASKING : WH_REOPENING_SETTLED;
}

gboolean wh_doctor_folder_is_worrying(const WhDoctorFolder *folder)
{
    return folder->unanswered || wh_doctor_folder_voices(folder) == WH_REOPENING_IN_VAIN;
}

gboolean wh_doctor_folder_is_asking(const WhDoctorFolder *folder)
{
    const WhFactsGateway *gateway = &folder->facts.gateway;
    const WhFactsLine *line = &folder->facts.lines[WH_FAMILY_IPV4];

    /* Of no concern, the router is not asked and stays unheard. */
    return (gateway->report.state == WH_GATEWAY_ASKING && line->wanted &&
            wh_home_router_concerns(line->verdict)) ||
           is_any_reason(folder, WH_VERDICT_ASKING);
}
