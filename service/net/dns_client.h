/* Carries one DNS message to one given server and brings the answer: UDP first, TCP when the answer
 * is truncated or the message is large. Knows no caches and no search lists. */
#pragma once

#include "service/base/clock.h"
#include "service/net/binder.h"
#include "service/net/dns_server.h"

G_BEGIN_DECLS

typedef enum {
    WH_DNS_UDP_THEN_TCP, /* UDP up to 512 octets, TCP on truncation or for a larger message */
    WH_DNS_TCP,
    WH_DNS_UDP_QUICK, /* UDP alone, sent again soon: where a lost datagram must cost little */
} WhDnsTransport;

typedef struct WhDnsClient WhDnsClient;

/* bytes NULL: error is set (G_IO_ERROR_TIMED_OUT, _CONNECTION_REFUSED, _HOST_UNREACHABLE,
 * _CANCELLED, _FAILED). Valid during the call only. sent: wall time at which the message left (the
 * last try). */
typedef void (*WhDnsDone)(const guint8 *bytes, gsize length, gint64 sent, const GError *error,
                          gpointer data);

/* Decides whether a datagram is the answer that is waited for; others are ignored and the wait goes
 * on (a forged or late answer must not end it). NULL: a matching id and question are enough. */
typedef gboolean (*WhDnsAccept)(const guint8 *bytes, gsize length, gpointer data);

WhDnsClient *wh_dns_client_new(WhClock *clock);

/* How exchanges with a server that names an uplink leave by it. Without it they fail. */
void wh_dns_client_set_binder(WhDnsClient *client, WhBinder binder);

/* Exchanges under way end with G_IO_ERROR_CANCELLED before this returns. */
void wh_dns_client_free(WhDnsClient *client);

/* Sends `message` (with its id) to `server`. UDP goes out again after 1, 2 and 4 seconds (quick:
 * after 0.2, 0.6 and 1.6 seconds) within `timeout` (microseconds), the same bytes each time. Quick
 * takes a truncated answer as it is. Each exchange has its own socket with a random port, connected
 * to the server. Returns a handle, never 0; `done` is called exactly once and not before this
 * function returned. */
guint64 wh_dns_client_exchange(WhDnsClient *client, const WhDnsServer *server, GBytes *message,
                               WhDnsTransport transport, gint64 timeout, WhDnsAccept accept,
                               WhDnsDone done, gpointer data);

/* Ends an exchange at once with G_IO_ERROR_CANCELLED; unknown handles are ignored. */
void wh_dns_client_cancel(WhDnsClient *client, guint64 handle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDnsClient, wh_dns_client_free)

G_END_DECLS
