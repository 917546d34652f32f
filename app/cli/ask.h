/* What the person at the terminal, or standard input, is asked for. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether somebody can be asked. */
gboolean wh_ask_is_possible(void);

/* Asks for a line that may be seen. NULL: nothing came. */
char *wh_ask_line(const char *label);

/* Asks for a secret without showing it. NULL: told already. The caller wipes it with
 * wh_wiping_free(). */
char *wh_ask_secret(const char *label);

/* All of standard input, at most 64 kB, without one final line end. NULL: told already. The caller
 * wipes it. */
char *wh_ask_standard_input(void);

G_END_DECLS
