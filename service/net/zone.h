/* A zone and the servers that answer for it, and the memory of zones that were found. */
#pragma once

#include "service/net/dns_message.h"

G_BEGIN_DECLS

/* More servers than this are not asked. */
#define WH_ZONE_MAX_SERVERS 8

/* addresses: WhAddress, in the order to be tried. */
typedef struct {
    char *name;
    GArray *addresses;
} WhZoneServer;

/* servers: WhZoneServer. until: monotonic microseconds. */
typedef struct {
    char *name;
    GPtrArray *servers;
    gint64 until;
} WhZone;

WhZone *wh_zone_new(const char *name);
void wh_zone_unref(WhZone *zone);
WhZone *wh_zone_ref(WhZone *zone);

/* Adds a server once; further ones than WH_ZONE_MAX_SERVERS are left out. */
void wh_zone_add_server(WhZone *zone, const char *name);

/* Adds the addresses that `records` (WhDnsRecord) hold for the zone's servers. */
void wh_zone_add_addresses(WhZone *zone, const GPtrArray *records);

/* The zone that holds `name` by what a name server said to "SOA `name`"; NULL when it does not say.
 * An alias leads elsewhere, so its SOA is that of another name and is not taken. The text belongs
 * to `answer`. */
const char *wh_zone_name_from_soa(const WhDnsAnswer *answer, const char *name);

/* Zones by the names that they hold. */
typedef struct WhZoneCache WhZoneCache;
WhZoneCache *wh_zone_cache_new(void);
void wh_zone_cache_free(WhZoneCache *cache);

/* A new reference, or NULL when the name's zone is not known or `now` is past its end. */
WhZone *wh_zone_cache_lookup(WhZoneCache *cache, const char *name, gint64 now);

/* A zone of this name whose servers are known, or NULL. */
WhZone *wh_zone_cache_find(WhZoneCache *cache, const char *zone, gint64 now);
void wh_zone_cache_insert(WhZoneCache *cache, const char *name, WhZone *zone);
void wh_zone_cache_forget(WhZoneCache *cache, const char *name);
void wh_zone_cache_clear(WhZoneCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhZone, wh_zone_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhZoneCache, wh_zone_cache_free)

G_END_DECLS
