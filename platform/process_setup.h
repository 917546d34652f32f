/* What a background program does once, first thing in main(), to stay small. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bounds what the C library keeps for threads that come and go. Call it before any thread is made.
 */
void wh_process_setup(void);

G_END_DECLS
