/* This computer's own addresses, read once: for whoever does not watch them. */
#pragma once

#include "platform/address_monitor.h"

G_BEGIN_DECLS

/* Array of WhInterfaceAddress for g_array_unref(), as in a snapshot; NULL with G_IO_ERROR. */
GArray *wh_own_addresses_read(GError **error);

/* Whether `bytes`, an address of the same family, lies in the subnet of this one. */
gboolean wh_own_address_covers(const WhInterfaceAddress *address, const guint8 *bytes);

/* The subnet of the address: its bytes with zeros behind the prefix. */
void wh_own_address_network(const WhInterfaceAddress *address, guint8 network[16]);

G_END_DECLS
