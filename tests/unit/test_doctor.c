#include "service/doctor/doctor.h"

#include <stdlib.h>
#include <string.h>

/* facts: words. route4, want4, route6, want6: the families; v4=REASON: its verdict;
 * out4=ORG@ADDRESS: an outside voice, in4=ADDRESS: the interface, say4=ADDRESS: the router in the
 * verdict. gw=ADDRESS or STATE, router=, self=, missed, seen, announces, maps=N: the gateway. web=,
 * names=: the probes. off= seconds, refused: the clock. tmp, vpn=NAME with what is published then:
 * chosen (the line's), through (its own), neither: undecided; sleep=N. changed,
 * heals=N, unanswered, elsewhere, unseen: a record each. found: codes with their weight's first
 * letter, in order. */
typedef struct {
    const char *name;
    const char *facts;
    const char *found;
} Row;

#define HOME "route4 want4 v4=agreed out4=A@11.1.1.1 out4=B@11.1.1.1 "
#define ROUTER HOME "router=192.168.1.1 self=192.168.1.7 maps=2 missed seen "

static const Row rows[] = {
    /* Nothing. */
    {"nothing-known", "route4 route6", ""},
    {"direct", "route4 want4 v4=direct in4=11.1.1.1", ""},
    {"home", HOME, ""},
    {"home-with-router", ROUTER "gw=11.1.1.1", ""},
    {"both-families", "route4 want4 v4=agreed route6 want6 v6=direct", ""},

    /* The way out. */
    {"no-network", "want4 want6 v4=no_route v6=no_route", "no_network:t"},
    {"no-network-unwanted", "", "no_network:t"},
    {"one-route-is-a-network", "route6 want6 v6=direct", ""},
    {"offline", "route4 want4 v4=silent", "offline:t"},
    {"offline-both", "route4 want4 v4=silent route6 want6 v6=silent", "offline:t"},
    {"one-family-answers", "route4 want4 v4=silent route6 want6 v6=agreed", ""},
    {"one-family-unwanted", "route4 want4 v4=silent route6 v6=no_address", "offline:t"},
    {"asking-is-not-offline", "route4 want4 v4=asking", ""},
    {"pages-answer", "route4 want4 v4=silent web=free", ""},
    {"direct-and-cut-off", "route4 want4 v4=direct web=silent names=silent unanswered",
     "offline:t"},
    {"direct-and-provider-down", "route4 want4 v4=direct web=free names=answered unanswered", ""},
    {"provider-down-alone", "route4 want4 v4=direct unanswered", ""},
    {"no-probe-answers", HOME "web=silent names=silent", "offline:t"},
    {"line-below-vpn-is-dead", "route4 want4 v4=silent vpn=wg0 chosen web=silent names=silent",
     "offline:t"},
    {"vpn-is-dead", HOME "vpn=wg0 chosen web=silent names=silent", "vpn_silent:t"},
    {"names-silent-alone", HOME "web=free names=silent", ""},
    {"pages-down-alone", "route4 want4 v4=direct web=silent", ""},
    {"portal", "route4 want4 v4=silent web=portal", "captive_portal:t"},
    {"portal-breaks-names", "route4 want4 v4=silent web=portal names=broken", "captive_portal:t"},
    {"portal-without-network", "web=portal", "no_network:t"},
    {"dns", "route4 want4 v4=silent web=silent names=broken", "dns_broken:t"},
    {"dns-and-nobody", "route4 want4 v4=silent web=silent names=silent", "offline:t"},
    {"dns-answers", "route4 want4 v4=silent web=silent names=answered", "offline:t"},
    {"cut-off-hides-router", "route4 want4 v4=silent web=portal gw=100.64.0.1 router=192.168.1.1",
     "captive_portal:t"},

    /* The clock. */
    {"clock", HOME "off=600", "clock_wrong:w"},
    {"clock-behind", HOME "off=-600", "clock_wrong:w"},
    {"clock-refused", HOME "off=-90000 refused", "clock_wrong:t"},
    {"clock-nearly", HOME "off=300", ""},
    {"clock-refused-and-right", HOME "off=2 refused", ""},
    {"refused-alone", HOME "refused", ""},

    /* VPN. */
    {"vpn", "route4 want4 v4=vpn vpn=wg0", "vpn:w"},
    {"vpn-both", "route4 want4 v4=vpn route6 want6 v6=vpn vpn=wg0", "vpn:w"},
    {"vpn-chosen", "route4 want4 v4=agreed vpn=wg0 chosen", ""},
    {"vpn-chosen-and-walled", ROUTER "vpn=wg0 chosen gw=100.64.0.1", "cgnat:w"},
    {"vpn-chosen-and-double-nat", ROUTER "vpn=wg0 chosen gw=192.168.0.5", "double_nat:w"},
    {"vpn-through-hides-router", ROUTER "vpn=wg0 through gw=100.64.0.1", ""},
    {"vpn-unwanted", "route4 v4=vpn vpn=wg0", ""},
    {"vpn-hides-router", "route4 want4 v4=vpn vpn=wg0 gw=100.64.0.1", "vpn:w"},

    /* Families. */
    {"no-ipv6", HOME "want6 v6=no_route", "no_ipv6:n"},
    {"no-ipv6-unwanted", HOME "v6=no_route", ""},
    {"no-ipv4", "want4 v4=no_route route6 want6 v6=direct", "no_ipv4:w"},
    {"no-ipv4-unwanted", "v4=no_route route6 want6 v6=direct", ""},
    {"no-address-6", HOME "route6 want6 v6=no_address", "no_ipv6:n"},
    {"no-address-6-vpn", HOME "route6 want6 v6=no_address vpn=wg0 through", ""},
    {"no-address-6-beside-vpn", HOME "route6 want6 v6=no_address vpn=wg0 chosen", "no_ipv6:n"},
    {"no-address-6-unwanted", HOME "route6 v6=no_address", ""},
    {"temporary", HOME "route6 want6 v6=no_address tmp", "ipv6_temporary_only:w"},
    {"temporary-unwanted", HOME "route6 v6=no_address tmp", ""},

    /* The router. */
    {"cgnat", ROUTER "gw=100.64.3.4", "cgnat:w"},
    {"cgnat-first", ROUTER "gw=100.64.0.0", "cgnat:w"},
    {"cgnat-last", ROUTER "gw=100.127.255.255", "cgnat:w"},
    {"below-cgnat", "route4 want4 v4=asking gw=100.63.255.255", ""},
    {"above-cgnat", "route4 want4 v4=asking gw=100.128.0.0", ""},
    {"ds-lite", ROUTER "gw=192.0.0.2", "cgnat:w"},
    {"cgnat-unwanted", "route4 gw=100.64.3.4", ""},
    {"cgnat-without-router", "route4 want4 v4=agreed in4=100.64.9.9", "cgnat:w"},
    {"no-mapping-behind-cgnat", HOME "gw=100.64.3.4 maps=0 self=192.168.1.7", "cgnat:w"},
    {"double-nat", ROUTER "gw=192.168.0.5", "double_nat:w"},
    {"double-nat-10", ROUTER "gw=10.1.1.1", "double_nat:w"},
    {"double-nat-172", ROUTER "gw=172.31.1.1", "double_nat:w"},
    {"not-172", "route4 want4 v4=asking gw=172.32.1.1", ""},
    {"router-names-itself", ROUTER "gw=192.168.1.1", "router_lies:w"},
    {"lies", ROUTER "gw=11.9.9.9", "router_lies:w"},
    {"lies-alone",
     "route4 want4 v4=one_witness out4=A@11.1.1.1 gw=11.9.9.9 router=192.168.1.1 maps=-1",
     "outside_few:w"},
    {"lies-same-organisation",
     "route4 want4 v4=asking out4=A@11.1.1.1 out4=A@11.1.1.1 gw=11.9.9.9 maps=-1", ""},
    {"silent-router", HOME "gw=silent router=192.168.1.1", "router_silent:n"},
    {"asking-router", HOME "gw=asking router=192.168.1.1", ""},
    {"silent-and-direct", "route4 want4 v4=direct in4=11.1.1.1 gw=silent", ""},
    {"silent-unwanted", "route4 gw=silent", ""},
    {"hidden", HOME "gw=11.1.1.1 router=192.168.1.1 missed", "router_events_hidden:n"},
    {"unaddressed", ROUTER "gw=noaddress", "no_public_ipv4:w"},
    {"line-down", "route4 want4 v4=asking gw=noaddress router=192.168.1.1 missed seen maps=-1", ""},
    {"hidden-without-line", "route4 want4 v4=asking maps=-1 gw=noaddress router=192.168.1.1 missed",
     "router_events_hidden:n"},
    {"seen", HOME "gw=11.1.1.1 router=192.168.1.1 missed seen", ""},
    {"announced", HOME "gw=11.1.1.1 router=192.168.1.1 missed announces", ""},
    {"nothing-to-tell", HOME "gw=11.1.1.1 router=192.168.1.1", ""},
    {"no-forward", HOME "gw=11.1.1.1 router=192.168.1.1 self=192.168.1.7 maps=0",
     "no_port_forward:n"},
    {"forwards", HOME "gw=11.1.1.1 router=192.168.1.1 self=192.168.1.7 maps=1", ""},
    {"no-forward-while-down",
     "route4 want4 v4=asking gw=noaddress router=192.168.1.1 self=192.168.1.7 seen maps=0", ""},
    {"forwards-unknown", HOME "gw=11.1.1.1 router=192.168.1.1 self=192.168.1.7 maps=-1", ""},

    /* Those outside. */
    {"disagree", "route4 want4 v4=disagreed out4=A@11.1.1.1 out4=B@11.1.1.2", "sources_disagree:t"},
    {"disagree-unwanted", "route4 v4=disagreed out4=A@11.1.1.1 out4=B@11.1.1.2", ""},
    {"disagree-ipv6", "route6 want6 v6=disagreed out6=A@2a00::1 out6=B@2a00::2",
     "sources_disagree:t"},
    {"router-disagrees",
     "route4 want4 v4=disagreed out4=A@11.1.1.1 out4=B@11.1.1.1 gw=11.9.9.9 maps=-1",
     "sources_disagree:t router_lies:w"},
    {"few", "route4 want4 v4=one_witness out4=A@11.1.1.1", "outside_few:w"},
    {"few-unwanted", "route4 v4=one_witness out4=A@11.1.1.1", ""},

    /* This computer and its names. */
    {"sleeps", HOME "sleep=20", "sleeps:w"},
    {"sleeps-unwanted", "route4 sleep=20", ""},
    {"changed", HOME "changed", "changed_by_other:w"},
    {"healed-once", HOME "heals=1", ""},
    {"rival", HOME "heals=2", "rival:t"},
    {"rival-and-changed", HOME "heals=3 changed-too", "rival:t"},
    {"elsewhere", HOME "elsewhere", "elsewhere:n"},
    {"elsewhere-once", HOME "elsewhere elsewhere", "elsewhere:n"},
    {"unseen", HOME "unseen", "device_unseen:w"},
    {"unanswered-alone", HOME "unanswered", ""},

    /* Order: what matters most first. */
    {"order", HOME "sleep=5 want6 v6=no_route off=600 heals=2 gw=100.64.0.1",
     "rival:t clock_wrong:w cgnat:w sleeps:w no_ipv6:n"},
};

