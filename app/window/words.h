/* Labels for sentences: they wrap, start at the left, and never need more width than there is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* style: a class of window.css, or NULL. */
GtkWidget *wh_words_new(const char *text, const char *style);

/* A label that is cut short says all of it in a tooltip. */
void wh_words_tell_when_cut(GtkLabel *label);

/* For names and addresses: no hyphen is drawn where a line breaks. */
void wh_words_set_exact(GtkLabel *label);

/* A sentence that may not be so any more, when `stale`; for g_free(). */
char *wh_words_known(const char *sentence, gboolean stale);

G_END_DECLS
