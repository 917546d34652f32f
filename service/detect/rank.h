/* Which of several addresses of this computer is published. Private to this room. */
#pragma once

#include "service/detect/detector.h"

G_BEGIN_DECLS

/* An IPv6 address gives way to another one only when that stays preferred more than so much longer,
 * and more than so many times as long: routers refresh the lifetimes of their prefixes one after
 * the other, and two good addresses must not take turns. */
#define WH_RANK_LONGER WH_HOUR
#define WH_RANK_TIMES 2

/* ... or when it came later than this after the one that stands: a router that begins anew with
 * another prefix does not always take the old one back (RFC 8978), and that one is good for nothing
 * any more. */
#define WH_RANK_NEWER (10 * WH_SECOND)

/* Sorts `addresses` (WhRouteAddress), best first: ordinary ones before special ones, those that the
 * system would send from first, then (IPv6) those that stay preferred much longer, those that came
 * later, the longer preferred ones, then as they were.
 * `standing`: what is published now, NULL: nothing; it stays unless another one is clearly better.
 * `now`: monotonic. */
void wh_rank_sort(GArray *addresses, const WhAddress *standing, gint64 now);

G_END_DECLS