/* The facts with what they borrow. */
typedef struct {
    WhDoctorFacts facts;
    WhVerdict *verdicts[WH_N_FAMILIES];
    GArray *records;
    char *vpn;
} Case;

static WhVerdict *verdict_of(Case *made, guint family)
{
    if (made->verdicts[family] == NULL) {
        made->verdicts[family] = g_new0(WhVerdict, 1);
        made->verdicts[family]->family = family;
        made->verdicts[family]->reason = WH_VERDICT_ASKING;
        made->verdicts[family]->observations =
            g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
        made->facts.lines[family].verdict = made->verdicts[family];
    }
    return made->verdicts[family];
}

static WhAddress address_of(const char *text)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    return address;
}

static guint find_name(const char *const *names, const char *name)
{
    for (guint i = 0; names[i] != NULL; i++)
        if (g_str_equal(names[i], name))
            return i;
    g_error("nothing is called %s", name);
}

static void take_reason(Case *made, guint family, const char *name)
{
    for (guint i = 0; i < WH_N_VERDICT_REASONS; i++) {
        if (g_str_equal(wh_verdict_reason_name(i), name)) {
            verdict_of(made, family)->reason = i;
            return;
        }
    }
    g_error("no reason is called %s", name);
}

static void take_voice(Case *made, guint family, WhSourceKind kind, const char *who,
                       const char *text)
{
    WhAddress address = address_of(text);
    g_ptr_array_add(verdict_of(made, family)->observations,
                    wh_observation_new(who, who, kind, &address, 0));
}

