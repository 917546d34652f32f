/* The system's tables of adapters and routes as Windows has them, made by hand. */
#pragma once

#include "platform/windows/network_tables.h"

G_BEGIN_DECLS

#define ENDLESS 0xffffffffU

enum { LOOPBACK = 1, CABLE = 3, WIRELESS = 4, ASLEEP = 5, VIRTUAL = 6, UNKNOWN = 9 };

/* Loopback, a cable, a wireless adapter, one that is down, and one that may be anything. */
typedef struct {
    IP_ADAPTER_ADDRESSES adapters[5];
} WhAdapters;

/* Fills the adapters and returns the first one. */
IP_ADAPTER_ADDRESSES *wh_rows_adapters(WhAdapters *adapters);

/* The adapter of that number. */
IP_ADAPTER_ADDRESSES *wh_rows_adapter(WhAdapters *adapters, guint interface);

NET_LUID wh_rows_luid(guint interface);
SOCKADDR_INET wh_rows_address(const char *text);

/* One route, for people. */
typedef struct {
    const char *destination;
    guint8 prefix_length;
    const char *gateway;
    guint interface;
    ULONG metric;
    BOOLEAN loopback;
} WhRouteRow;

MIB_IPFORWARD_ROW2 wh_rows_route(const WhRouteRow *route);

/* For g_free(). */
MIB_IPFORWARD_TABLE2 *wh_rows_routes(const WhRouteRow *routes, guint count);

G_END_DECLS
