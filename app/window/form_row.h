/* One question of a form: its label, the control that answers it, a hint, and what is wrong. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_FORM_ROW (wh_form_row_get_type())
G_DECLARE_FINAL_TYPE(WhFormRow, wh_form_row, WH, FORM_ROW, GtkBox)

/* control is what the label names and what gets the focus; it is packed itself, or inside `around`
 * when that is not NULL. With an underline in `label` it has a mnemonic when `mnemonic` is TRUE. */
GtkWidget *wh_form_row_new(const char *label, gboolean mnemonic, GtkWidget *control,
                           GtkWidget *around);

/* Small words below the control; NULL or "": none. */
void wh_form_row_set_hint(WhFormRow *row, const char *hint);

/* Says next to the control what is wrong with it; NULL: nothing is. What is typed next takes it
 * away. */
void wh_form_row_set_error(WhFormRow *row, const char *error);

/* Goes to the control, and shows the whole row with what is wrong, as far as there is room. */
void wh_form_row_focus(WhFormRow *row);

G_END_DECLS
