#include "service/wiring/targets.h"

#include "service/targets/target.h"
#include "service/wiring/interfaces.h"

#include <string.h>

/* Nobody is asked about more of them at once. */
#define MOST_MISSED 64

#define PREFIX_BITS 64

/* lines: those that the network was last known for. missed: WhAddress, or NULL. */
struct WhTargets {
    WhAimer aimer;
    WhSurroundings *surroundings;
    WhDefaultRoute lines[WH_N_FAMILIES];
    GArray *missed;
};

static void miss(WhTargets *targets, const WhHost *host, const WhAddress *last)
{
    WhAddress guess;

    if (targets->missed == NULL)
        targets->missed = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    if (!wh_target_guess(host, last, targets->surroundings, &guess) ||
        targets->missed->len >= MOST_MISSED)
        return;
    if (!wh_address_is_among(&guess, targets->missed))
        g_array_append_val(targets->missed, guess);
}

/* A machine that was not seen; or only with another prefix than the one that is in use, which a
 * router may have given up without a word: nobody hears of the machine's new address before it is
 * asked. */
static gboolean is_missed(const WhTargets *targets, const WhHost *host, WhFamily family,
                          const WhAddress *last, const WhAim *found)
{
    WhAddress guess;

    if (!found->known)
        return found->why == WH_AIM_DEVICE_UNSEEN;
    return family == WH_FAMILY_IPV6 && host->device == WH_DEVICE_MAC && !host->lan &&
           wh_target_guess(host, last, targets->surroundings, &guess) &&
           !wh_address_shares_prefix(&found->address, &guess, PREFIX_BITS);
}

static WhAim aim(WhAimer *aimer, const WhHost *host, WhFamily family, const WhAddress *last)
{
    WhTargets *targets = (WhTargets *)aimer;
    WhAim found = wh_target_find(host, family, last, targets->surroundings);

    if (host->wants[family] && !host->paused && is_missed(targets, host, family, last, &found))
        miss(targets, host, last);
    return found;
}

WhTargets *wh_targets_new(void)
{
    WhTargets *targets = g_new0(WhTargets, 1);

    targets->aimer.aim = aim;
    targets->surroundings = wh_surroundings_new();
    return targets;
}

void wh_targets_free(WhTargets *targets)
{
    if (targets == NULL)
        return;
    wh_surroundings_free(targets->surroundings);
    g_clear_pointer(&targets->missed, g_array_unref);
    g_free(targets);
}

WhAimer *wh_targets_aimer(WhTargets *targets)
{
    return &targets->aimer;
}

WhSurroundings *wh_targets_surroundings(WhTargets *targets)
{
    return targets->surroundings;
}

/* An interface of this computer has it, or the other end of its VPN does. */
static gboolean is_its_own(const WhVerdict *verdict)
{
    return verdict->reason == WH_VERDICT_DIRECT ||
           (*verdict->vpn != '\0' && verdict->vpn_choice == WH_VPN_VPN);
}

gboolean wh_targets_take_verdict(WhTargets *targets, const WhVerdict *verdict)
{
    WhSurroundings *surroundings = targets->surroundings;
    gboolean changed = wh_surroundings_set_undecided(surroundings, verdict->family,
                                                     verdict->reason == WH_VERDICT_VPN);

    return wh_surroundings_set_public(surroundings, verdict->family,
                                      verdict->known ? &verdict->address : NULL,
                                      is_its_own(verdict)) ||
           changed;
}

static gboolean is_usable(const WhInterfaceAddress *address)
{
    const guint never = WH_INTERFACE_ADDRESS_DEPRECATED | WH_INTERFACE_ADDRESS_TENTATIVE |
                        WH_INTERFACE_ADDRESS_DUPLICATE;

    return (address->flags & never) == 0;
}

static void read_family(const WhAddressSnapshot *snapshot, WhFamily family, GArray *found)
{
    const WhDefaultRoute *line = &snapshot->line[family];
    guint wanted = family == WH_FAMILY_IPV4 ? 4 : 6;

    for (guint i = 0; line->interface != 0 && i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *address =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);
        WhLanAddress entry;

        if (address->family != wanted || address->interface != line->interface ||
            !is_usable(address))
            continue;
        entry.address = wh_address_from_bytes(family, address->bytes);
        entry.stable = (address->flags & WH_INTERFACE_ADDRESS_TEMPORARY) == 0;
        entry.preferred = wh_interfaces_is_preferred(&entry.address, address->prefix_length, line);
        g_array_append_val(found, entry);
    }
}

static gboolean is_same_line(const WhDefaultRoute *a, const WhDefaultRoute *b)
{
    return a->interface == b->interface && !a->has_gateway == !b->has_gateway &&
           (!a->has_gateway || memcmp(a->gateway, b->gateway, sizeof a->gateway) == 0);
}

/* A network is known by the router of its IPv4 line, or of the other one where there is none. */
static gboolean is_same_network(const WhDefaultRoute lines[WH_N_FAMILIES],
                                const WhDefaultRoute before[WH_N_FAMILIES])
{
    WhFamily family = lines[WH_FAMILY_IPV4].interface != 0 ? WH_FAMILY_IPV4 : WH_FAMILY_IPV6;

    return is_same_line(&lines[WH_FAMILY_IPV4], &before[WH_FAMILY_IPV4]) &&
           is_same_line(&lines[family], &before[family]);
}

static gboolean forget_network(WhTargets *targets, const WhAddressSnapshot *snapshot)
{
    gboolean same = is_same_network(snapshot->line, targets->lines);

    memcpy(targets->lines, snapshot->line, sizeof targets->lines);
    return !same && wh_surroundings_set_network(targets->surroundings, NULL);
}

gboolean wh_targets_read_line(WhTargets *targets, const WhAddressSnapshot *snapshot)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(WhLanAddress));
    g_autoptr(WhLan) lan = NULL;
    gboolean changed = forget_network(targets, snapshot);

    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        read_family(snapshot, family, found);
    lan = wh_lan_new(found);
    return wh_surroundings_set_lan(targets->surroundings, lan) || changed;
}

static gboolean is_on_line(const WhTargets *targets, guint interface)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (interface != 0 && targets->lines[i].interface == interface)
            return TRUE;
    }
    return FALSE;
}

gboolean wh_targets_take_neighbours(WhTargets *targets, const GArray *neighbours)
{
    g_autoptr(GArray) sightings = g_array_new(FALSE, FALSE, sizeof(WhSighting));

    for (guint i = 0; i < neighbours->len; i++) {
        const WhNeighbour *neighbour = &g_array_index(neighbours, WhNeighbour, i);
        WhSighting sighting = {.reachable = neighbour->reachable};

        if (neighbour->family != 6 || !is_on_line(targets, neighbour->interface))
            continue;
        memcpy(sighting.mac, neighbour->mac, sizeof sighting.mac);
        sighting.address = wh_address_from_bytes(WH_FAMILY_IPV6, neighbour->bytes);
        g_array_append_val(sightings, sighting);
    }
    return wh_surroundings_set_neighbours(targets->surroundings, sightings);
}

GArray *wh_targets_take_missed(WhTargets *targets)
{
    return g_steal_pointer(&targets->missed);
}
