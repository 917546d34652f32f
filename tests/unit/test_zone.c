#include "service/net/zone.h"

static WhDnsRecord *record(const char *name, WhDnsType type, const char *value)
{
    WhDnsRecord *made = g_new0(WhDnsRecord, 1);

    made->name = g_strdup(name);
    made->type = type;
    made->ttl = 60;
    if (type == WH_DNS_A || type == WH_DNS_AAAA)
        g_assert_true(wh_address_parse(value, &made->address));
    else
        made->target = g_strdup(value);
    return made;
}

static void record_free(gpointer data)
{
    WhDnsRecord *freed = data;

    g_free(freed->name);
    g_free(freed->target);
    g_free(freed);
}

typedef struct {
    WhDnsAnswer answer;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->answer.answer = g_ptr_array_new_with_free_func(record_free);
    fixture->answer.authority = g_ptr_array_new_with_free_func(record_free);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    g_ptr_array_unref(fixture->answer.answer);
    g_ptr_array_unref(fixture->answer.authority);
}

static void test_soa_of_the_apex(Fixture *fixture, gconstpointer data)
{
    g_ptr_array_add(fixture->answer.answer, record("example.net", WH_DNS_SOA, "ns.example.net"));
    g_assert_cmpstr(wh_zone_name_from_soa(&fixture->answer, "example.net"), ==, "example.net");
}

static void test_soa_in_authority(Fixture *fixture, gconstpointer data)
{
    g_ptr_array_add(fixture->answer.authority, record("example.net", WH_DNS_SOA, "ns.example.net"));
    g_assert_cmpstr(wh_zone_name_from_soa(&fixture->answer, "home.example.net"), ==, "example.net");
}

static void test_soa_of_another_zone(Fixture *fixture, gconstpointer data)
{
    g_ptr_array_add(fixture->answer.authority, record("example.org", WH_DNS_SOA, "ns.example.org"));
    g_assert_null(wh_zone_name_from_soa(&fixture->answer, "home.example.net"));
}

static void test_alias_says_nothing(Fixture *fixture, gconstpointer data)
{
    g_ptr_array_add(fixture->answer.answer,
                    record("home.example.net", WH_DNS_CNAME, "a.cdn.example.net"));
    g_ptr_array_add(fixture->answer.authority, record("example.net", WH_DNS_SOA, "ns.example.net"));
    g_assert_null(wh_zone_name_from_soa(&fixture->answer, "home.example.net"));
}

/* The target's zone may lie above the name, and hand it on to another. */
static void test_alias_into_a_zone_above(Fixture *fixture, gconstpointer data)
{
    g_ptr_array_add(fixture->answer.answer,
                    record("home.sub.example.net", WH_DNS_CNAME, "example.net"));
    g_ptr_array_add(fixture->answer.answer, record("example.net", WH_DNS_SOA, "ns.example.net"));
    g_assert_null(wh_zone_name_from_soa(&fixture->answer, "home.sub.example.net"));
}

static void test_servers_and_addresses(void)
{
    g_autoptr(WhZone) zone = wh_zone_new("example.net");
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    const WhZoneServer *server;

    for (int i = 0; i < 20; i++) {
        g_autofree char *name = g_strdup_printf("ns%d.example.net", i);
        wh_zone_add_server(zone, name);
        wh_zone_add_server(zone, name);
    }
    g_assert_cmpuint(zone->servers->len, ==, WH_ZONE_MAX_SERVERS);
    g_ptr_array_add(records, record("ns0.example.net", WH_DNS_AAAA, "2a01:db0::53"));
    g_ptr_array_add(records, record("ns0.example.net", WH_DNS_A, "11.22.33.53"));
    g_ptr_array_add(records, record("ns0.example.net", WH_DNS_A, "11.22.33.53"));
    g_ptr_array_add(records, record("other.example.net", WH_DNS_A, "11.22.33.54"));
    wh_zone_add_addresses(zone, records);
    server = g_ptr_array_index(zone->servers, 0);
    g_assert_cmpuint(server->addresses->len, ==, 2);
    g_assert_cmpint(g_array_index(server->addresses, WhAddress, 0).family, ==, WH_FAMILY_IPV4);
}

static void test_cache(void)
{
    g_autoptr(WhZoneCache) cache = wh_zone_cache_new();
    g_autoptr(WhZone) zone = wh_zone_new("example.net");
    g_autoptr(WhZone) found = NULL;

    zone->until = 100;
    wh_zone_cache_insert(cache, "home.example.net", zone);
    found = wh_zone_cache_lookup(cache, "home.example.net", 99);
    g_assert_true(found == zone);
    g_assert_null(wh_zone_cache_lookup(cache, "office.example.net", 99));
    g_assert_null(wh_zone_cache_lookup(cache, "home.example.net", 100));
    g_clear_pointer(&found, wh_zone_unref);
    found = wh_zone_cache_find(cache, "example.net", 99);
    g_assert_true(found == zone);
    wh_zone_cache_insert(cache, "home.example.net", zone);
    wh_zone_cache_forget(cache, "home.example.net");
    g_assert_null(wh_zone_cache_find(cache, "example.net", 99));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/zone/soa-of-the-apex", Fixture, NULL, set_up, test_soa_of_the_apex, tear_down);
    g_test_add("/zone/soa-in-authority", Fixture, NULL, set_up, test_soa_in_authority, tear_down);
    g_test_add("/zone/soa-of-another-zone", Fixture, NULL, set_up, test_soa_of_another_zone,
               tear_down);
    g_test_add("/zone/alias-says-nothing", Fixture, NULL, set_up, test_alias_says_nothing,
               tear_down);
    g_test_add("/zone/alias-into-a-zone-above", Fixture, NULL, set_up, test_alias_into_a_zone_above,
               tear_down);
    g_test_add_func("/zone/servers-and-addresses", test_servers_and_addresses);
    g_test_add_func("/zone/cache", test_cache);
    return g_test_run();
}
