#include "service/net/zone.h"

/* Bounds the memory that names of remembered zones may take. */
#define MAX_REMEMBERED 4096

#define MAX_ADDRESSES_A_SERVER 4

struct WhZoneCache {
    GHashTable *by_name; /* host name -> WhZone */
    GHashTable *by_zone; /* zone name -> WhZone */
};

static void server_free(gpointer data)
{
    WhZoneServer *server = data;

    g_free(server->name);
    g_array_unref(server->addresses);
    g_free(server);
}

WhZone *wh_zone_new(const char *name)
{
    WhZone *zone = g_rc_box_new0(WhZone);

    zone->name = g_strdup(name);
    zone->servers = g_ptr_array_new_with_free_func(server_free);
    return zone;
}

static void zone_clear(gpointer data)
{
    WhZone *zone = data;

    g_free(zone->name);
    g_ptr_array_unref(zone->servers);
}

void wh_zone_unref(WhZone *zone)
{
    g_rc_box_release_full(zone, zone_clear);
}

WhZone *wh_zone_ref(WhZone *zone)
{
    return g_rc_box_acquire(zone);
}

static WhZoneServer *find_server(WhZone *zone, const char *name)
{
    for (guint i = 0; i < zone->servers->len; i++) {
        WhZoneServer *server = g_ptr_array_index(zone->servers, i);
        if (g_str_equal(server->name, name))
            return server;
    }
    return NULL;
}

void wh_zone_add_server(WhZone *zone, const char *name)
{
    WhZoneServer *server;

    if (zone->servers->len >= WH_ZONE_MAX_SERVERS || find_server(zone, name) != NULL)
        return;
    server = g_new0(WhZoneServer, 1);
    server->name = g_strdup(name);
    server->addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    g_ptr_array_add(zone->servers, server);
}

static gboolean has_address(const WhZoneServer *server, const WhAddress *address)
{
    for (guint i = 0; i < server->addresses->len; i++)
        if (wh_address_equal(&g_array_index(server->addresses, WhAddress, i), address))
            return TRUE;
    return FALSE;
}

static void add_address(WhZoneServer *server, const WhAddress *address)
{
    if (server->addresses->len >= MAX_ADDRESSES_A_SERVER || has_address(server, address))
        return;
    /* Almost every network reaches servers over IPv4, so those are tried first. */
    if (address->family == WH_FAMILY_IPV4)
        g_array_prepend_val(server->addresses, *address);
    else
        g_array_append_val(server->addresses, *address);
}

void wh_zone_add_addresses(WhZone *zone, const GPtrArray *records)
{
    for (guint i = 0; i < records->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(records, i);
        WhZoneServer *server;

        if (record->type != WH_DNS_A && record->type != WH_DNS_AAAA)
            continue;
        server = find_server(zone, record->name);
        if (server != NULL)
            add_address(server, &record->address);
    }
}

static const char *soa_of(const GPtrArray *records, const char *name)
{
    for (guint i = 0; i < records->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(records, i);
        if (record->type == WH_DNS_SOA && wh_dns_name_in_zone(name, record->name))
            return record->name;
    }
    return NULL;
}

const char *wh_zone_name_from_soa(const WhDnsAnswer *answer, const char *name)
{
    const char *zone = soa_of(answer->answer, name);

    for (guint i = 0; i < answer->answer->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(answer->answer, i);
        if (record->type == WH_DNS_CNAME)
            return NULL;
    }
    return zone != NULL ? zone : soa_of(answer->authority, name);
}

static void release_zone(gpointer data)
{
    wh_zone_unref(data);
}

WhZoneCache *wh_zone_cache_new(void)
{
    WhZoneCache *cache = g_new0(WhZoneCache, 1);

    cache->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, release_zone);
    cache->by_zone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, release_zone);
    return cache;
}

void wh_zone_cache_free(WhZoneCache *cache)
{
    g_hash_table_unref(cache->by_name);
    g_hash_table_unref(cache->by_zone);
    g_free(cache);
}

static WhZone *lookup(GHashTable *table, const char *key, gint64 now)
{
    WhZone *zone = g_hash_table_lookup(table, key);

    if (zone == NULL)
        return NULL;
    if (zone->until <= now) {
        g_hash_table_remove(table, key);
        return NULL;
    }
    return wh_zone_ref(zone);
}

WhZone *wh_zone_cache_lookup(WhZoneCache *cache, const char *name, gint64 now)
{
    return lookup(cache->by_name, name, now);
}

WhZone *wh_zone_cache_find(WhZoneCache *cache, const char *zone, gint64 now)
{
    return lookup(cache->by_zone, zone, now);
}

void wh_zone_cache_insert(WhZoneCache *cache, const char *name, WhZone *zone)
{
    if (g_hash_table_size(cache->by_name) >= MAX_REMEMBERED)
        wh_zone_cache_clear(cache);
    g_hash_table_insert(cache->by_name, g_strdup(name), wh_zone_ref(zone));
    g_hash_table_insert(cache->by_zone, g_strdup(zone->name), wh_zone_ref(zone));
}

void wh_zone_cache_forget(WhZoneCache *cache, const char *name)
{
    WhZone *zone = g_hash_table_lookup(cache->by_name, name);

    if (zone == NULL)
        return;
    g_hash_table_remove(cache->by_zone, zone->name);
    g_hash_table_remove(cache->by_name, name);
}

void wh_zone_cache_clear(WhZoneCache *cache)
{
    g_hash_table_remove_all(cache->by_name);
    g_hash_table_remove_all(cache->by_zone);
}
