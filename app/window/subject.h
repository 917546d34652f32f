/* What a dialog is about, and what becomes of the dialog when somebody else removes that meanwhile.
 * Private to the window. */
#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

/* Closes `dialog` and tells so in the window as soon as the model has no such host or account any
 * more. */
void wh_subject_follow_host(WhWindow *window, GtkWidget *dialog, WhHostItem *host);
void wh_subject_follow_account(WhWindow *window, GtkWidget *dialog, WhAccountItem *account);

G_END_DECLS
