/* Asking the person at the terminal for a secret. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether standard input is a terminal, so that somebody can be asked. */
gboolean wh_prompt_is_possible(void);

/* Shows `label` on the terminal and reads one line without showing it. The caller wipes and frees
 * it. Errors: G_IO_ERROR_NOT_SUPPORTED there is no terminal; G_IO_ERROR_CANCELLED the person ended
 * it; G_IO_ERROR_INVALID_DATA the line is longer than 4096 bytes; anything else: the terminal
 * cannot be used. */
char *wh_prompt_secret(const char *label, GError **error);

G_END_DECLS
