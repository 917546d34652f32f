/* A lasting link to the service: connects, watches what happens there, and connects again when the
 * service was away. Shared by every face that stays.
 *
 * The service's socket is asked for again with growing pauses (250 ms to 30 s), and at once when
 * its file appears; where that can be noticed, the pauses end after some minutes. Nothing wakes up
 * while the link stands. */
#pragma once

#include "app/client/caller.h"
#include "app/client/client.h"

G_BEGIN_DECLS

typedef enum {
    WH_LINK_CONNECTING,    /* nobody answered yet */
    WH_LINK_UP,            /* the whole state has arrived */
    WH_LINK_AWAY,          /* no service answers */
    WH_LINK_UNSAFE,        /* somebody else answers at the socket */
    WH_LINK_NOT_PERMITTED, /* the service does not let this person look */
    WH_LINK_STRANGE,       /* what answers does not speak this protocol, or another version */
} WhLinkState;

#define WH_TYPE_LINK (wh_link_get_type())
/* Signals: "state-changed" (the state did); "message" (json_t *parameters, gboolean whole): one
 * reply of Watch, whole when it is the first of a connection. */
G_DECLARE_FINAL_TYPE(WhLink, wh_link, WH, LINK, GObject)

/* address as in wh_client_new(). Starts with wh_link_start(), in the thread-default main context.
 */
WhLink *wh_link_new(const char *address);
void wh_link_start(WhLink *link);

/* CONNECTING until wh_link_start() and the first answer. */
WhLinkState wh_link_state(WhLink *link);

/* Why it is not UP, in the client's words, or NULL. */
const GError *wh_link_error(WhLink *link);

/* What the service said about this person last; MANAGE before it said anything. */
WhCaller wh_link_caller(WhLink *link);
gboolean wh_link_must_claim(WhLink *link);

/* The service has just made this person its owner; it will say so itself as well. */
void wh_link_claimed(WhLink *link);

/* The one address at which it looks, NULL: at the usual ones, and at the person's own service where
 * that of the whole computer does not let them look. */
const char *wh_link_asked(WhLink *link);

/* The address that answers, or NULL. */
const char *wh_link_address(WhLink *link);

/* How long a request may take before it is given up: 30 s. One that waits for somebody to give a
 * password may take much longer. */
guint wh_link_patience_ms(WhLink *link);
void wh_link_set_patience_ms(WhLink *link, guint patience_ms);

/* The pauses between looking for the service. */
void wh_link_set_pauses_ms(WhLink *link, guint shortest_ms, guint longest_ms);

/* Tries to connect now instead of after the pause. */
void wh_link_retry(WhLink *link);

G_END_DECLS
