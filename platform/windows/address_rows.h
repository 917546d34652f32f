/* What the system's tables say, as a snapshot: nothing here asks the system.
 *
 * - SuffixOrigin random of an IPv6 address: TEMPORARY. DadState tentative, duplicate and deprecated
 *   are the flags of those names, as is a preferred lifetime that is over; an address whose state
 * is invalid is no address.
 * - SkipAsSource ("not used for outgoing traffic and not registered in DNS", New-NetIPAddress):
 * what Linux does by a preferred lifetime of 0, so it is DEPRECATED as well.
 * - SECONDARY does not exist: the first address of a subnet has no privileges here.
 * - A route has no preferred source here: the system chooses for each destination, and for IPv6 it
 *   chooses temporary addresses. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/windows/network_tables.h"

G_BEGIN_DECLS

/* Writes a snapshot with an array of its own; `now` is of g_get_monotonic_time(). Addresses are
 * sorted by interface, family, bytes and prefix. */
void wh_address_rows_convert(const WhNetworkTables *tables, gint64 now,
                             WhAddressSnapshot *snapshot);

/* Mere lifetimes are no difference: that one is over shows as a flag. */
gboolean wh_address_rows_differ(const WhAddressSnapshot *a, const WhAddressSnapshot *b);

/* The next time at which a lifetime ends; WH_LIFETIME_FOREVER when none does. */
gint64 wh_address_rows_next_end(const WhAddressSnapshot *snapshot, gint64 now);

/* Whether duplicate address detection of one goes on. */
gboolean wh_address_rows_have_tentative(const WhAddressSnapshot *snapshot);

G_END_DECLS
