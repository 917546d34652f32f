/* A host: a name that the user wants kept right. */
#pragma once

#include "service/base/device.h"

G_BEGIN_DECLS

/* name: normalised, lower case without final dot. wants: which families to publish. ttl 0: the
 * provider's default.
 *
 * device: whose IPv6 address the name leads to; suffix, mac: which other machine. IPv4 is that of
 * the line either way. lan: the name leads to this computer's own address on its local network, the
 * only case in which a special address is published. withhold_unreachable: IPv4 is left as it is
 * while nobody can connect to it. networks: ids (see network_id.h) of the networks on which the
 * name is kept at all; NULL: everywhere. */
typedef struct {
    char *id;
    char *account;
    char *name;
    gboolean wants[WH_N_FAMILIES];
    guint32 ttl;
    gboolean paused;
    WhDevice device;
    guint8 suffix[WH_SUFFIX_SIZE];
    guint8 mac[WH_MAC_SIZE];
    gboolean lan;
    gboolean withhold_unreachable;
    GStrv networks;
} WhHost;

WhHost *wh_host_new(const char *id, const char *account, const char *name);
WhHost *wh_host_copy(const WhHost *host);
void wh_host_free(WhHost *host);

/* Replaces the networks; NULL or empty: everywhere. */
void wh_host_set_networks(WhHost *host, const char *const *networks);

/* Whether both want the same records with the same contents: all but id, account, name and pause.
 */
gboolean wh_host_has_same_wishes(const WhHost *a, const WhHost *b);

/* Whether the host's record of the family holds what only the outside of this computer's network
 * may know: not so of a local address, nor of another machine's IPv6 address. */
gboolean wh_host_needs_public(const WhHost *host, WhFamily family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHost, wh_host_free)

G_END_DECLS
