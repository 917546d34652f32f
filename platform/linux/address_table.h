/* What is known of links, addresses and default routes, fed with netlink messages. */
#pragma once

#include "platform/linux/netlink_message.h"

G_BEGIN_DECLS

/* What a buffer of notifications leaves to be asked anew. */
typedef enum {
    WH_ADDRESS_TABLE_STALE_IPV4_ROUTES = 1 << 0,
    WH_ADDRESS_TABLE_STALE_IPV6_ROUTES = 1 << 1,
    WH_ADDRESS_TABLE_STALE_EVERYTHING = 1 << 2, /* a message was damaged */
} WhAddressTableStale;

typedef struct WhAddressTable WhAddressTable;

WhAddressTable *wh_address_table_new(void);
void wh_address_table_free(WhAddressTable *table);

/* Applies a buffer of notifications as the kernel broadcast them and returns WhAddressTableStale
 * bits. Routes are not changed one by one but declared stale: the kernel deletes them without a
 * word when a link goes down or a source address goes, and a replacement does not say what it
 * replaced. */
guint wh_address_table_apply(WhAddressTable *table, const guint8 *bytes, gsize length, gint64 now);

/* Adds one message of a dump; routes too. FALSE: it is damaged. */
gboolean wh_address_table_load(WhAddressTable *table, const WhNetlinkMessage *message, gint64 now);

/* Forgets the routes of the family (4 or 6), before they are loaded anew. */
void wh_address_table_clear_routes(WhAddressTable *table, guint family);

/* Brings `snapshot` up to date, addresses sorted by interface, family and bytes. TRUE when
 * something differs; mere lifetimes are no difference, because the kernel sets a flag when one
 * ends. */
gboolean wh_address_table_update(WhAddressTable *table, WhAddressSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAddressTable, wh_address_table_free)

G_END_DECLS
