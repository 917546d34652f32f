/* A source that calls once with the next turn of the loop, each time it is rung. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*WhFakeBellFunc)(gpointer data);

/* Attached to the main context of this thread; end with wh_fake_bell_free(). */
GSource *wh_fake_bell_new(WhFakeBellFunc func, gpointer data);
void wh_fake_bell_ring(GSource *bell);
void wh_fake_bell_free(GSource *bell);

G_END_DECLS
