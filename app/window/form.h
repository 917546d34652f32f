/* A dialog with questions: what all forms do alike.
 *
 * Cancel and Escape work always, also while a request is under way; its answer then finds nobody.
 */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_FORM (wh_form_get_type())
/* Signal "secret-given" (account id, provider id, field, secret; all texts borrowed): the service
 * took a secret that was typed here. */
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

/* FALSE: there is nothing to be done yet. */
void wh_form_set_can_submit(WhForm *form, gboolean can);

/* Around a request: begin takes a reference for its callback and lets nothing be typed meanwhile.
 * end gives the form back; FALSE: it was closed, and the answer is nobody's. */
WhForm *wh_form_begin(WhForm *form);
gboolean wh_form_end(WhForm *form);

/* What is wrong and belongs to no question, below them all; NULL: nothing. */
void wh_form_set_error(WhForm *form, const char *error);

/* Tells about every secret of the table (field to text). */
void wh_form_tell_secrets(WhForm *form, const char *account, const char *provider,
                          GHashTable *secrets);

G_END_DECLS
