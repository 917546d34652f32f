/* Names with a %h in them: one file for many computers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `name` with the computer's name, up to its first dot and in lower case, for %h, and a percent
 * sign for %%. NULL and *why, a sentence: the computer's name can be no part of a host name, or
 * another letter follows a percent sign. For g_free(). */
char *wh_computer_label_fill_in(const char *name, const char *computer, const char **why);

G_END_DECLS
