#include "service/targets/machine.h"

#include "service/targets/surroundings.h"

#include <string.h>

#define PREFIX_BITS 64

/* What speaks for one of several addresses, in the order in which a later one wins. */
typedef enum {
    MARK_NONE,
    MARK_SEEN,
    MARK_REACHABLE,
    MARK_HELD,
    MARK_OF_MAC,
} Mark;

typedef struct {
    guint8 made_of_mac[WH_SUFFIX_SIZE];
    const WhAddress *last;
} Wanted;

static const guint8 *suffix_of(const WhAddress *address)
{
    return address->bytes + sizeof address->bytes - WH_SUFFIX_SIZE;
}

static Mark mark(const Wanted *wanted, const WhSighting *sighting)
{
    const guint8 *suffix = suffix_of(&sighting->address);
    if (memcmp(suffix, wanted->made_of_mac, WH_SUFFIX_SIZE) == 0)
        return MARK_OF_MAC;
    if (wanted->last != NULL && memcmp(suffix, suffix_of(wanted->last), WH_SUFFIX_SIZE) == 0)
        return MARK_HELD;
    return sighting->reachable ? MARK_REACHABLE : MARK_SEEN;
}

gboolean wh_machine_find(const GArray *sightings, const GArray *own, const guint8 mac[WH_MAC_SIZE],
                         const WhAddress *prefix, const WhAddress *last, WhAddress *address)
{
    Wanted wanted = {.last = last};
    const WhSighting *best = NULL;
    Mark best_mark = MARK_NONE;
    wh_mac_to_suffix(mac, wanted.made_of_mac);
    for (guint i = 0; i < sightings->len; i++) {
        const WhSighting *sighting = &g_array_index(sightings, WhSighting, i);
        if (memcmp(sighting->mac, mac, WH_MAC_SIZE) != 0 ||
            !wh_address_shares_prefix(&sighting->address, prefix, PREFIX_BITS) ||
            wh_address_is_among(&sighting->address, own))
            continue;
        Mark here = mark(&wanted, sighting);
        if (here < best_mark ||
            (here == best_mark && memcmp(sighting->address.bytes, best->address.bytes, 16) > 0))
            continue;
        best = sighting;
        best_mark = here;
    }
    if (best != NULL)
        *address = best->address;
    return best != NULL;
}
