/* Overwriting what was secret. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Overwrites `length` bytes, also where nobody reads them any more. */
void wh_blank(gpointer memory, gsize length);

G_END_DECLS
