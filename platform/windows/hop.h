/* The way back from the system's threads into the main loop.
 *
 * Windows calls back in threads of its own, where nothing of ours may be touched. What they have to
 * say hops from there into the main context of the thread that made the hop: as a ring ("look
 * again", many are one) or as a message (a function with its data, in the order they were sent).
 *
 * Every thread that may ring or send while the owner frees the hop is either waited for by the
 * owner first (CancelMibChangeNotify2(), UnregisterWaitEx(), g_thread_join() ...) or holds a
 * reference. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhHop WhHop;
typedef void (*WhHopFunc)(gpointer data);

/* `rung` is called with `data` in the thread-default main context of the calling thread after
 * wh_hop_ring(); NULL for a hop that carries messages only. Free with wh_hop_free(). */
WhHop *wh_hop_new(WhHopFunc rung, gpointer data);

/* Only in the thread of the main context, inside a callback of the hop as well. Afterwards nothing
 * is called any more: a ring is forgotten, and messages that were not delivered go to their
 * `destroy` before this returns. A thread that is inside wh_hop_ring() or wh_hop_send() is waited
 * for. */
void wh_hop_free(WhHop *hop);

/* A reference for another thread, so that it may ring and send for as long as it likes. It keeps
 * the memory, not the hop: after wh_hop_free() a ring does nothing and a message goes to its
 * `destroy` at once, in the sending thread. Any thread. */
WhHop *wh_hop_ref(WhHop *hop);
void wh_hop_unref(WhHop *hop);

/* Any thread, never blocks for long. Rings between two turns of the main loop are one call. */
void wh_hop_ring(WhHop *hop);

/* Any thread. `func` is called once with `data`, then `destroy`; of a message that cannot be
 * delivered any more only `destroy` is called. `destroy` may be NULL. */
void wh_hop_send(WhHop *hop, WhHopFunc func, gpointer data, GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHop, wh_hop_free)

G_END_DECLS