static void take_gateway(Case *made, const char *value)
{
    static const char *const states[] = {"none", "asking", "silent", "address", "noaddress", NULL};
    WhFactsGateway *gateway = &made->facts.gateway;
    gateway->report.state = WH_GATEWAY_ADDRESS;
    if (!wh_address_parse(value, &gateway->report.address))
        gateway->report.state = find_name(states, value);
}

static void take_record(Case *made, const char *word, const char *value)
{
    WhFactsRecord record = {.host = "1", .name = "home.example.org"};
    if (g_str_equal(word, "changed-too")) {
        g_array_index(made->records, WhFactsRecord, made->records->len - 1).changed = TRUE;
        return;
    }
    record.changed = g_str_equal(word, "changed");
    record.heals = g_str_equal(word, "heals") ? (guint)atoi(value) : 0;
    record.unanswered = g_str_equal(word, "unanswered");
    if (g_str_equal(word, "elsewhere"))
        record.why = WH_AIM_ELSEWHERE;
    if (g_str_equal(word, "unseen"))
        record.why = WH_AIM_DEVICE_UNSEEN;
    g_array_append_val(made->records, record);
}

/* TRUE: it was a word about a family. */
static gboolean take_family_word(Case *made, const char *word, const char *value)
{
    gsize length = strlen(word);
    guint family = word[length - 1] == '6' ? WH_FAMILY_IPV6 : WH_FAMILY_IPV4;
    g_autofree char *key = g_strndup(word, length - 1);
    if (word[length - 1] != '4' && word[length - 1] != '6')
        return FALSE;
    if (g_str_equal(key, "route"))
        made->facts.lines[family].route = TRUE;
    else if (g_str_equal(key, "want"))
        made->facts.lines[family].wanted = TRUE;
    else if (g_str_equal(key, "v"))
        take_reason(made, family, value);
    else if (g_str_equal(key, "in"))
        take_voice(made, family, WH_SOURCE_INTERFACE, "this computer", value);
    else if (g_str_equal(key, "out")) {
        g_auto(GStrv) parts = g_strsplit(value, "@", 2);
        take_voice(made, family, WH_SOURCE_OUTSIDE, parts[0], parts[1]);
    } else
        g_error("unknown word %s", word);
    return TRUE;
}

