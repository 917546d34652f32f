#include "service/targets/target.h"

#include "service/targets/machine.h"
#include "service/targets/surroundings_private.h"

#define PREFIX_BITS 64

static gboolean is_at_home(const WhHost *host, const WhSurroundings *surroundings)
{
    if (host->networks == NULL)
        return TRUE;
    return surroundings->network != NULL &&
           g_strv_contains((const char *const *)host->networks, surroundings->network);
}

static WhAim aim_at_lan(WhFamily family, const WhSurroundings *surroundings)
{
    const WhLan *lan = surroundings->lan;
    return lan->has[family] ? wh_aim_at(&lan->address[family])
                            : wh_aim_nowhere(WH_AIM_NO_LAN_ADDRESS);
}

static WhAim aim_at_public(const WhHost *host, WhFamily family, const WhSurroundings *surroundings)
{
    const WhPublic *public = &surroundings->public[family];
    if (family != WH_FAMILY_IPV6 && host->withhold_unreachable && surroundings->unreachable)
        return wh_aim_nowhere(WH_AIM_UNREACHABLE);
    if (!public->known)
        return wh_aim_nowhere(surroundings->undecided[family] ? WH_AIM_VPN : WH_AIM_NO_ADDRESS);
    if (host->device != WH_DEVICE_THIS && public->direct)
        return wh_aim_nowhere(WH_AIM_DEVICE_UNKNOWN);
    return wh_aim_at(&public->address);
}

/* The prefix of this network that `address` is in, or NULL. */
static const WhAddress *prefix_of(const WhSurroundings *surroundings, const WhAddress *address)
{
    const GArray *prefixes = surroundings->lan->prefixes;
    for (guint i = 0; i < prefixes->len; i++) {
        const WhAddress *prefix = &g_array_index(prefixes, WhAddress, i);
        if (wh_address_shares_prefix(prefix, address, PREFIX_BITS))
            return prefix;
    }
    return NULL;
}

/* That of the public address, which is none of this network's where a VPN is in use; else the one
 * that the record is in, so that it does not move without need; else the first. */
static const WhAddress *favourite(const WhSurroundings *surroundings, const WhAddress *last)
{
    const GArray *prefixes = surroundings->lan->prefixes;
    const WhPublic *public = &surroundings->public[WH_FAMILY_IPV6];
    const WhAddress *prefix = NULL;
    if (public->known)
        prefix = prefix_of(surroundings, &public->address);
    if (prefix == NULL && last != NULL)
        prefix = prefix_of(surroundings, last);
    if (prefix == NULL && prefixes->len > 0)
        prefix = &g_array_index(prefixes, WhAddress, 0);
    return prefix;
}

static gboolean find_in(const WhHost *host, const WhAddress *prefix, const WhAddress *last,
                        const WhSurroundings *surroundings, WhAddress *address)
{
    return wh_machine_find(surroundings->neighbours, surroundings->lan->own, host->mac, prefix,
                           last, address);
}

/* Machines of one network may have addresses in different ones of its prefixes. */
static WhAim aim_at_mac(const WhHost *host, const WhAddress *first, const WhAddress *last,
                        const WhSurroundings *surroundings)
{
    const GArray *prefixes = surroundings->lan->prefixes;
    WhAddress address;
    gboolean found = find_in(host, first, last, surroundings, &address);
    for (guint i = 0; !found && i < prefixes->len; i++)
        found = find_in(host, &g_array_index(prefixes, WhAddress, i), last, surroundings, &address);
    return found ? wh_aim_at(&address) : wh_aim_nowhere(WH_AIM_DEVICE_UNSEEN);
}

static WhAim aim_at_machine(const WhHost *host, const WhAddress *last,
                            const WhSurroundings *surroundings)
{
    const WhAddress *prefix = favourite(surroundings, last);
    if (prefix == NULL)
        return wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    if (host->device == WH_DEVICE_MAC)
        return aim_at_mac(host, prefix, last, surroundings);
    WhAddress address = wh_suffix_in_prefix(host->suffix, prefix);
    return wh_aim_at(&address);
}

WhAim wh_target_find(const WhHost *host, WhFamily family, const WhAddress *last,
                     const WhSurroundings *surroundings)
{
    if (!is_at_home(host, surroundings))
        return wh_aim_nowhere(WH_AIM_ELSEWHERE);
    if (host->lan)
        return aim_at_lan(family, surroundings);
    if (host->device != WH_DEVICE_THIS && family == WH_FAMILY_IPV6)
        return aim_at_machine(host, last, surroundings);
    return aim_at_public(host, family, surroundings);
}

gboolean wh_target_guess(const WhHost *host, const WhAddress *last,
                         const WhSurroundings *surroundings, WhAddress *address)
{
    const WhAddress *prefix = favourite(surroundings, last);
    guint8 suffix[WH_SUFFIX_SIZE];
    if (prefix == NULL)
        return FALSE;
    wh_mac_to_suffix(host->mac, suffix);
    WhAddress guess = wh_suffix_in_prefix(suffix, prefix);
    if (last != NULL) {
        WhAddress held = wh_suffix_in_prefix(last->bytes + WH_SUFFIX_SIZE, prefix);
        guess = wh_address_is_among(&held, surroundings->lan->own) ? guess : held;
    }
    *address = guess;
    return TRUE;
}
