/* A dialog with questions: what all forms do alike.
 *
 * Cancel and Escape work always, also while a request is under way: the form is out of sight then,
 * and gone once the answer has come. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_FORM (wh_form_get_type())
/* Signal "secret-given" (account id, provider id, fields, field, secret; all borrowed): the service
 * took a secret that was typed here, for an account with those values of its form (GHashTable). */
G_DECLARE_DERIVABLE_TYPE(WhForm, wh_form, WH, FORM, GtkDialog)

struct _WhFormClass {
    GtkDialogClass parent_class;

    /* The person wants what the form says to be done. */
    void (*submit)(WhForm *form);
};

/* verb: the word on the button that does it ("_Add"). */
void wh_form_set_up(WhForm *form, GtkWindow *parent, WhModel *model, const char *title,
                    const char *verb);

/* Where the questions go. */
GtkBox *wh_form_content(WhForm *form);
WhModel *wh_form_model(WhForm *form);
WhLink *wh_form_link(WhForm *form);

/* A button in the bar at the top, which like the questions cannot be used while a request is under
 * way. */
void wh_form_add_button(WhForm *form, GtkWidget *button);

/* FALSE: there is nothing to be done yet. */
void wh_form_set_can_submit(WhForm *form, gboolean can);

/* Around a request: begin takes a reference for its callback and lets nothing be typed meanwhile.
 * end gives the form back; FALSE: the person closed it, and what it asked for cannot be used any
 * more. */
WhForm *wh_form_begin(WhForm *form);
gboolean wh_form_end(WhForm *form);
gboolean wh_form_is_busy(WhForm *form);

/* Its questions are there, also when nobody sees them any more; TRUE until wh_form_end() said
 * FALSE or the window went. */
gboolean wh_form_is_there(WhForm *form);

/* What is wrong and belongs to no question, below them all; NULL: nothing. */
void wh_form_set_error(WhForm *form, const char *error);

/* Tells about every secret of a table (field to text), which was sent together with `fields`; not
 * about those that were forgotten. */
void wh_form_tell_secrets(WhForm *form, const char *account, const char *provider,
                          GHashTable *fields, GHashTable *secrets);

G_END_DECLS