static gboolean take_gateway_word(Case *made, const char *word, const char *value)
{
    WhFactsGateway *gateway = &made->facts.gateway;
    if (g_str_equal(word, "gw"))
        take_gateway(made, value);
    else if (g_str_equal(word, "router")) {
        gateway->has_router = TRUE;
        gateway->router = address_of(value);
    } else if (g_str_equal(word, "self")) {
        gateway->self = address_of(value);
    } else if (g_str_equal(word, "missed"))
        gateway->missed = TRUE;
    else if (g_str_equal(word, "seen"))
        gateway->event_seen = TRUE;
    else if (g_str_equal(word, "announces"))
        gateway->report.announces = TRUE;
    else if (g_str_equal(word, "maps"))
        gateway->mappings = atoi(value);
    else
        return FALSE;
    return TRUE;
}

static void take_word(Case *made, const char *word, const char *value)
{
    static const char *const webs[] = {"none", "free", "portal", "silent", NULL};
    static const char *const names[] = {"none", "answered", "broken", "silent", NULL};
    if (take_family_word(made, word, value) || take_gateway_word(made, word, value))
        return;
    if (g_str_equal(word, "web"))
        made->facts.probes.web = find_name(webs, value);
    else if (g_str_equal(word, "names"))
        made->facts.probes.names = find_name(names, value);
    else if (g_str_equal(word, "off")) {
        made->facts.clock.known = TRUE;
        made->facts.clock.off = atoi(value) * G_TIME_SPAN_SECOND;
    } else if (g_str_equal(word, "refused"))
        made->facts.clock.refused = TRUE;
    else if (g_str_equal(word, "tmp"))
        verdict_of(made, WH_FAMILY_IPV6)->hint = WH_HINT_ONLY_TEMPORARY;
    else if (g_str_equal(word, "sleep"))
        made->facts.sleep_minutes = (guint)atoi(value);
    else if (g_str_equal(word, "vpn"))
        made->vpn = g_strdup(value);
    else if (g_str_equal(word, "chosen") || g_str_equal(word, "through"))
        for (guint i = 0; i < WH_N_FAMILIES; i++)
            verdict_of(made, i)->vpn_choice = *word == 'c' ? WH_VPN_LINE : WH_VPN_VPN;
    else
        take_record(made, word, value);
}

