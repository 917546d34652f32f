/* Two machines on one cable: this program is one of them, and may visit the other. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* This side has 192.0.2.1/24 and 2001:db8:1::1/64 on "wire0", the other 192.0.2.2/24 and
 * 2001:db8:1::2/64 on "wire1". Skips the test and returns FALSE where that cannot be had. */
gboolean wh_pair_begin(void);
void wh_pair_end(void);

/* Goes to the other machine, and comes back. */
void wh_pair_visit(void);
void wh_pair_return(void);

void wh_pair_add_tests(void);

G_END_DECLS
