/* Several sentences as one text of bounded length. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `sentences` (of char *) with blanks between them; what would be too long to read is counted only.
 * NULL: there are none. For g_free(). */
char *wh_sentences_join(const GPtrArray *sentences);

/* "a, b and c", likewise; NULL: there are none. */
char *wh_sentences_list(const GPtrArray *names);

G_END_DECLS
