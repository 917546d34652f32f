#include "platform/windows/interface_rows.h"

#include "platform/windows/way_rows.h"

#include <ntddndis.h>
#include <string.h>
#include <wchar.h>

#ifndef IF_TYPE_WWANPP
#define IF_TYPE_WWANPP 243
#define IF_TYPE_WWANPP2 244
#endif

typedef enum {
    NEVER_TUNNEL,
    MAYBE_TUNNEL,
    ALWAYS_TUNNEL,
} Suspicion;

static const WhNetworkDetail *detail_find(const WhNetworkTables *tables, NET_LUID luid)
{
    for (guint i = 0; tables->details != NULL && i < tables->details->len; i++) {
        const WhNetworkDetail *detail = &g_array_index(tables->details, WhNetworkDetail, i);

        if (detail->luid.Value == luid.Value)
            return detail;
    }
    return NULL;
}

/* The computer's own switch, to which its real adapter may be tied, is the line like any cable. */
static gboolean is_switch(const IP_ADAPTER_ADDRESSES *adapter)
{
    const wchar_t name[] = L"Hyper-V ";

    return adapter->Description != NULL &&
           wcsncmp(adapter->Description, name, G_N_ELEMENTS(name) - 1) == 0;
}

static gboolean is_hollow(const WhNetworkTables *tables, const IP_ADAPTER_ADDRESSES *adapter)
{
    const WhNetworkDetail *detail = detail_find(tables, adapter->Luid);

    return detail != NULL && !detail->has_connector &&
           detail->medium == NdisPhysicalMediumUnspecified && !is_switch(adapter);
}

static Suspicion suspect(const WhNetworkTables *tables, const IP_ADAPTER_ADDRESSES *adapter)
{
    switch (adapter->IfType) {
    case IF_TYPE_TUNNEL:
    case IF_TYPE_PROP_VIRTUAL:
        return ALWAYS_TUNNEL;
    case IF_TYPE_PPP:
        return MAYBE_TUNNEL;
    case IF_TYPE_ETHERNET_CSMACD:
        return is_hollow(tables, adapter) ? MAYBE_TUNNEL : NEVER_TUNNEL;
    default:
        return NEVER_TUNNEL;
    }
}

static WhInterfaceKind kind_of_medium(const WhNetworkDetail *detail)
{
    if (detail == NULL)
        return WH_INTERFACE_WIRED;
    switch (detail->medium) {
    case NdisPhysicalMediumWirelessLan:
    case NdisPhysicalMediumNative802_11:
        return WH_INTERFACE_WIFI;
    case NdisPhysicalMediumWirelessWan:
        return WH_INTERFACE_MOBILE;
    case NdisPhysicalMediumBluetooth:
        return WH_INTERFACE_OTHER;
    default:
        return WH_INTERFACE_WIRED;
    }
}

static WhInterfaceKind kind_of_line(const WhNetworkTables *tables,
                                    const IP_ADAPTER_ADDRESSES *adapter)
{
    switch (adapter->IfType) {
    case IF_TYPE_IEEE80211:
        return WH_INTERFACE_WIFI;
    case IF_TYPE_WWANPP:
    case IF_TYPE_WWANPP2:
        return WH_INTERFACE_MOBILE;
    case IF_TYPE_ETHERNET_CSMACD:
        return kind_of_medium(detail_find(tables, adapter->Luid));
    default:
        return WH_INTERFACE_OTHER;
    }
}

static gboolean has_rival(const WhNetworkTables *tables)
{
    for (ULONG i = 0; tables->routes != NULL && i < tables->routes->NumEntries; i++) {
        const MIB_IPFORWARD_ROW2 *row = &tables->routes->Table[i];
        const IP_ADAPTER_ADDRESSES *adapter =
            wh_network_tables_find_adapter(tables, row->InterfaceLuid);

        if (adapter != NULL && wh_way_rows_is_default(row) &&
            suspect(tables, adapter) == NEVER_TUNNEL)
            return TRUE;
    }
    return FALSE;
}

static WhInterfaceKind kind_of(const WhNetworkTables *tables, const IP_ADAPTER_ADDRESSES *adapter)
{
    Suspicion suspicion = suspect(tables, adapter);

    if (suspicion == ALWAYS_TUNNEL || (suspicion == MAYBE_TUNNEL && has_rival(tables)))
        return WH_INTERFACE_TUNNEL;
    return kind_of_line(tables, adapter);
}

/* What people see in the list of network connections, cut between two letters. */
static void name_read(const IP_ADAPTER_ADDRESSES *adapter, char *name, gsize size)
{
    g_autofree char *text = NULL;
    const char *end;

    if (adapter->FriendlyName != NULL)
        text = g_utf16_to_utf8((const gunichar2 *)adapter->FriendlyName, -1, NULL, NULL, NULL);
    g_strlcpy(name, text != NULL ? text : "", size);
    if (!g_utf8_validate(name, -1, &end))
        name[end - name] = '\0';
}

static WhInterface interface_make(const WhNetworkTables *tables,
                                  const IP_ADAPTER_ADDRESSES *adapter)
{
    WhInterface interface = {.kind = kind_of(tables, adapter)};

    interface.interface = adapter->IfIndex != 0 ? adapter->IfIndex : adapter->Ipv6IfIndex;
    name_read(adapter, interface.name, sizeof interface.name);
    interface.has_mac = adapter->PhysicalAddressLength == sizeof interface.mac;
    if (interface.has_mac)
        memcpy(interface.mac, adapter->PhysicalAddress, sizeof interface.mac);
    return interface;
}

static gint interface_compare(gconstpointer a, gconstpointer b)
{
    guint left = ((const WhInterface *)a)->interface;
    guint right = ((const WhInterface *)b)->interface;

    return (left > right) - (left < right);
}

GArray *wh_interface_rows_convert(const WhNetworkTables *tables)
{
    GArray *interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));

    for (const IP_ADAPTER_ADDRESSES *adapter = tables->adapters; adapter != NULL;
         adapter = adapter->Next) {
        WhInterface interface;

        if (!wh_network_adapter_is_usable(adapter))
            continue;
        interface = interface_make(tables, adapter);
        g_array_append_val(interfaces, interface);
    }
    g_array_sort(interfaces, interface_compare);
    return interfaces;
}

static gboolean interface_differs(const WhInterface *a, const WhInterface *b)
{
    return a->interface != b->interface || a->kind != b->kind || a->has_mac != b->has_mac ||
           !g_str_equal(a->name, b->name) || memcmp(a->mac, b->mac, sizeof a->mac) != 0;
}

gboolean wh_interface_rows_differ(const GArray *a, const GArray *b)
{
    gboolean differ = a->len != b->len;

    for (guint i = 0; !differ && i < a->len; i++)
        differ =
            interface_differs(&g_array_index(a, WhInterface, i), &g_array_index(b, WhInterface, i));
    return differ;
}
