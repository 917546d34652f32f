#include "service/net/authority.h"

#include <string.h>

#include "service/net/dns_query.h"
#include "service/net/zone.h"

#define ASK_TIMEOUT (3 * WH_SECOND)

/* A name of 127 labels would otherwise mean as many questions. */
#define MAX_SOA_STEPS 10

struct WhAuthority {
    WhClock *clock;
    WhDnsClient *dns;
    WhAuthorityResolvers resolvers;
    guint16 port;
    WhZoneCache *zones;
    GHashTable *lookups; /* handle -> Lookup */
    guint64 last_handle;
};

typedef struct {
    WhAuthority *authority;
    guint64 handle;
    char *name;
    WhFamily family;
    WhAuthorityDone done;
    gpointer data;
    GArray *resolvers; /* WhDnsServer */
    char *candidate;   /* whose SOA is asked for */
    guint soa_steps;
    WhZone *zone;
    guint32 zone_ttl;
    GPtrArray *answers;    /* WhAuthorityAnswer */
    GHashTable *questions; /* Question, set */
    guint pending;
    guint start_timer;
} Lookup;

typedef void (*Answered)(Lookup *lookup, const WhDnsAnswer *answer, WhAuthorityAnswer *result);

/* A question under way, and what to do with its answer. */
typedef struct {
    Lookup *lookup;
    WhDnsQuery *query;
    Answered answered;
    WhAuthorityAnswer *result; /* of a server of the zone, owned by the look-up */
} Question;

static void ask_soa(Lookup *lookup);

static void answer_free(gpointer data)
{
    WhAuthorityAnswer *answer = data;

    g_free(answer->server);
    g_free(answer->at);
    g_array_unref(answer->addresses);
    g_free(answer);
}

static void question_free(gpointer data)
{
    Question *question = data;

    wh_dns_query_free(question->query);
    g_free(question);
}

static void lookup_free(gpointer data)
{
    Lookup *lookup = data;

    wh_clock_remove_timer(lookup->authority->clock, &lookup->start_timer);
    g_hash_table_unref(lookup->questions);
    g_clear_pointer(&lookup->zone, wh_zone_unref);
    g_ptr_array_unref(lookup->answers);
    g_array_unref(lookup->resolvers);
    g_free(lookup->candidate);
    g_free(lookup->name);
    g_free(lookup);
}

/* Ends the look-up; it is gone when this returns. */
static void finish(Lookup *lookup, const char *zone)
{
    WhAuthorityDone done = lookup->done;
    gpointer data = lookup->data;
    GPtrArray *answers = g_ptr_array_ref(lookup->answers);
    g_autofree char *zone_name = g_strdup(zone);

    g_hash_table_remove(lookup->authority->lookups, &lookup->handle);
    done(zone_name, answers, data);
    g_ptr_array_unref(answers);
}

static void read_resolvers(Lookup *lookup)
{
    g_auto(GStrv) texts = lookup->authority->resolvers();

    for (char **text = texts; *text != NULL; text++) {
        WhDnsServer resolver;
        if (wh_dns_server_parse(*text, lookup->authority->port, &resolver))
            g_array_append_val(lookup->resolvers, resolver);
    }
}

static GArray *servers_at(const GArray *addresses, guint16 port)
{
    GArray *servers = g_array_new(FALSE, FALSE, sizeof(WhDnsServer));

    for (guint i = 0; i < addresses->len; i++) {
        const WhDnsServer server = {.address = g_array_index(addresses, WhAddress, i),
                                    .port = port};
        g_array_append_val(servers, server);
    }
    return servers;
}

/* Who has answered is asked first from then on: a dead one costs one wait, not one a question. */
static void prefer(GArray *resolvers, const WhAddress *address)
{
    WhDnsServer *first = (WhDnsServer *)(gpointer)resolvers->data;

    for (guint i = 1; i < resolvers->len; i++) {
        WhDnsServer other = first[i];
        if (wh_address_equal(&other.address, address)) {
            first[i] = first[0];
            first[0] = other;
        }
    }
}

static void on_answer(WhDnsQuery *query, const WhDnsAnswer *answer, const WhAddress *last,
                      gpointer data)
{
    Question *question = data;
    Lookup *lookup = question->lookup;

    g_hash_table_steal(lookup->questions, question);
    if (question->result != NULL && last != NULL) {
        g_free(question->result->at);
        question->result->at = wh_address_to_string(last);
    } else if (answer != NULL) {
        prefer(lookup->resolvers, last);
    }
    question->answered(lookup, answer, question->result);
    question_free(question);
}

