#include "service/gateway/gateway_round.h"

void wh_gateway_round_init(WhGatewayRound *round, WhRoundAsk ask, gpointer data)
{
    *round = (WhGatewayRound){.ask = ask, .data = data};
}

static void want(WhGatewayRound *round, WhMethodKind kind)
{
    WhMethod *method = &round->methods[kind];
    method->asked = TRUE;
    method->again = method->asking;
    method->asking = TRUE;
    if (!method->again || kind == WH_METHOD_NATPMP)
        round->ask(kind, round->data);
}

static void begin(WhGatewayRound *round, gboolean natpmp, gboolean upnp)
{
    for (guint i = 0; i < WH_N_METHODS; i++) {
        round->methods[i].asked = FALSE;
        round->methods[i].heard = FALSE;
    }
    round->holding = FALSE;
    if (natpmp)
        want(round, WH_METHOD_NATPMP);
    if (upnp)
        want(round, WH_METHOD_UPNP);
}

/* Whether UPnP names an address and NAT-PMP, which costs less, does not. */
static gboolean is_upnp_better(const WhGatewayRound *round)
{
    const WhMethod *natpmp = &round->methods[WH_METHOD_NATPMP];
    const WhMethod *upnp = &round->methods[WH_METHOD_UPNP];
    return upnp->alive && (!natpmp->alive || (upnp->named && !natpmp->named));
}

static gboolean is_nobody_alive(const WhGatewayRound *round)
{
    return !round->methods[WH_METHOD_NATPMP].alive && !round->methods[WH_METHOD_UPNP].alive;
}

void wh_gateway_round_poll(WhGatewayRound *round)
{
    gboolean all = is_nobody_alive(round);
    gboolean upnp = is_upnp_better(round);
    begin(round, all || !upnp, all || upnp);
}

void wh_gateway_round_event(WhGatewayRound *round, gboolean natpmp_too)
{
    gboolean all = is_nobody_alive(round);
    begin(round, all || natpmp_too || round->methods[WH_METHOD_NATPMP].alive,
          all || is_upnp_better(round));
}

static gboolean names(const WhMethod *method)
{
    return method->heard && method->named;
}

/* UPnP contradicts what NAT-PMP said in the same round: one of them is behind the times. */
static void settle_contradiction(WhGatewayRound *round)
{
    const WhMethod *natpmp = &round->methods[WH_METHOD_NATPMP];
    const WhMethod *upnp = &round->methods[WH_METHOD_UPNP];
    if (natpmp->asking || !names(natpmp) || !names(upnp) || upnp->turn < natpmp->turn ||
        wh_address_equal(&natpmp->address, &upnp->address))
        return;
    round->holding = TRUE;
    want(round, WH_METHOD_NATPMP);
}

static void take(WhGatewayRound *round, WhMethod *method, const WhWord *word)
{
    method->heard = method->alive;
    method->named = word->kind == WH_WORD_ADDRESS;
    method->turn = ++round->turn;
    if (method->named)
        method->address = word->address;
}

void wh_gateway_round_hear(WhGatewayRound *round, WhMethodKind kind, const WhWord *word)
{
    WhMethod *method = &round->methods[kind];
    WhMethodKind other = kind == WH_METHOD_NATPMP ? WH_METHOD_UPNP : WH_METHOD_NATPMP;
    method->asking = FALSE;
    method->alive = word->kind != WH_WORD_SILENT;
    method->ever = method->ever || method->alive;
    take(round, method, word);
    if (method->again)
        want(round, kind);
    if (kind == WH_METHOD_NATPMP)
        round->holding = FALSE;
    if (!method->asking && !method->named && round->methods[other].ever &&
        !round->methods[other].asked)
        want(round, other);
    settle_contradiction(round);
}

gboolean wh_gateway_round_is_over(const WhGatewayRound *round)
{
    return !round->methods[WH_METHOD_NATPMP].asking && !round->methods[WH_METHOD_UPNP].asking;
}

/* Who named an address most recently in this round, or NULL. */
static const WhMethod *find_best(const WhGatewayRound *round)
{
    const WhMethod *natpmp = &round->methods[WH_METHOD_NATPMP];
    const WhMethod *upnp = &round->methods[WH_METHOD_UPNP];
    if (!names(natpmp) || !names(upnp))
        return names(natpmp) ? natpmp : names(upnp) ? upnp : NULL;
    gboolean agree = wh_address_equal(&natpmp->address, &upnp->address);
    return agree || round->holding || natpmp->turn > upnp->turn ? natpmp : upnp;
}

WhRoundState wh_gateway_round_state(const WhGatewayRound *round, WhAddress *address,
                                    WhMethodKind *method)
{
    const WhMethod *best = find_best(round);
    if (best != NULL) {
        *address = best->address;
        *method = (WhMethodKind)(best - round->methods);
        return WH_ROUND_ADDRESS;
    }
    if (!wh_gateway_round_is_over(round))
        return WH_ROUND_OPEN;
    for (guint i = 0; i < WH_N_METHODS; i++) {
        if (round->methods[i].heard) {
            *method = (WhMethodKind)i;
            return WH_ROUND_NO_ADDRESS;
        }
    }
    return WH_ROUND_LOST;
}
