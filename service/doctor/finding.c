#include "service/doctor/finding.h"

#include "service/protocol/finding_text.h"

#include <string.h>

#define MAX_VALUE 400

static const char *const code_names[] = {
    [WH_FINDING_NO_NETWORK] = "no_network",
    [WH_FINDING_CAPTIVE_PORTAL] = "captive_portal",
    [WH_FINDING_DNS_BROKEN] = "dns_broken",
    [WH_FINDING_OFFLINE] = "offline",
    [WH_FINDING_VPN_SILENT] = "vpn_silent",
    [WH_FINDING_CLOCK_WRONG] = "clock_wrong",
    [WH_FINDING_SOURCES_DISAGREE] = "sources_disagree",
    [WH_FINDING_OUTSIDE_FEW] = "outside_few",
    [WH_FINDING_VPN] = "vpn",
    [WH_FINDING_CGNAT] = "cgnat",
    [WH_FINDING_DOUBLE_NAT] = "double_nat",
    [WH_FINDING_NO_PUBLIC_IPV4] = "no_public_ipv4",
    [WH_FINDING_ROUTER_LIES] = "router_lies",
    [WH_FINDING_NO_IPV4] = "no_ipv4",
    [WH_FINDING_NO_IPV6] = "no_ipv6",
    [WH_FINDING_IPV6_TEMPORARY_ONLY] = "ipv6_temporary_only",
    [WH_FINDING_RIVAL] = "rival",
    [WH_FINDING_CHANGED_BY_OTHER] = "changed_by_other",
    [WH_FINDING_DEVICE_UNSEEN] = "device_unseen",
    [WH_FINDING_ELSEWHERE] = "elsewhere",
    [WH_FINDING_SLEEPS] = "sleeps",
    [WH_FINDING_NO_PORT_FORWARD] = "no_port_forward",
    [WH_FINDING_ROUTER_SILENT] = "router_silent",
    [WH_FINDING_ROUTER_EVENTS_HIDDEN] = "router_events_hidden",
};

G_STATIC_ASSERT(G_N_ELEMENTS(code_names) == WH_N_FINDING_CODES);

const char *wh_finding_code_name(WhFindingCode code)
{
    return code_names[code];
}

const char *wh_finding_weight_name(WhFindingWeight weight)
{
    static const char *const names[] = {"note", "warning", "trouble"};

    return names[weight];
}

WhFinding *wh_finding_new(WhFindingCode code, WhFindingWeight weight)
{
    WhFinding *finding = g_new0(WhFinding, 1);

    finding->code = code;
    finding->weight = weight;
    return finding;
}

void wh_finding_free(WhFinding *finding)
{
    if (finding == NULL)
        return;
    for (guint i = 0; i < finding->n_values; i++)
        g_free(finding->values[i].value);
    g_free(finding->host);
    g_free(finding);
}

void wh_finding_set_family(WhFinding *finding, WhFamily family)
{
    finding->has_family = TRUE;
    finding->family = family;
}

void wh_finding_set(WhFinding *finding, const char *name, const char *value)
{
    if (value == NULL)
        return;
    g_return_if_fail(finding->n_values < WH_FINDING_MAX_VALUES);
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    finding->values[finding->n_values].name = name;
    finding->values[finding->n_values].value =
        g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), MAX_VALUE));
    finding->n_values++;
}

void wh_finding_set_address(WhFinding *finding, const char *name, const WhAddress *address)
{
    char text[WH_ADDRESS_STRLEN];

    if (address != NULL)
        wh_finding_set(finding, name, wh_address_format(address, text));
}

void wh_finding_set_number(WhFinding *finding, const char *name, guint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, number);

    wh_finding_set(finding, name, text);
}

const char *wh_finding_value(const WhFinding *finding, const char *name)
{
    for (guint i = 0; i < finding->n_values; i++)
        if (strcmp(finding->values[i].name, name) == 0)
            return finding->values[i].value;
    return NULL;
}

gboolean wh_finding_is_same(const WhFinding *a, const WhFinding *b)
{
    return a->code == b->code && a->has_family == b->has_family &&
           (!a->has_family || a->family == b->family) && g_strcmp0(a->host, b->host) == 0;
}

gboolean wh_finding_equal(const WhFinding *a, const WhFinding *b)
{
    if (!wh_finding_is_same(a, b) || a->weight != b->weight || a->n_values != b->n_values)
        return FALSE;
    for (guint i = 0; i < a->n_values; i++)
        if (g_strcmp0(a->values[i].value, wh_finding_value(b, a->values[i].name)) != 0)
            return FALSE;
    return TRUE;
}

static const char *give_value(const char *name, gpointer data)
{
    return wh_finding_value(data, name);
}

char *wh_finding_sentence(const WhFinding *finding)
{
    return wh_finding_text_fill(wh_finding_text_sentence(code_names[finding->code]), give_value,
                                (gpointer)finding);
}

char *wh_finding_step(const WhFinding *finding)
{
    return wh_finding_text_fill(wh_finding_text_step(code_names[finding->code]), give_value,
                                (gpointer)finding);
}
