/* One thing that is worth knowing: a mark, a sentence, what to do next, and buttons that do it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* is_note: good to know, and everything works. step: "" for none. Shown. */
GtkWidget *wh_finding_row_new(gboolean is_note, const char *sentence, const char *step);

/* A button whose words may take several lines. label: with a mnemonic. */
GtkWidget *wh_finding_row_new_button(const char *label, const char *action);

/* action takes the text `target`. */
void wh_finding_row_add_button(GtkWidget *row, const char *label, const char *action,
                               const char *target);

G_END_DECLS