/* Puts a question; `servers` is taken over. */
static void ask(Lookup *lookup, const char *name, WhDnsType type, GArray *servers,
                WhAuthorityAnswer *result, Answered answered)
{
    Question *question = g_new0(Question, 1);

    question->lookup = lookup;
    question->result = result;
    question->answered = answered;
    question->query =
        wh_dns_query_new(lookup->authority->dns, name, type, result == NULL, servers, ASK_TIMEOUT);
    g_hash_table_add(lookup->questions, question);
    wh_dns_query_start(question->query, on_answer, question);
}

static void judge(WhAuthorityAnswer *result, const Lookup *lookup, const WhDnsAnswer *answer)
{
    WhDnsType wanted = lookup->family == WH_FAMILY_IPV4 ? WH_DNS_A : WH_DNS_AAAA;

    if (!answer->authoritative) {
        result->kind = WH_AUTHORITY_NO_AUTHORITY;
        return;
    }
    result->kind = WH_AUTHORITY_ANSWERED;
    for (guint i = 0; i < answer->answer->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(answer->answer, i);
        if (!g_str_equal(record->name, lookup->name))
            continue;
        result->ttl = MAX(result->ttl, record->ttl);
        if (record->type == WH_DNS_CNAME)
            result->kind = WH_AUTHORITY_ALIASED;
        else if (record->type == wanted)
            g_array_append_val(result->addresses, record->address);
    }
}

static gboolean nobody_has_authority(const Lookup *lookup)
{
    for (guint i = 0; i < lookup->answers->len; i++) {
        const WhAuthorityAnswer *answer = g_ptr_array_index(lookup->answers, i);
        if (answer->kind == WH_AUTHORITY_ANSWERED || answer->kind == WH_AUTHORITY_ALIASED)
            return FALSE;
    }
    return TRUE;
}

/* A remembered zone whose servers have all moved, or that has handed the name on to a zone of its
 * own, must not stay remembered. */
static void on_server(Lookup *lookup, const WhDnsAnswer *answer, WhAuthorityAnswer *result)
{
    if (answer != NULL)
        judge(result, lookup, answer);
    if (--lookup->pending > 0)
        return;
    if (nobody_has_authority(lookup))
        wh_zone_cache_forget(lookup->authority->zones, lookup->name);
    finish(lookup, lookup->zone->name);
}

static void ask_servers(Lookup *lookup)
{
    WhZone *zone = lookup->zone;

    if (zone->servers->len == 0) {
        finish(lookup, zone->name);
        return;
    }
    lookup->pending = zone->servers->len;
    for (guint i = 0; i < zone->servers->len; i++) {
        const WhZoneServer *server = g_ptr_array_index(zone->servers, i);
        WhAuthorityAnswer *result = g_new0(WhAuthorityAnswer, 1);

        result->server = g_strdup(server->name);
        result->at = g_strdup("");
        result->kind = WH_AUTHORITY_UNREACHABLE;
        result->addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
        g_ptr_array_add(lookup->answers, result);
    }
    /* The last server without an address ends the look-up inside the call, so the loop counts on a
     * copy. */
    for (guint i = 0, n = zone->servers->len; i < n; i++) {
        const WhZoneServer *server = g_ptr_array_index(zone->servers, i);
        WhDnsType type = lookup->family == WH_FAMILY_IPV4 ? WH_DNS_A : WH_DNS_AAAA;

        ask(lookup, lookup->name, type, servers_at(server->addresses, lookup->authority->port),
            g_ptr_array_index(lookup->answers, i), on_server);
    }
}

static void zone_is_complete(Lookup *lookup)
{
    gint64 keep = MIN((gint64)lookup->zone_ttl * WH_SECOND, WH_HOUR);

    lookup->zone->until = wh_clock_monotonic(lookup->authority->clock) + keep;
    wh_zone_cache_insert(lookup->authority->zones, lookup->name, lookup->zone);
    ask_servers(lookup);
}

static void on_server_address(Lookup *lookup, const WhDnsAnswer *answer, WhAuthorityAnswer *result)
{
    if (answer != NULL)
        wh_zone_add_addresses(lookup->zone, answer->answer);
    if (--lookup->pending == 0)
        zone_is_complete(lookup);
}

static void ask_server_addresses(Lookup *lookup)
{
    WhZone *zone = lookup->zone;
    guint n = zone->servers->len;

    lookup->pending = 2 * n;
    for (guint i = 0; i < n; i++) {
        const char *name = ((WhZoneServer *)g_ptr_array_index(zone->servers, i))->name;
        ask(lookup, name, WH_DNS_A, g_array_copy(lookup->resolvers), NULL, on_server_address);
        ask(lookup, name, WH_DNS_AAAA, g_array_copy(lookup->resolvers), NULL, on_server_address);
    }
}

