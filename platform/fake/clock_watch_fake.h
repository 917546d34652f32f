/* The strings by which tests pull at the fake watch of the wall clock. */
#pragma once

#include "platform/clock_watch.h"

G_BEGIN_DECLS

/* Somebody sets the clock. */
void wh_fake_clock_watch_fire(void);

/* FALSE: nobody tells here, wh_clock_watch_new() fails. */
void wh_fake_clock_watch_set_supported(gboolean supported);

G_END_DECLS
