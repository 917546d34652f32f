#include "platform/windows/address_rows.h"

#include "platform/windows/interface_rows.h"
#include "platform/windows/way_rows.h"

#include <string.h>

#define ENDLESS 0xffffffffU /* of a lifetime in seconds */
#define FILE_TIME_UNITS 10  /* a microsecond */

static guint flags_read(const MIB_UNICASTIPADDRESS_ROW *row, guint family)
{
    guint flags = 0;

    if (family == 6 && row->SuffixOrigin == NlsoRandom)
        flags |= WH_INTERFACE_ADDRESS_TEMPORARY;
    if (row->DadState == NldsTentative)
        flags |= WH_INTERFACE_ADDRESS_TENTATIVE;
    if (row->DadState == NldsDuplicate)
        flags |= WH_INTERFACE_ADDRESS_DUPLICATE;
    if (row->DadState == NldsDeprecated || row->PreferredLifetime == 0 || row->SkipAsSource)
        flags |= WH_INTERFACE_ADDRESS_DEPRECATED;
    return flags;
}

static gint64 lifetime_end(ULONG seconds, gint64 now)
{
    return seconds == ENDLESS ? WH_LIFETIME_FOREVER : now + (gint64)seconds * G_USEC_PER_SEC;
}

static gboolean row_read(const MIB_UNICASTIPADDRESS_ROW *row, gint64 now,
                         WhInterfaceAddress *address)
{
    *address = (WhInterfaceAddress){
        .interface = row->InterfaceIndex,
        .prefix_length = row->OnLinkPrefixLength,
        .preferred_until = lifetime_end(row->PreferredLifetime, now),
        .valid_until = lifetime_end(row->ValidLifetime, now),
        .since = row->CreationTimeStamp.QuadPart / FILE_TIME_UNITS,
    };
    address->family = wh_way_rows_read_address(&row->Address, address->bytes);
    address->flags = flags_read(row, address->family);
    return address->family != 0 && row->DadState != NldsInvalid;
}

static gint number_compare(guint a, guint b)
{
    return (a > b) - (a < b);
}

static gint address_compare(gconstpointer a, gconstpointer b)
{
    const WhInterfaceAddress *left = a;
    const WhInterfaceAddress *right = b;
    gint order = number_compare(left->interface, right->interface);

    if (order == 0)
        order = number_compare(left->family, right->family);
    if (order == 0)
        order = memcmp(left->bytes, right->bytes, sizeof left->bytes);
    if (order == 0)
        order = number_compare(left->prefix_length, right->prefix_length);
    return order;
}

static GArray *addresses_convert(const WhNetworkTables *tables, gint64 now)
{
    GArray *addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));

    for (ULONG i = 0; tables->addresses != NULL && i < tables->addresses->NumEntries; i++) {
        const MIB_UNICASTIPADDRESS_ROW *row = &tables->addresses->Table[i];
        WhInterfaceAddress address;

        if (wh_network_tables_find_adapter(tables, row->InterfaceLuid) != NULL &&
            row_read(row, now, &address))
            g_array_append_val(addresses, address);
    }
    g_array_sort(addresses, address_compare);
    return addresses;
}

void wh_address_rows_convert(const WhNetworkTables *tables, gint64 now, WhAddressSnapshot *snapshot)
{
    snapshot->addresses = addresses_convert(tables, now);
    snapshot->interfaces = wh_interface_rows_convert(tables);
    wh_way_rows_convert(tables, snapshot);
}

static gboolean routes_differ(const WhDefaultRoute *a, const WhDefaultRoute *b)
{
    return a->interface != b->interface || a->has_gateway != b->has_gateway ||
           memcmp(a->gateway, b->gateway, sizeof a->gateway) != 0;
}

static gboolean ways_differ(const WhAddressSnapshot *a, const WhAddressSnapshot *b)
{
    gboolean differ = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS(a->route); i++)
        differ |=
            routes_differ(&a->route[i], &b->route[i]) || routes_differ(&a->line[i], &b->line[i]);
    return differ;
}

gboolean wh_address_rows_differ(const WhAddressSnapshot *a, const WhAddressSnapshot *b)
{
    if (a->addresses->len != b->addresses->len || ways_differ(a, b) ||
        wh_interface_rows_differ(a->interfaces, b->interfaces))
        return TRUE;
    for (guint i = 0; i < a->addresses->len; i++) {
        const WhInterfaceAddress *left = &g_array_index(a->addresses, WhInterfaceAddress, i);
        const WhInterfaceAddress *right = &g_array_index(b->addresses, WhInterfaceAddress, i);

        if (left->flags != right->flags || address_compare(left, right) != 0)
            return TRUE;
    }
    return FALSE;
}

static gint64 earlier(gint64 next, gint64 end, gint64 now)
{
    return end > now ? MIN(next, end) : next;
}

gint64 wh_address_rows_next_end(const WhAddressSnapshot *snapshot, gint64 now)
{
    gint64 next = WH_LIFETIME_FOREVER;

    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *address =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);

        next = earlier(next, address->preferred_until, now);
        next = earlier(next, address->valid_until, now);
    }
    return next;
}

gboolean wh_address_rows_have_tentative(const WhAddressSnapshot *snapshot)
{
    gboolean found = FALSE;

    for (guint i = 0; i < snapshot->addresses->len; i++)
        found |= (g_array_index(snapshot->addresses, WhInterfaceAddress, i).flags &
                  WH_INTERFACE_ADDRESS_TENTATIVE) != 0;
    return found;
}
