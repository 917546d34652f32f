/* One round of questions to the router by the methods there are, and whose word counts. Asks
 * nobody itself. Private to this room.
 *
 * A method is asked once at a time. What is asked for while its answer is awaited is asked once
 * more afterwards, for that answer may be older than what made us ask. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

typedef enum {
    WH_METHOD_NATPMP,
    WH_METHOD_UPNP,
} WhMethodKind;

#define WH_N_METHODS 2

typedef enum {
    WH_WORD_ADDRESS,
    WH_WORD_NO_ADDRESS,
    WH_WORD_SILENT,
} WhWordKind;

/* address: only of WH_WORD_ADDRESS. */
typedef struct {
    WhWordKind kind;
    WhAddress address;
} WhWord;

typedef enum {
    WH_ROUND_OPEN,       /* nobody has named an address, and somebody may still */
    WH_ROUND_ADDRESS,    /* there is one; others may still be asked */
    WH_ROUND_NO_ADDRESS, /* the router answered, and none of its methods named one */
    WH_ROUND_LOST,       /* nothing was heard */
} WhRoundState;

/* asking: an answer is awaited; again: and then another. alive: its last word was no silence. ever:
 * it has answered. asked, heard: in this round. named: its last word was `address`. turn: counts
 * up with each word. */
typedef struct {
    gboolean asking;
    gboolean again;
    gboolean alive;
    gboolean ever;
    gboolean asked;
    gboolean heard;
    gboolean named;
    WhAddress address;
    guint turn;
} WhMethod;

/* Sends the question; the answer comes later, by wh_gateway_round_hear(). NAT-PMP, whose questions
 * get lost, is called again while its answer is awaited: then it must not wait long any more. */
typedef void (*WhRoundAsk)(WhMethodKind method, gpointer data);

/* holding: NAT-PMP is asked once more because UPnP named another address, and what it said before
 * counts meanwhile. */
typedef struct {
    WhMethod methods[WH_N_METHODS];
    guint turn;
    gboolean holding;
    WhRoundAsk ask;
    gpointer data;
} WhGatewayRound;

void wh_gateway_round_init(WhGatewayRound *round, WhRoundAsk ask, gpointer data);

/* Begins a round without cause: asks the method whose word counts, or all when none is alive. */
void wh_gateway_round_poll(WhGatewayRound *round);

/* Begins one because something happened: asks NAT-PMP when it is alive, else or when its word does
 * not count UPnP as well, and all when none is alive. natpmp_too: NAT-PMP in any case, because
 * that is what was heard. */
void wh_gateway_round_event(WhGatewayRound *round, gboolean natpmp_too);

/* The answer to a question. Asks the other method when this one named nothing and the other has
 * answered before. */
void wh_gateway_round_hear(WhGatewayRound *round, WhMethodKind method, const WhWord *word);

/* address: set for WH_ROUND_ADDRESS, to what was named most recently; method likewise, and for
 * WH_ROUND_NO_ADDRESS. */
WhRoundState wh_gateway_round_state(const WhGatewayRound *round, WhAddress *address,
                                    WhMethodKind *method);

/* No answer is awaited. */
gboolean wh_gateway_round_is_over(const WhGatewayRound *round);

G_END_DECLS