static void on_ns(Lookup *lookup, const WhDnsAnswer *answer, WhAuthorityAnswer *result)
{
    for (guint i = 0; answer != NULL && i < answer->answer->len; i++) {
        const WhDnsRecord *record = g_ptr_array_index(answer->answer, i);
        if (record->type != WH_DNS_NS || !g_str_equal(record->name, lookup->zone->name))
            continue;
        lookup->zone_ttl = MAX(lookup->zone_ttl, record->ttl);
        wh_zone_add_server(lookup->zone, record->target);
    }
    if (lookup->zone->servers->len == 0)
        finish(lookup, NULL);
    else
        ask_server_addresses(lookup);
}

static void zone_is_known(Lookup *lookup, const char *zone)
{
    WhAuthority *authority = lookup->authority;
    gint64 now = wh_clock_monotonic(authority->clock);

    lookup->zone = wh_zone_cache_find(authority->zones, zone, now);
    if (lookup->zone != NULL) {
        wh_zone_cache_insert(authority->zones, lookup->name, lookup->zone);
        ask_servers(lookup);
        return;
    }
    lookup->zone = wh_zone_new(zone);
    ask(lookup, zone, WH_DNS_NS, g_array_copy(lookup->resolvers), NULL, on_ns);
}

static void on_soa(Lookup *lookup, const WhDnsAnswer *answer, WhAuthorityAnswer *result)
{
    const char *zone = NULL;
    const char *parent;
    g_autofree char *parent_name = NULL;

    if (answer != NULL)
        zone = wh_zone_name_from_soa(answer, lookup->name);
    if (zone != NULL) {
        zone_is_known(lookup, zone);
        return;
    }
    parent = strchr(lookup->candidate, '.');
    if (answer == NULL || parent == NULL || ++lookup->soa_steps >= MAX_SOA_STEPS) {
        finish(lookup, NULL);
        return;
    }
    parent_name = g_strdup(parent + 1);
    g_free(lookup->candidate);
    lookup->candidate = g_steal_pointer(&parent_name);
    ask_soa(lookup);
}

static void ask_soa(Lookup *lookup)
{
    ask(lookup, lookup->candidate, WH_DNS_SOA, g_array_copy(lookup->resolvers), NULL, on_soa);
}

static void start(gpointer data)
{
    Lookup *lookup = data;
    WhAuthority *authority = lookup->authority;

    lookup->start_timer = 0;
    lookup->zone =
        wh_zone_cache_lookup(authority->zones, lookup->name, wh_clock_monotonic(authority->clock));
    if (lookup->zone != NULL) {
        ask_servers(lookup);
        return;
    }
    read_resolvers(lookup);
    ask_soa(lookup);
}

WhAuthority *wh_authority_new(WhClock *clock, WhDnsClient *dns, WhAuthorityResolvers resolvers)
{
    return wh_authority_new_at(clock, dns, resolvers, WH_DNS_PORT);
}

WhAuthority *wh_authority_new_at(WhClock *clock, WhDnsClient *dns, WhAuthorityResolvers resolvers,
                                 guint16 port)
{
    WhAuthority *authority = g_new0(WhAuthority, 1);

    authority->clock = clock;
    authority->dns = dns;
    authority->resolvers = resolvers;
    authority->port = port;
    authority->zones = wh_zone_cache_new();
    authority->lookups = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, lookup_free);
    return authority;
}

void wh_authority_free(WhAuthority *authority)
{
    g_hash_table_unref(authority->lookups);
    wh_zone_cache_free(authority->zones);
    g_free(authority);
}

guint64 wh_authority_ask(WhAuthority *authority, const char *name, WhFamily family,
                         WhAuthorityDone done, gpointer data)
{
    Lookup *lookup = g_new0(Lookup, 1);

    lookup->authority = authority;
    lookup->handle = ++authority->last_handle;
    lookup->name = g_strdup(name);
    lookup->candidate = g_strdup(name);
    lookup->family = family;
    lookup->done = done;
    lookup->data = data;
    lookup->resolvers = g_array_new(FALSE, FALSE, sizeof(WhDnsServer));
    lookup->answers = g_ptr_array_new_with_free_func(answer_free);
    lookup->questions = g_hash_table_new_full(NULL, NULL, question_free, NULL);
    g_hash_table_insert(authority->lookups, &lookup->handle, lookup);
    lookup->start_timer = wh_clock_add_timer(authority->clock, 0, start, lookup);
    return lookup->handle;
}

void wh_authority_cancel(WhAuthority *authority, guint64 handle)
{
    g_hash_table_remove(authority->lookups, &handle);
}

void wh_authority_forget(WhAuthority *authority)
{
    wh_zone_cache_clear(authority->zones);
}
