/* An address monitor under test, with what was heard of it. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

typedef struct {
    WhAddressMonitor *monitor;
    guint count;
    gboolean free_inside;
} WhProbe;

/* A callback for monitors whose data is a WhProbe: counts. */
void wh_probe_changed(gpointer data);

void wh_probe_start(WhProbe *probe);
void wh_probe_stop(WhProbe *probe);

/* The address ("192.0.2.1") in the monitor's snapshot, on any interface; NULL: not there. */
const WhInterfaceAddress *wh_probe_find(WhProbe *probe, const char *address);

/* Waits until the address is there, or gone. */
void wh_probe_until_there(WhProbe *probe, const char *address);
void wh_probe_until_gone(WhProbe *probe, const char *address);

/* Waits until the address is there with this flag, or without it. */
void wh_probe_until_flag(WhProbe *probe, const char *address, guint flag, gboolean set);

/* Waits until the home's own line of the family leads over `interface` and this gateway. */
void wh_probe_until_line(WhProbe *probe, guint family, guint interface, const char *gateway);

/* Waits until the family's default route leads over `interface` and this gateway; NULL: no gateway;
 * interface 0: no route. */
void wh_probe_until_route(WhProbe *probe, guint family, guint interface, const char *gateway);

G_END_DECLS
