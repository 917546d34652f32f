/* Which network this computer is in, so that it can be recognised: the router's hardware address,
 * and the subnet. Not by the name of a Wi-Fi: anybody can use the same. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* prefix: the subnet in which the router's address lies ("192.168.1.0/24", "fe80::/64"), NULL: it
 * is in none of this computer's. */
typedef struct {
    gboolean has_gateway_mac;
    guint8 gateway_mac[6];
    char *prefix;
} WhNetworkIdentity;

/* What can be known now about the network of `interface` with the router at `gateway` (family 4 or
 * 6, 4 or 16 bytes). When the router's hardware address is not known yet, the system is made to ask
 * for it (wh_neighbours_probe()) and has_gateway_mac is FALSE: read again a moment later. Waits for
 * nobody. FALSE with G_IO_ERROR: nothing can be read. Clear with wh_network_identity_clear(). */
gboolean wh_network_identity_read(guint interface, guint family, const guint8 *gateway,
                                  WhNetworkIdentity *identity, GError **error);

/* Frees what is inside; all is unknown afterwards. */
void wh_network_identity_clear(WhNetworkIdentity *identity);

/* The network in one word, the same each time: "aa:bb:cc:dd:ee:ff/192.168.1.0/24".
 * NULL: too little is known. */
char *wh_network_identity_id(const WhNetworkIdentity *identity);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhNetworkIdentity, wh_network_identity_clear)

G_END_DECLS
