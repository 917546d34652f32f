#include "service/detect/verdict.h"

#include <string.h>

#define NOW 5000

/* said: words "ORGANISATION/source=ADDRESS" of the outside over HTTPS and
 * "ORGANISATION/source@ADDRESS" over DNS, "inside=ADDRESS" of the interface, "router=ADDRESS" and
 * "outvoted=ADDRESS" of the router, and "ORGANISATION/source!", "router!" for one that failed. */
typedef struct {
    const char *name;
    WhFamily family;
    gboolean has_route;
    gboolean has_address;
    gboolean asking;
    const char *said;
    WhVerdictReason reason;
    const char *address;
} Row;

#define V4 WH_FAMILY_IPV4
#define V6 WH_FAMILY_IPV6

static const Row rows[] = {
    {"direct", V4, 1, 1, 0, "inside=11.22.33.44", WH_VERDICT_DIRECT, "11.22.33.44"},
    {"direct-while-asking", V4, 1, 1, 1, "inside=11.22.33.44", WH_VERDICT_DIRECT, "11.22.33.44"},
    {"first-of-two", V4, 1, 1, 0, "inside=11.22.33.44 inside=11.22.33.45", WH_VERDICT_DIRECT,
     "11.22.33.44"},
    {"past-the-private-one", V4, 1, 1, 0, "inside=192.168.1.2 inside=11.22.33.44",
     WH_VERDICT_DIRECT, "11.22.33.44"},
    {"direct-beats-outside", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 inside=11.22.33.44",
     WH_VERDICT_DIRECT, "11.22.33.44"},
    {"no-route", V4, 0, 0, 0, "", WH_VERDICT_NO_ROUTE, NULL},
    {"no-route-beats-all", V4, 0, 1, 1, "inside=11.22.33.44 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_NO_ROUTE, NULL},
    {"no-address", V4, 1, 0, 1, "", WH_VERDICT_NO_ADDRESS, NULL},
    {"asking", V4, 1, 1, 1, "inside=192.168.1.2", WH_VERDICT_ASKING, NULL},
    {"nobody-asked", V4, 1, 1, 0, "inside=192.168.1.2", WH_VERDICT_ASKING, NULL},
    {"one-so-far", V4, 1, 1, 1, "inside=10.0.0.2 A/a=11.1.1.1", WH_VERDICT_ASKING, NULL},
    {"failures-so-far", V4, 1, 1, 1, "A/a! B/b!", WH_VERDICT_ASKING, NULL},
    {"agreed", V4, 1, 1, 0, "inside=192.168.1.2 A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"agreed-early", V4, 1, 1, 1, "A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED, "11.1.1.1"},
    {"agreed-by-three", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 C/c=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"agreed-despite-failure", V4, 1, 1, 0, "A/a=11.1.1.1 B/b! C/c=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"behind-carrier-nat", V4, 1, 1, 0, "inside=100.64.0.9 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"same-organisation", V4, 1, 1, 0, "A/a=11.1.1.1 A/a2=11.1.1.1", WH_VERDICT_ONE_WITNESS, NULL},
    {"same-organisation-so-far", V4, 1, 1, 1, "A/a=11.1.1.1 A/a2=11.1.1.1", WH_VERDICT_ASKING,
     NULL},
    {"one-witness", V4, 1, 1, 0, "A/a=11.1.1.1 B/b!", WH_VERDICT_ONE_WITNESS, NULL},
    {"two-contradict", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"third-contradicts", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 C/c=11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"first-contradicts", V4, 1, 1, 0, "A/a=11.1.1.2 B/b=11.1.1.1 C/c=11.1.1.1",
     WH_VERDICT_DISAGREED, NULL},
    {"organisation-contradicts-itself", V4, 1, 1, 0, "A/a=11.1.1.1 A/a2=11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"private-one-contradicts", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 C/c=192.168.1.1",
     WH_VERDICT_DISAGREED, NULL},
    {"special", V4, 1, 1, 0, "A/a=100.64.0.9 B/b=100.64.0.9", WH_VERDICT_SPECIAL, NULL},
    {"documentation-is-special", V4, 1, 1, 0, "A/a=198.51.100.7 B/b=198.51.100.7",
     WH_VERDICT_SPECIAL, NULL},
    {"documentation-is-not-direct", V4, 1, 1, 1, "inside=203.0.113.9", WH_VERDICT_ASKING, NULL},
    {"silent", V4, 1, 1, 0, "inside=192.168.1.2 A/a! B/b!", WH_VERDICT_SILENT, NULL},
    {"silent-one", V4, 1, 1, 0, "A/a!", WH_VERDICT_SILENT, NULL},
    {"ipv6-direct", V6, 1, 1, 0, "inside=2606:4700::1", WH_VERDICT_DIRECT, "2606:4700::1"},
    {"ipv6-past-ula", V6, 1, 1, 0, "inside=fd00::1 inside=2606:4700::1", WH_VERDICT_DIRECT,
     "2606:4700::1"},
    {"ipv6-ula-only", V6, 1, 1, 1, "inside=fd00::1", WH_VERDICT_NO_ADDRESS, NULL},
    {"ipv6-nothing", V6, 1, 0, 1, "", WH_VERDICT_NO_ADDRESS, NULL},
    {"ipv6-never-from-outside", V6, 1, 1, 0, "inside=fd00::1 A/a=2606:4700::9 B/b=2606:4700::9",
     WH_VERDICT_NO_ADDRESS, NULL},
    {"ipv6-no-route", V6, 0, 1, 0, "inside=2606:4700::1", WH_VERDICT_NO_ROUTE, NULL},
    /* The router and one outside. */
    {"router-and-https", V4, 1, 1, 0, "inside=192.168.1.2 router=11.1.1.1 A/a=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-and-dns", V4, 1, 1, 0, "router=11.1.1.1 W/w@11.1.1.1", WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-and-https-early", V4, 1, 1, 1, "router=11.1.1.1 A/a=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"router-and-failures", V4, 1, 1, 0, "router=11.1.1.1 A/a! B/b!", WH_VERDICT_SILENT, NULL},
    {"router-alone", V4, 1, 1, 0, "router=11.1.1.1", WH_VERDICT_ASKING, NULL},
    {"router-alone-while-asking", V4, 1, 1, 1, "router=11.1.1.1 A/a!", WH_VERDICT_ASKING, NULL},
    {"router-and-https-despite-failure", V4, 1, 1, 0, "router=11.1.1.1 W/w! A/a=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"direct-beats-router", V4, 1, 1, 0, "inside=11.22.33.44 router=11.1.1.1 A/a=11.1.1.1",
     WH_VERDICT_DIRECT, "11.22.33.44"},
    /* The router and others that say otherwise. */
    {"router-against-one", V4, 1, 1, 0, "router=11.1.1.1 A/a=11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"router-against-dns", V4, 1, 1, 0, "router=11.1.1.1 W/w@11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"router-against-two", V4, 1, 1, 0, "router=11.1.1.1 A/a=11.1.1.2 B/b=11.1.1.2",
     WH_VERDICT_AGREED, "11.1.1.2"},
    {"router-against-https-and-dns", V4, 1, 1, 0, "router=11.1.1.1 A/a=11.1.1.2 W/w@11.1.1.2",
     WH_VERDICT_AGREED, "11.1.1.2"},
    {"router-against-two-dns", V4, 1, 1, 0, "router=11.1.1.1 W/w@11.1.1.2 X/x@11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"router-against-two-of-one-organisation", V4, 1, 1, 0,
     "router=11.1.1.1 A/a=11.1.1.2 A/a2=11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"router-against-dns-of-that-organisation", V4, 1, 1, 0,
     "router=11.1.1.1 A/a=11.1.1.2 A/w@11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"router-and-one-against-one", V4, 1, 1, 0, "router=11.1.1.1 A/a=11.1.1.1 B/b=11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"router-and-one-against-two", V4, 1, 1, 0,
     "router=11.1.1.1 A/a=11.1.1.1 B/b=11.1.1.2 C/c=11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"router-and-https-against-dns", V4, 1, 1, 0, "router=11.1.1.1 A/a=11.1.1.1 W/w@11.1.1.2",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-and-dns-against-https", V4, 1, 1, 0, "router=11.1.1.1 A/a=11.1.1.2 W/w@11.1.1.1",
     WH_VERDICT_DISAGREED, NULL},
    {"router-and-dns-against-two", V4, 1, 1, 0,
     "router=11.1.1.1 W/w@11.1.1.1 A/a=11.1.1.2 B/b=11.1.1.2", WH_VERDICT_AGREED, "11.1.1.2"},
    {"router-and-dns-against-dns", V4, 1, 1, 0, "router=11.1.1.1 W/w@11.1.1.1 X/x@11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    /* A router that was shown to be wrong has no voice. */
    {"outvoted-and-one", V4, 1, 1, 0, "outvoted=11.1.1.1 A/a=11.1.1.1", WH_VERDICT_ONE_WITNESS,
     NULL},
    {"outvoted-against-one", V4, 1, 1, 0, "outvoted=11.1.1.1 A/a=11.1.1.2", WH_VERDICT_ONE_WITNESS,
     NULL},
    {"outvoted-against-two", V4, 1, 1, 0, "outvoted=11.1.1.1 A/a=11.1.1.2 B/b=11.1.1.2",
     WH_VERDICT_AGREED, "11.1.1.2"},
    /* A router without an address of the internet: two outside decide. */
    {"router-private-and-one", V4, 1, 1, 0, "router=10.0.0.2 A/a=11.1.1.1", WH_VERDICT_ONE_WITNESS,
     NULL},
    {"router-private-and-two", V4, 1, 1, 0, "router=10.0.0.2 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-carrier-nat-and-one", V4, 1, 1, 0, "router=100.64.0.9 A/a=11.1.1.1",
     WH_VERDICT_ONE_WITNESS, NULL},
    {"router-carrier-nat-and-two", V4, 1, 1, 0, "router=100.64.0.9 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-carrier-nat-https-and-dns", V4, 1, 1, 0, "router=100.64.0.9 A/a=11.1.1.1 W/w@11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-carrier-nat-and-dns", V4, 1, 1, 0, "router=100.64.0.9 W/w@11.1.1.1 X/x@11.1.1.1",
     WH_VERDICT_ONE_WITNESS, NULL},
    {"router-and-outside-say-carrier-nat", V4, 1, 1, 0, "router=100.64.0.9 A/a=100.64.0.9",
     WH_VERDICT_ONE_WITNESS, NULL},
    {"router-zero-and-two", V4, 1, 1, 0, "router=0.0.0.0 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"router-documentation-and-one", V4, 1, 1, 0, "router=203.0.113.7 A/a=203.0.113.7",
     WH_VERDICT_ONE_WITNESS, NULL},
    {"router-none-and-one", V4, 1, 1, 0, "router! A/a=11.1.1.1", WH_VERDICT_ONE_WITNESS, NULL},
    {"router-none-and-two", V4, 1, 1, 0, "router! A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"router-none-alone", V4, 1, 1, 0, "router!", WH_VERDICT_ASKING, NULL},
    /* What is heard over DNS is one weak voice together. */
    {"two-dns", V4, 1, 1, 0, "W/w@11.1.1.1 X/x@11.1.1.1", WH_VERDICT_ONE_WITNESS, NULL},
    {"four-dns", V4, 1, 1, 0, "W/w@11.1.1.1 X/x@11.1.1.1 Y/y@11.1.1.1 Z/z@11.1.1.1",
     WH_VERDICT_ONE_WITNESS, NULL},
    {"https-and-dns", V4, 1, 1, 0, "A/a=11.1.1.1 W/w@11.1.1.1", WH_VERDICT_AGREED, "11.1.1.1"},
    {"https-and-dns-of-one-organisation", V4, 1, 1, 0, "A/a=11.1.1.1 A/w@11.1.1.1",
     WH_VERDICT_ONE_WITNESS, NULL},
    {"https-and-two-dns-one-of-another", V4, 1, 1, 0, "A/a=11.1.1.1 A/w@11.1.1.1 X/x@11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"https-against-dns", V4, 1, 1, 0, "A/a=11.1.1.1 W/w@11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"https-against-two-dns", V4, 1, 1, 0, "A/a=11.1.1.1 W/w@11.1.1.2 X/x@11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"https-and-dns-against-dns", V4, 1, 1, 0, "A/a=11.1.1.1 W/w@11.1.1.1 X/x@11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"https-and-dns-against-https", V4, 1, 1, 0, "A/a=11.1.1.1 W/w@11.1.1.1 B/b=11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"two-https-against-dns", V4, 1, 1, 0, "W/w@11.1.1.2 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"two-https-against-two-dns", V4, 1, 1, 0,
     "W/w@11.1.1.2 X/x@11.1.1.2 A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED, "11.1.1.1"},
    {"two-dns-special", V4, 1, 1, 0, "W/w@10.0.0.1 X/x@10.0.0.1", WH_VERDICT_ONE_WITNESS, NULL},
    {"https-and-dns-special", V4, 1, 1, 0, "A/a=10.0.0.1 W/w@10.0.0.1", WH_VERDICT_SPECIAL, NULL},
    {"dns-failures", V4, 1, 1, 0, "W/w! X/x!", WH_VERDICT_SILENT, NULL},
    /* The router speaks of IPv4 alone. */
    {"ipv6-never-from-router", V6, 1, 1, 0, "inside=fd00::1 router=11.1.1.1", WH_VERDICT_NO_ADDRESS,
     NULL},
    {"other-family-is-no-evidence", V4, 1, 1, 0,
     "inside=2606:4700::1 A/a=2606:4700::9 B/b=11.1.1.1", WH_VERDICT_ONE_WITNESS, NULL},
};

static WhObservation *read_router(const char *word)
{
    const char *equals = strchr(word, '=');
    WhAddress address;
    if (equals == NULL)
        return wh_observation_new_failed(WH_SOURCE_GATEWAY_NAME, WH_SOURCE_GATEWAY_ORGANISATION,
                                         WH_SOURCE_GATEWAY, V4, "has none", NOW);
    g_assert_true(wh_address_parse(equals + 1, &address));
    WhObservation *observation = wh_observation_new(
        WH_SOURCE_GATEWAY_NAME, WH_SOURCE_GATEWAY_ORGANISATION, WH_SOURCE_GATEWAY, &address, NOW);
    observation->outvoted = g_str_has_prefix(word, "outvoted");
    return observation;
}

static WhObservation *read_word(const char *word, WhFamily family)
{
    if (g_str_has_prefix(word, "router") || g_str_has_prefix(word, "outvoted"))
        return read_router(word);
    g_auto(GStrv) parts = g_strsplit_set(word, "/=@!", 3);
    const char *value = strpbrk(word, "=@");
    if (value == NULL)
        return wh_observation_new_failed(parts[1], parts[0], WH_SOURCE_OUTSIDE, family, "no answer",
                                         NOW);
    WhAddress address;
    g_assert_true(wh_address_parse(value + 1, &address));
    if (g_str_has_prefix(word, "inside="))
        return wh_observation_new("interface", "this computer", WH_SOURCE_INTERFACE, &address, NOW);
    WhObservation *observation =
        wh_observation_new(parts[1], parts[0], WH_SOURCE_OUTSIDE, &address, NOW);
    observation->witness_by_dns = *value == '@';
    return observation;
}

static GPtrArray *read_words(const char *said, WhFamily family)
{
    GPtrArray *observations = g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
    g_auto(GStrv) words = g_strsplit(said, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_ptr_array_add(observations, read_word(words[i], family));
    return observations;
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(GPtrArray) observations = read_words(row->said, row->family);
    WhVerdictContext context = {
        .has_route = row->has_route, .has_address = row->has_address, .asking = row->asking};
    g_autoptr(WhVerdict) verdict = wh_verdict_reach(row->family, &context, observations, NOW);
    g_assert_cmpstr(wh_verdict_reason_name(verdict->reason), ==,
                    wh_verdict_reason_name(row->reason));
    g_assert_true(verdict->known == (row->address != NULL));
    g_assert_cmpint(verdict->family, ==, row->family);
    g_assert_cmpint(verdict->at, ==, NOW);
    g_assert_cmpuint(verdict->observations->len, ==, observations->len);
    if (row->address != NULL) {
        g_autofree char *text = wh_address_to_string(&verdict->address);
        g_assert_cmpstr(text, ==, row->address);
    }
}

/* Whoever speaks first, the verdict is the same. */
static void test_order_does_not_matter(gconstpointer data)
{
    const Row *row = data;
    WhVerdictContext context = {
        .has_route = row->has_route, .has_address = row->has_address, .asking = row->asking};
    g_autoptr(GPtrArray) observations = read_words(row->said, row->family);
    g_autoptr(GPtrArray) turned = g_ptr_array_new();
    for (guint i = observations->len; i-- > 0;)
        g_ptr_array_add(turned, observations->pdata[i]);
    g_autoptr(WhVerdict) verdict = wh_verdict_reach(row->family, &context, turned, NOW);
    g_assert_cmpint(verdict->reason, ==, row->reason);
    if (row->reason == WH_VERDICT_AGREED) {
        g_autofree char *text = wh_address_to_string(&verdict->address);
        g_assert_cmpstr(text, ==, row->address);
    }
}

typedef struct {
    const char *name;
    const char *vpn;
    WhVpnChoice choice;
    const char *said;
    WhVerdictReason reason;
} VpnRow;

static const VpnRow vpn_rows[] = {
    {"undecided", "tun0", WH_VPN_NOTHING, "inside=10.8.0.2", WH_VERDICT_VPN},
    {"undecided-and-public", "tun0", WH_VPN_NOTHING, "inside=11.22.33.44", WH_VERDICT_VPN},
    {"undecided-and-agreed", "tun0", WH_VPN_NOTHING, "A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_VPN},
    {"line", "tun0", WH_VPN_LINE, "A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED},
    {"line-direct", "tun0", WH_VPN_LINE, "inside=11.22.33.44", WH_VERDICT_DIRECT},
    {"vpn", "tun0", WH_VPN_VPN, "A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED},
    {"vpn-direct", "tun0", WH_VPN_VPN, "inside=11.22.33.44", WH_VERDICT_DIRECT},
    {"no-vpn", "", WH_VPN_NOTHING, "A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED},
};

static void test_vpn(gconstpointer data)
{
    const VpnRow *row = data;
    WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE, .vpn_choice = row->choice};
    g_strlcpy(context.vpn, row->vpn, sizeof context.vpn);
    g_autoptr(GPtrArray) observations = read_words(row->said, V4);
    g_autoptr(WhVerdict) verdict = wh_verdict_reach(V4, &context, observations, NOW);
    g_assert_cmpstr(wh_verdict_reason_name(verdict->reason), ==,
                    wh_verdict_reason_name(row->reason));
    g_assert_true(verdict->known == (row->reason != WH_VERDICT_VPN));
    g_assert_cmpstr(verdict->vpn, ==, row->vpn);
    g_assert_cmpint(verdict->vpn_choice, ==, row->choice);
    context.has_route = FALSE;
    g_autoptr(WhVerdict) none = wh_verdict_reach(V4, &context, observations, NOW);
    g_assert_cmpint(none->reason, ==, WH_VERDICT_NO_ROUTE);
}

/* Why there is none is told where there is none. */
static void test_hint(void)
{
    g_autoptr(GPtrArray) nothing = read_words("", V6);
    g_autoptr(GPtrArray) good = read_words("inside=2606:4700::1", V6);
    for (guint hint = 0; hint < WH_N_VERDICT_HINTS; hint++) {
        WhVerdictContext context = {.has_route = TRUE, .hint = (WhVerdictHint)hint};
        g_autoptr(WhVerdict) without = wh_verdict_reach(V6, &context, nothing, NOW);
        g_assert_cmpint(without->reason, ==, WH_VERDICT_NO_ADDRESS);
        g_assert_cmpint(without->hint, ==, hint);
        g_autoptr(WhVerdict) with = wh_verdict_reach(V6, &context, good, NOW);
        g_assert_cmpint(with->hint, ==, WH_HINT_NONE);
    }
}

static void test_copy_is_independent(void)
{
    WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE};
    g_autoptr(WhVerdict) copy = NULL;
    {
        g_autoptr(GPtrArray) observations = read_words("A/a=11.1.1.1 B/b! C/c=11.1.1.1", V4);
        g_autoptr(WhVerdict) verdict = wh_verdict_reach(V4, &context, observations, NOW);
        copy = wh_verdict_copy(verdict);
    }
    g_assert_true(copy->known);
    g_assert_cmpuint(copy->observations->len, ==, 3);
    const WhObservation *failed = copy->observations->pdata[1];
    g_assert_cmpstr(failed->source, ==, "b");
    g_assert_cmpstr(failed->organisation, ==, "B");
    g_assert_false(failed->ok);
    g_assert_cmpstr(failed->failure, ==, "no answer");
    g_assert_cmpint(failed->at, ==, NOW);
    wh_verdict_free(NULL);
    wh_observation_free(NULL);
}

static void test_reason_words(void)
{
    static const char *const words[] = {"direct",  "agreed", "no_route",    "no_address",
                                        "asking",  "silent", "one_witness", "disagreed",
                                        "special", "vpn"};
    g_assert_cmpuint(G_N_ELEMENTS(words), ==, WH_N_VERDICT_REASONS);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_assert_cmpstr(wh_verdict_reason_name((WhVerdictReason)i), ==, words[i]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/verdict/", rows[i].name, NULL);
        g_test_add_data_func(path, &rows[i], test_row);
        g_autofree char *turned = g_strconcat("/verdict/turned/", rows[i].name, NULL);
        g_test_add_data_func(turned, &rows[i], test_order_does_not_matter);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(vpn_rows); i++) {
        g_autofree char *path = g_strconcat("/verdict/vpn/", vpn_rows[i].name, NULL);
        g_test_add_data_func(path, &vpn_rows[i], test_vpn);
    }
    g_test_add_func("/verdict/hint", test_hint);
    g_test_add_func("/verdict/copy", test_copy_is_independent);
    g_test_add_func("/verdict/reason-words", test_reason_words);
    return g_test_run();
}
