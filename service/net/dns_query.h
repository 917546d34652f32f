/* One question to several servers that may each answer it: they are asked in turn until one does.
 */
#pragma once

#include "service/net/dns_client.h"
#include "service/net/dns_message.h"

G_BEGIN_DECLS

typedef struct WhDnsQuery WhDnsQuery;

/* answer NULL: none of the servers gave one. last: the server that was asked last, NULL when there
 * was none. Both are valid during the call only; the query is over and may be freed in it. */
typedef void (*WhDnsQueryDone)(WhDnsQuery *query, const WhDnsAnswer *answer, const WhAddress *last,
                               gpointer data);

/* Asks for `name` and `type`. NOERROR and NXDOMAIN are answers; anything else, and silence for
 * `timeout` microseconds, sends the question to the next of `servers` (WhDnsServer, taken over). */
WhDnsQuery *wh_dns_query_new(WhDnsClient *dns, const char *name, WhDnsType type, gboolean recursion,
                             GArray *servers, gint64 timeout);

/* Starts it. `done` is called once, before this returns only when there is nobody to ask, and not
 * at all when the query is freed first. */
void wh_dns_query_start(WhDnsQuery *query, WhDnsQueryDone done, gpointer data);

/* Also ends it. */
void wh_dns_query_free(WhDnsQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsQuery, wh_dns_query_free)

G_END_DECLS
