/* The record keeper's word on what each record should hold: the surroundings of this computer, and
 * who puts what into them.
 *
 * Whoever changes something here calls wh_keeper_look() when it was answered with TRUE. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/neighbours.h"
#include "service/detect/verdict.h"
#include "service/reconcile/keeper.h"
#include "service/targets/surroundings.h"

G_BEGIN_DECLS

typedef struct WhTargets WhTargets;

WhTargets *wh_targets_new(void);
void wh_targets_free(WhTargets *targets);

/* Both belong to `targets`. */
WhAimer *wh_targets_aimer(WhTargets *targets);
WhSurroundings *wh_targets_surroundings(WhTargets *targets);

/* The detector's verdict on one family. TRUE: something is another now. */
gboolean wh_targets_take_verdict(WhTargets *targets, const WhVerdict *verdict);

/* The addresses of the home's own line. When the line became another one, the network is not known
 * any more until wh_surroundings_set_network() says it. To be called before the detector looks.
 * TRUE: something is another now. */
gboolean wh_targets_read_line(WhTargets *targets, const WhAddressSnapshot *snapshot);

/* What wh_neighbours_read() gave. Only IPv6 machines on the line's own link count. TRUE: something
 * is another now. */
gboolean wh_targets_take_neighbours(WhTargets *targets, const GArray *neighbours);

/* Machines that hosts by MAC address were looked for and not seen since this was last asked: the
 * addresses (WhAddress, IPv6, each once) that they may have, worth a wh_neighbours_probe() on the
 * line's interface beside the wh_neighbours_call(). NULL: nobody is missed. For g_array_unref(). */
GArray *wh_targets_take_missed(WhTargets *targets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTargets, wh_targets_free)

G_END_DECLS
