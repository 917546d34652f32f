#include "service/base/special_address.h"
#include "service/doctor/doctor_private.h"

/* Whom those outside see, when two organisations agree on it. FALSE: they do not. */
static gboolean see_from_outside(const WhVerdict *verdict, WhAddress *seen)
{
    const char *first = NULL;

    if (verdict == NULL || verdict->observations == NULL)
        return FALSE;
    for (guint i = 0; i < verdict->observations->len; i++) {
        const WhObservation *observation = verdict->observations->pdata[i];

        if (observation->kind != WH_SOURCE_OUTSIDE || !observation->ok)
            continue;
        if (first != NULL && !wh_address_equal(&observation->address, seen))
            return FALSE;
        if (first != NULL && g_strcmp0(observation->organisation, first) != 0)
            return TRUE;
        first = observation->organisation;
        *seen = observation->address;
    }
    return FALSE;
}

static void find_lie(const WhDoctorFacts *facts, GPtrArray *findings)
{
    const WhAddress *said = &facts->gateway.report.address;
    WhAddress seen;

    if (!see_from_outside(facts->lines[WH_FAMILY_IPV4].verdict, &seen) ||
        wh_address_equal(said, &seen))
        return;
    WhFinding *finding = wh_doctor_add(findings, WH_FINDING_ROUTER_LIES, WH_FINDING_WARNING);
    wh_finding_set_family(finding, WH_FAMILY_IPV4);
    wh_finding_set_address(finding, "router_says", said);
    wh_finding_set_address(finding, "internet_sees", &seen);
}

static void find_wall(WhFindingCode code, const WhAddress *address, GPtrArray *findings)
{
    WhFinding *finding = wh_doctor_add(findings, code, WH_FINDING_WARNING);

    wh_finding_set_family(finding, WH_FAMILY_IPV4);
    wh_finding_set_address(finding, "address", address);
}

/* Some routers say no address rather than one that is not public, and others do so while the line
 * is down: then nobody outside sees anything either. */
static gboolean find_unaddressed(const WhDoctorFacts *facts, GPtrArray *findings)
{
    WhAddress seen;

    if (!see_from_outside(facts->lines[WH_FAMILY_IPV4].verdict, &seen))
        return FALSE;
    wh_finding_set_family(wh_doctor_add(findings, WH_FINDING_NO_PUBLIC_IPV4, WH_FINDING_WARNING),
                          WH_FAMILY_IPV4);
    return TRUE;
}

/* What stands between the line and the internet. TRUE: something that lets nobody in. */
static gboolean find_walls(const WhDoctorFacts *facts, GPtrArray *findings)
{
    const WhFactsGateway *gateway = &facts->gateway;

    if (gateway->report.state == WH_GATEWAY_NO_ADDRESS)
        return find_unaddressed(facts, findings);
    if (gateway->report.state != WH_GATEWAY_ADDRESS)
        return FALSE;
    if (wh_special_address_is_shared(&gateway->report.address))
        find_wall(WH_FINDING_CGNAT, &gateway->report.address, findings);
    else if (wh_special_address_is_private(&gateway->report.address) &&
             !wh_facts_gateway_names_itself(gateway))
        find_wall(WH_FINDING_DOUBLE_NAT, &gateway->report.address, findings);
    else {
        find_lie(facts, findings);
        return FALSE;
    }
    return TRUE;
}

static gboolean answers(const WhFactsGateway *gateway)
{
    return gateway->report.state == WH_GATEWAY_ADDRESS ||
           gateway->report.state == WH_GATEWAY_NO_ADDRESS;
}

static void find_forwarding(const WhFactsGateway *gateway, GPtrArray *findings)
{
    if (gateway->report.state != WH_GATEWAY_ADDRESS || gateway->mappings != 0 ||
        !gateway->has_router)
        return;
    WhFinding *finding = wh_doctor_add(findings, WH_FINDING_NO_PORT_FORWARD, WH_FINDING_NOTE);
    wh_finding_set_family(finding, WH_FAMILY_IPV4);
    wh_finding_set_address(finding, "self", &gateway->self);
}

/* Of a router that had nothing to tell yet, nothing can be missed. */
static void find_telling(const WhFactsGateway *gateway, GPtrArray *findings)
{
    if (gateway->report.state == WH_GATEWAY_SILENT) {
        wh_doctor_add(findings, WH_FINDING_ROUTER_SILENT, WH_FINDING_NOTE);
    } else if (answers(gateway) && gateway->missed && !gateway->event_seen &&
               !gateway->report.announces && gateway->has_router) {
        wh_finding_set_address(
            wh_doctor_add(findings, WH_FINDING_ROUTER_EVENTS_HIDDEN, WH_FINDING_NOTE), "router",
            &gateway->router);
    }
}

/* This computer is on a line of the provider itself, without a router. TRUE: and it lets nobody in.
 */
static gboolean find_own_wall(const WhFactsLine *line, GPtrArray *findings)
{
    if (line->verdict == NULL || line->verdict->observations == NULL)
        return FALSE;
    const WhAddress *shared = wh_verdict_shared_line(line->verdict);
    if (shared != NULL)
        find_wall(WH_FINDING_CGNAT, shared, findings);
    return shared != NULL;
}

void wh_doctor_find_router(const WhDoctorFacts *facts, GPtrArray *findings)
{
    const WhFactsLine *line = &facts->lines[WH_FAMILY_IPV4];
    const WhFactsGateway *gateway = &facts->gateway;

    /* Nobody asks for what lies behind a router whose address is not needed. */
    if (!line->wanted || wh_doctor_vpn(line) != NULL || wh_doctor_says(line, WH_VERDICT_DIRECT))
        return;
    if ((!answers(gateway) && find_own_wall(line, findings)) ||
        gateway->report.state == WH_GATEWAY_NONE)
        return;
    if (!find_walls(facts, findings))
        find_forwarding(gateway, findings);
    find_telling(gateway, findings);
}
