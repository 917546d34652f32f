/* Host name to addresses through the system's resolver, off the main thread. */
#pragma once

#include "service/base/address.h"
#include "service/base/clock.h"

G_BEGIN_DECLS

typedef struct WhResolver WhResolver;

/* addresses: WhAddress, in the resolver's order, or NULL and `error` is set (G_RESOLVER_ERROR, or
 * G_IO_ERROR_TIMED_OUT / _CANCELLED). Valid during the call only. */
typedef void (*WhResolverDone)(const GArray *addresses, const GError *error, gpointer data);

/* Looks one name up and blocks while it does: WhAddress values, or NULL and a G_RESOLVER_ERROR.
 * Runs in a thread of its own. */
typedef GArray *(*WhResolverFunc)(const char *name, GError **error);

WhResolver *wh_resolver_new(WhClock *clock);

/* The same with something else than the system's resolver. */
WhResolver *wh_resolver_new_with(WhClock *clock, WhResolverFunc func);

/* Look-ups under way end with G_IO_ERROR_CANCELLED before this returns; a thread that still waits
 * for the system is left behind and delays nothing, not even the end of the program. */
void wh_resolver_free(WhResolver *resolver);

/* Looks `name` up; an address in text answers itself. A resolver that stays silent ends in
 * G_IO_ERROR_TIMED_OUT after `timeout`, and holds nobody else up: at most 8 look-ups run at once,
 * each name only once. Returns a handle, never 0; `done` is called exactly once, not before this
 * returned. */
guint64 wh_resolver_lookup(WhResolver *resolver, const char *name, gint64 timeout,
                           WhResolverDone done, gpointer data);

/* Ends a look-up at once with G_IO_ERROR_CANCELLED; unknown handles are ignored. */
void wh_resolver_cancel(WhResolver *resolver, guint64 handle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhResolver, wh_resolver_free)

G_END_DECLS
