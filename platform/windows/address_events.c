#include "platform/windows/address_events.h"

#include "platform/windows/address_list_watch.h"
#include "platform/windows/network_tables.h"

enum { ADDRESSES, ROUTES, INTERFACES, N_NOTICES };

struct WhAddressEvents {
    WhHop *hop;
    HANDLE notices[N_NOTICES]; /* NULL: the system does not tell of it */
    WhAddressListWatch *lists[2];
};

static void CALLBACK address_noticed(void *context, MIB_UNICASTIPADDRESS_ROW *row,
                                     MIB_NOTIFICATION_TYPE type)
{
    wh_hop_ring(context);
}

static void CALLBACK route_noticed(void *context, MIB_IPFORWARD_ROW2 *row,
                                   MIB_NOTIFICATION_TYPE type)
{
    wh_hop_ring(context);
}

static void CALLBACK interface_noticed(void *context, MIB_IPINTERFACE_ROW *row,
                                       MIB_NOTIFICATION_TYPE type)
{
    wh_hop_ring(context);
}

static DWORD ask(WhAddressEvents *events, guint which, HANDLE *notice)
{
    switch (which) {
    case ADDRESSES:
        return NotifyUnicastIpAddressChange(AF_UNSPEC, address_noticed, events->hop, FALSE, notice);
    case ROUTES:
        return NotifyRouteChange2(AF_UNSPEC, route_noticed, events->hop, FALSE, notice);
    default:
        return NotifyIpInterfaceChange(AF_UNSPEC, interface_noticed, events->hop, FALSE, notice);
    }
}

/* Success without a handle is what Wine says, and then nothing ever comes. */
static void notice_begin(WhAddressEvents *events, guint which)
{
    HANDLE notice = NULL;

    if (ask(events, which, &notice) == NO_ERROR)
        events->notices[which] = notice;
}

static void list_begin(WhAddressEvents *events, guint which)
{
    const gint families[] = {AF_INET, AF_INET6};
    g_autoptr(GError) error = NULL;

    events->lists[which] = wh_address_list_watch_new(families[which], events->hop, &error);
    if (error != NULL)
        g_info("%s", error->message);
}

void wh_address_events_complete(WhAddressEvents *events)
{
    for (guint i = 0; i < N_NOTICES; i++)
        if (events->notices[i] == NULL)
            notice_begin(events, i);
    for (guint i = 0; i < G_N_ELEMENTS(events->lists); i++)
        if (events->lists[i] == NULL)
            list_begin(events, i);
}

WhAddressEvents *wh_address_events_new(WhHopFunc heard, gpointer data)
{
    WhAddressEvents *events = g_new0(WhAddressEvents, 1);
    WSADATA ignored;

    WSAStartup(MAKEWORD(2, 2), &ignored);
    events->hop = wh_hop_new(heard, data);
    wh_address_events_complete(events);
    return events;
}

void wh_address_events_free(WhAddressEvents *events)
{
    if (events == NULL)
        return;
    for (guint i = 0; i < N_NOTICES; i++) {
        /* It waits for callbacks in flight. */
        if (events->notices[i] != NULL)
            CancelMibChangeNotify2(events->notices[i]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(events->lists); i++)
        wh_address_list_watch_free(events->lists[i]);
    wh_hop_free(events->hop);
    WSACleanup();
    g_free(events);
}

gboolean wh_address_events_is_complete(WhAddressEvents *events)
{
    gboolean complete = TRUE;

    for (guint i = 0; i < N_NOTICES; i++)
        complete &= events->notices[i] != NULL;
    return complete;
}

gboolean wh_address_events_is_instant(WhAddressEvents *events)
{
    gboolean instant = FALSE;

    for (guint i = 0; i < N_NOTICES; i++)
        instant |= events->notices[i] != NULL;
    for (guint i = 0; i < G_N_ELEMENTS(events->lists); i++)
        instant |= wh_address_list_watch_is_armed(events->lists[i]);
    return instant;
}
