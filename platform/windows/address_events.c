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

/* Success without a handle is what Wine says, and then nothing ever comes. */
static void notices_begin(WhAddressEvents *events)
{
    HANDLE *notices = events->notices;

    if (NotifyUnicastIpAddressChange(AF_UNSPEC, address_noticed, events->hop, FALSE,
                                     &notices[ADDRESSES]) != NO_ERROR)
        notices[ADDRESSES] = NULL;
    if (NotifyRouteChange2(AF_UNSPEC, route_noticed, events->hop, FALSE, &notices[ROUTES]) !=
        NO_ERROR)
        notices[ROUTES] = NULL;
    if (NotifyIpInterfaceChange(AF_UNSPEC, interface_noticed, events->hop, FALSE,
                                &notices[INTERFACES]) != NO_ERROR)
        notices[INTERFACES] = NULL;
}

static void lists_begin(WhAddressEvents *events)
{
    const gint families[] = {AF_INET, AF_INET6};

    for (guint i = 0; i < G_N_ELEMENTS(events->lists); i++) {
        g_autoptr(GError) error = NULL;

        events->lists[i] = wh_address_list_watch_new(families[i], events->hop, &error);
        if (error != NULL)
            g_info("%s", error->message);
    }
}

WhAddressEvents *wh_address_events_new(WhHopFunc heard, gpointer data)
{
    WhAddressEvents *events = g_new0(WhAddressEvents, 1);
    WSADATA ignored;

    WSAStartup(MAKEWORD(2, 2), &ignored);
    events->hop = wh_hop_new(heard, data);
    notices_begin(events);
    lists_begin(events);
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
