/* What is known of links, addresses and ways, fed with netlink messages. */
#pragma once

#include "platform/linux/netlink_message.h"
#include "platform/linux/ways.h"

G_BEGIN_DECLS

/* What a buffer of notifications leaves to be asked anew. */
typedef enum {
    WH_ADDRESS_TABLE_STALE_WAYS = 1 << 0,
    WH_ADDRESS_TABLE_STALE_EVERYTHING = 1 << 1, /* a message was damaged */
} WhAddressTableStale;

typedef struct WhAddressTable WhAddressTable;

/* `device`: wh_interface_read_device(). */
WhAddressTable *wh_address_table_new(WhLinkDeviceFunc device);
void wh_address_table_free(WhAddressTable *table);

/* Applies a buffer of notifications as the kernel broadcast them and returns WhAddressTableStale
 * bits. Of routes only that something changed is taken: the kernel deletes them without a word when
 * a link goes down or a source address goes, a replacement does not say what it replaced, and which
 * one counts is for the kernel's rules to say. */
guint wh_address_table_apply(WhAddressTable *table, const guint8 *bytes, gsize length, gint64 now);

/* Adds one message of a dump. FALSE: it is damaged. */
gboolean wh_address_table_load(WhAddressTable *table, const WhNetlinkMessage *message, gint64 now);

/* Looks for the ways anew (wh_ways_find()). FALSE: it was refused, and what was known stays. */
gboolean wh_address_table_find_ways(WhAddressTable *table, WhWayFunc ask, gpointer data);

/* Brings `snapshot` up to date, addresses sorted by interface, family and bytes. TRUE when
 * something differs; mere lifetimes are no difference, because the kernel sets a flag when one
 * ends. */
gboolean wh_address_table_update(WhAddressTable *table, WhAddressSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAddressTable, wh_address_table_free)

G_END_DECLS