static void make(Case *made, const char *words)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    *made = (Case){.records = g_array_new(FALSE, FALSE, sizeof(WhFactsRecord))};
    made->facts.gateway.mappings = -1;
    made->facts.records = made->records;
    for (guint i = 0; list[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(list[i], "=", 2);
        if (*list[i] != '\0')
            take_word(made, parts[0], parts[1] != NULL ? parts[1] : "");
    }
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        if (made->facts.lines[i].route && made->vpn != NULL)
            g_strlcpy(verdict_of(made, i)->vpn, made->vpn, WH_TUNNEL_NAME_SIZE);
}

static void clear(Case *made)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (made->verdicts[i] == NULL)
            continue;
        g_ptr_array_unref(made->verdicts[i]->observations);
        g_free(made->verdicts[i]);
    }
    g_array_unref(made->records);
    g_free(made->vpn);
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(GString) found = g_string_new(NULL);
    Case made;
    make(&made, row->facts);
    g_autoptr(GPtrArray) findings = wh_doctor_find(&made.facts);
    for (guint i = 0; i < findings->len; i++) {
        const WhFinding *finding = findings->pdata[i];
        g_string_append_printf(found, "%s%s:%c", i > 0 ? " " : "",
                               wh_finding_code_name(finding->code),
                               wh_finding_weight_name(finding->weight)[0]);
    }
    g_assert_cmpstr(found->str, ==, row->found);
    clear(&made);
}

/* The table reaches every code. */
static void test_complete(void)
{
    for (guint code = 0; code < WH_N_FINDING_CODES; code++) {
        g_autofree char *word = g_strconcat(wh_finding_code_name(code), ":", NULL);
        gboolean reached = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
            reached = reached || strstr(rows[i].found, word) != NULL;
        if (!reached)
            g_error("nothing finds %s", word);
    }
}

/* What the one finding of these facts says. */
static char *sentence_of(const char *facts)
{
    Case made;
    make(&made, facts);
    made.facts.lines[WH_FAMILY_IPV6].names = "a.example.org";
    made.facts.probes.name_server = "192.168.1.1";
    g_autoptr(GPtrArray) findings = wh_doctor_find(&made.facts);
    g_assert_cmpuint(findings->len, ==, 1);
    char *sentence = wh_finding_sentence(findings->pdata[0]);
    clear(&made);
    return sentence;
}

static void assert_says(const char *facts, const char *part)
{
    g_autofree char *sentence = sentence_of(facts);
    if (strstr(sentence, part) == NULL)
        g_error("\"%s\" does not say \"%s\"", sentence, part);
}

static void test_values(void)
{
    assert_says(ROUTER "gw=100.64.3.4", "known as 100.64.3.4 there");
    assert_says(ROUTER "gw=10.1.1.1", "is 10.1.1.1,");
    assert_says(ROUTER "gw=11.9.9.9", "11.9.9.9, but the internet sees 11.1.1.1");
    assert_says("route4 want4 v4=disagreed out4=A@11.1.1.1 out4=B@11.1.1.2",
                "A: 11.1.1.1, B: 11.1.1.2");
    assert_says("route4 want4 v4=one_witness out4=A@11.1.1.1", "only A answers");
    assert_says("route4 want4 v4=vpn vpn=wg0", "VPN wg0 is on");
    assert_says("route4 want4 v4=silent web=silent names=broken", "name server 192.168.1.1 gives");
    assert_says(HOME "want6 v6=no_route", "a.example.org should have");
    assert_says(HOME "off=600", "wrong by 10 min.");
    assert_says(HOME "off=-7260", "wrong by 2 h 1 min.");
    assert_says(HOME "off=7199", "wrong by 2 h 0 min.");
    assert_says(HOME "off=2592000", "wrong by 30 d 0 h.");
    assert_says(HOME "sleep=20", "after 20 minutes");
    assert_says(HOME "heals=4", "set right 4 times");
}

/* Many records do not make many pages. */
static void test_many_records(void)
{
    g_autoptr(GString) facts = g_string_new(HOME);
    Case made;
    for (guint i = 0; i < 100; i++)
        g_string_append(facts, "changed ");
    make(&made, facts->str);
    g_autoptr(GPtrArray) findings = wh_doctor_find(&made.facts);
    g_assert_cmpuint(findings->len, ==, WH_DOCTOR_MAX_RECORDS);
    clear(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/doctor/find/", rows[i].name, NULL);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/doctor/complete", test_complete);
    g_test_add_func("/doctor/values", test_values);
    g_test_add_func("/doctor/many-records", test_many_records);
    return g_test_run();
}
