#include "service/targets/lan.h"

#include "service/base/device.h"
#include "service/base/special_address.h"

#include <string.h>

/* In the order in which a later one wins. */
typedef enum {
    RANK_NONE,
    RANK_LOCAL,
    RANK_LOCAL_PREFERRED,
    RANK_GLOBAL,
    RANK_GLOBAL_PREFERRED,
} Rank;

static WhLan *lan_empty(void)
{
    WhLan *lan = g_new0(WhLan, 1);
    lan->prefixes = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    lan->own = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    return lan;
}

static gboolean is_global(const WhAddress *address)
{
    return wh_special_address_find(address) == NULL;
}

/* All IPv4 addresses of a network are as good as each other. */
static Rank rank(const WhLanAddress *found)
{
    const WhAddress *address = &found->address;
    if (wh_special_address_is_link_local(address) || !found->stable)
        return RANK_NONE;
    if (address->family == WH_FAMILY_IPV6 && is_global(address))
        return found->preferred ? RANK_GLOBAL_PREFERRED : RANK_GLOBAL;
    if (address->family == WH_FAMILY_IPV6 && !wh_special_address_is_private(address))
        return RANK_NONE;
    return found->preferred ? RANK_LOCAL_PREFERRED : RANK_LOCAL;
}

static void take_prefix(WhLan *lan, const WhLanAddress *found, gboolean preferred)
{
    static const guint8 nobody[WH_SUFFIX_SIZE] = {0};
    if (found->address.family != WH_FAMILY_IPV6 || !found->preferred != !preferred ||
        !is_global(&found->address))
        return;
    WhAddress prefix = wh_suffix_in_prefix(nobody, &found->address);
    if (!wh_address_is_among(&prefix, lan->prefixes))
        g_array_append_val(lan->prefixes, prefix);
}

WhLan *wh_lan_new(const GArray *found)
{
    WhLan *lan = lan_empty();
    Rank best[WH_N_FAMILIES] = {RANK_NONE, RANK_NONE};
    for (guint i = 0; i < found->len; i++) {
        const WhLanAddress *one = &g_array_index(found, WhLanAddress, i);
        WhFamily family = one->address.family;
        if (family == WH_FAMILY_IPV6)
            g_array_append_val(lan->own, one->address);
        if (rank(one) <= best[family])
            continue;
        best[family] = rank(one);
        lan->has[family] = TRUE;
        lan->address[family] = one->address;
    }
    for (guint i = 0; i < found->len; i++)
        take_prefix(lan, &g_array_index(found, WhLanAddress, i), TRUE);
    for (guint i = 0; i < found->len; i++)
        take_prefix(lan, &g_array_index(found, WhLanAddress, i), FALSE);
    return lan;
}

static void copy_all(const GArray *from, GArray *to)
{
    if (from->len > 0)
        g_array_append_vals(to, from->data, from->len);
}

WhLan *wh_lan_copy(const WhLan *lan)
{
    WhLan *copy = lan_empty();
    memcpy(copy->has, lan->has, sizeof copy->has);
    memcpy(copy->address, lan->address, sizeof copy->address);
    copy_all(lan->prefixes, copy->prefixes);
    copy_all(lan->own, copy->own);
    return copy;
}

static gboolean are_equal(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++) {
        if (!wh_address_equal(&g_array_index(a, WhAddress, i), &g_array_index(b, WhAddress, i)))
            return FALSE;
    }
    return TRUE;
}

gboolean wh_lan_equal(const WhLan *a, const WhLan *b)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (a->has[i] != b->has[i] ||
            (a->has[i] && !wh_address_equal(&a->address[i], &b->address[i])))
            return FALSE;
    }
    return are_equal(a->prefixes, b->prefixes) && are_equal(a->own, b->own);
}

void wh_lan_free(WhLan *lan)
{
    if (lan == NULL)
        return;
    g_array_unref(lan->prefixes);
    g_array_unref(lan->own);
    g_free(lan);
}
