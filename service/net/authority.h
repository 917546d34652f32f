/* Asks a name's own servers: finds the zone that holds it (SOA), the servers that answer for the
 * zone (NS), and puts the question to each of them.
 *
 * The computer's name servers only help to find the way; what they say about the name itself is not
 * used. */
#pragma once

#include "service/net/dns_client.h"
#include "service/net/dns_message.h"

G_BEGIN_DECLS

typedef enum {
    WH_AUTHORITY_ANSWERED,     /* with the AA bit; no address is an answer too */
    WH_AUTHORITY_UNREACHABLE,  /* silence, refusal or failure over each of its addresses */
    WH_AUTHORITY_NO_AUTHORITY, /* it answered without the AA bit */
    WH_AUTHORITY_ALIASED,      /* the name is an alias (CNAME) */
} WhAuthorityKind;

/* One authoritative server: its name, the address that was asked last, and what it said. */
typedef struct {
    char *server;
    char *at;
    WhAuthorityKind kind;
    GArray *addresses; /* WhAddress */
    guint32 ttl;       /* seconds */
} WhAuthorityAnswer;

/* zone NULL: not found, answers is empty. Otherwise one WhAuthorityAnswer for each server of the
 * zone (eight at most). Valid during the call only. */
typedef void (*WhAuthorityDone)(const char *zone, const GPtrArray *answers, gpointer data);

/* Gives the name servers as text (a link-local one with its zone, "fe80::1%eth0"), NULL-terminated,
 * for g_strfreev(). */
typedef char **(*WhAuthorityResolvers)(void);

typedef struct WhAuthority WhAuthority;

/* `dns` must outlive it. */
WhAuthority *wh_authority_new(WhClock *clock, WhDnsClient *dns, WhAuthorityResolvers resolvers);

/* The same with all servers at another port than 53. */
WhAuthority *wh_authority_new_at(WhClock *clock, WhDnsClient *dns, WhAuthorityResolvers resolvers,
                                 guint16 port);

/* Look-ups under way end without a call. */
void wh_authority_free(WhAuthority *authority);

/* Returns a handle, never 0. `done` is called once, not before this returned, and not at all after
 * wh_authority_cancel(). Zones and their servers are remembered for as long as their records allow,
 * an hour at most. */
guint64 wh_authority_ask(WhAuthority *authority, const char *name, WhFamily family,
                         WhAuthorityDone done, gpointer data);
void wh_authority_cancel(WhAuthority *authority, guint64 handle);

/* Forgets the remembered zones: the network is another one. */
void wh_authority_forget(WhAuthority *authority);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAuthority, wh_authority_free)

G_END_DECLS
