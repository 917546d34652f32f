/* The system's notices of addresses, routes and interfaces: its own, or played by the test. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on the test plays the system, which refuses them all, until wh_notices_end(). */
void wh_notices_begin(void);
void wh_notices_end(void);

/* They are to be had now. */
void wh_notices_grant(void);

/* How many somebody has. */
guint wh_notices_count(void);

G_END_DECLS
