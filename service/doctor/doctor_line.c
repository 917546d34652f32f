#include "service/doctor/doctor_private.h"

static gboolean has_network(const WhDoctorFacts *facts)
{
    return facts->lines[WH_FAMILY_IPV4].route || facts->lines[WH_FAMILY_IPV6].route;
}

/* A provider that cannot be reached tells of the line only together with others. */
static gboolean is_a_provider_silent(const WhDoctorFacts *facts)
{
    for (guint i = 0; facts->records != NULL && i < facts->records->len; i++)
        if (g_array_index(facts->records, WhFactsRecord, i).unanswered)
            return TRUE;
    return FALSE;
}

/* Whoever was asked about the line, over each family that has a route, stays silent. */
static gboolean are_sources_silent(const WhDoctorFacts *facts)
{
    gboolean silent = FALSE;

    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhFactsLine *line = &facts->lines[family];

        if (!line->route || !line->wanted || wh_doctor_vpn(line) != NULL)
            continue;
        if (!wh_doctor_says(line, WH_VERDICT_SILENT))
            return FALSE;
        silent = TRUE;
    }
    return silent;
}

static gboolean is_offline(const WhDoctorFacts *facts)
{
    gboolean pages_silent = facts->probes.web == WH_FACTS_WEB_SILENT;

    if (facts->probes.web == WH_FACTS_WEB_FREE || facts->probes.names == WH_FACTS_NAMES_BROKEN)
        return FALSE;
    return are_sources_silent(facts) || (pages_silent && is_a_provider_silent(facts)) ||
           (pages_silent && facts->probes.names == WH_FACTS_NAMES_SILENT);
}

gboolean wh_doctor_is_cut_off(const WhDoctorFacts *facts)
{
    return !has_network(facts) || facts->probes.web == WH_FACTS_WEB_PORTAL ||
           facts->probes.names == WH_FACTS_NAMES_BROKEN || is_offline(facts);
}

/* The tunnel that the probes went through in vain. Where those who were asked past it are silent,
 * too, it is the line below it that is dead. */
static const char *name_dead_vpn(const WhDoctorFacts *facts)
{
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhVerdict *verdict = facts->lines[family].verdict;

        if (verdict != NULL && *verdict->vpn != '\0' &&
            !(verdict->vpn_choice == WH_VPN_LINE && verdict->reason == WH_VERDICT_SILENT))
            return verdict->vpn;
    }
    return NULL;
}

/* A router that is restarted mends no VPN. */
static void find_silence(const WhDoctorFacts *facts, GPtrArray *findings)
{
    const char *vpn = name_dead_vpn(facts);

    if (vpn != NULL)
        wh_finding_set(wh_doctor_add(findings, WH_FINDING_VPN_SILENT, WH_FINDING_TROUBLE), "tunnel",
                       vpn);
    else
        wh_doctor_add(findings, WH_FINDING_OFFLINE, WH_FINDING_TROUBLE);
}

/* Of several reasons why nobody is reached, the one that a person meets first. */
static void find_way_out(const WhDoctorFacts *facts, GPtrArray *findings)
{
    const WhFindingWeight weight = WH_FINDING_TROUBLE;

    if (!has_network(facts))
        wh_doctor_add(findings, WH_FINDING_NO_NETWORK, weight);
    else if (facts->probes.web == WH_FACTS_WEB_PORTAL)
        wh_doctor_add(findings, WH_FINDING_CAPTIVE_PORTAL, weight);
    else if (facts->probes.names == WH_FACTS_NAMES_BROKEN)
        wh_finding_set(wh_doctor_add(findings, WH_FINDING_DNS_BROKEN, weight), "server",
                       facts->probes.name_server);
    else if (is_offline(facts))
        find_silence(facts, findings);
}

/* "3 d 4 h", "2 h 10 min", "7 min": signs that need no translation. */
static char *spell_span(gint64 span)
{
    gint64 minutes = (ABS(span) + G_TIME_SPAN_MINUTE / 2) / G_TIME_SPAN_MINUTE;
    gint64 hours = minutes / 60;
    gint64 days = hours / 24;

    if (days > 0)
        return g_strdup_printf("%" G_GINT64_FORMAT " d %" G_GINT64_FORMAT " h", days, hours % 24);
    if (hours > 0)
        return g_strdup_printf("%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min", hours,
                               minutes % 60);
    return g_strdup_printf("%" G_GINT64_FORMAT " min", minutes);
}

static void find_clock(const WhDoctorFacts *facts, GPtrArray *findings)
{
    if (!facts->clock.known || ABS(facts->clock.off) <= WH_DOCTOR_CLOCK_TOLERANCE)
        return;
    g_autofree char *by = spell_span(facts->clock.off);
    wh_finding_set(wh_doctor_add(findings, WH_FINDING_CLOCK_WRONG,
                                 facts->clock.refused ? WH_FINDING_TROUBLE : WH_FINDING_WARNING),
                   "by", by);
}

/* Once, also when it takes both families. */
static void find_vpn(const WhDoctorFacts *facts, GPtrArray *findings)
{
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhFactsLine *line = &facts->lines[family];

        const char *vpn = wh_doctor_vpn(line);

        if (vpn == NULL || !line->wanted || line->verdict->vpn_choice != WH_VPN_NOTHING)
            continue;
        wh_finding_set(wh_doctor_add(findings, WH_FINDING_VPN, WH_FINDING_WARNING), "vpn", vpn);
        return;
    }
}

/* There is a way out, but the network gives out no address for it; what is on its way or on its
 * way out is another matter. */
static gboolean lacks_address(const WhFactsLine *line)
{
    if (wh_doctor_vpn(line) != NULL || !wh_doctor_says(line, WH_VERDICT_NO_ADDRESS))
        return FALSE;
    switch (line->verdict->hint) {
    case WH_HINT_NONE:
    case WH_HINT_ONLY_PRIVATE:
    case WH_HINT_ONLY_LINK_LOCAL:
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean lacks_family(const WhDoctorFacts *facts, WhFamily family)
{
    const WhFactsLine *line = &facts->lines[family];

    return has_network(facts) && line->wanted && (!line->route || lacks_address(line));
}

static void find_missing_family(const WhDoctorFacts *facts, WhFamily family, GPtrArray *findings)
{
    gboolean is_ipv4 = family == WH_FAMILY_IPV4;

    if (!lacks_family(facts, family))
        return;
    /* Homes without IPv6 are usual, and such names are reached over IPv4. */
    WhFinding *finding = wh_doctor_add(findings, is_ipv4 ? WH_FINDING_NO_IPV4 : WH_FINDING_NO_IPV6,
                                       is_ipv4 ? WH_FINDING_WARNING : WH_FINDING_NOTE);
    wh_finding_set_family(finding, family);
    wh_finding_set(finding, "names", facts->lines[family].names);
}

static void find_temporary(const WhDoctorFacts *facts, GPtrArray *findings)
{
    const WhFactsLine *line = &facts->lines[WH_FAMILY_IPV6];

    if (!line->route || !line->wanted || !wh_doctor_says(line, WH_VERDICT_NO_ADDRESS) ||
        line->verdict->hint != WH_HINT_ONLY_TEMPORARY || wh_doctor_vpn(line) != NULL)
        return;
    wh_finding_set_family(
        wh_doctor_add(findings, WH_FINDING_IPV6_TEMPORARY_ONLY, WH_FINDING_WARNING),
        WH_FAMILY_IPV6);
}

void wh_doctor_find_line(const WhDoctorFacts *facts, GPtrArray *findings)
{
    find_way_out(facts, findings);
    find_clock(facts, findings);
    if (!has_network(facts))
        return;
    find_vpn(facts, findings);
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        find_missing_family(facts, family, findings);
    find_temporary(facts, findings);
}
