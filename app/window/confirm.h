/* A question before something that cannot be taken back. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*WhConfirmed)(gpointer data);

/* Shows `question` with `explanation` below it. destructive: something is lost then. `confirmed` is
 * called when the person presses the button with `verb` on it ("_Remove"), `destroy` in any case
 * when the question is gone. Returns the question's dialog, borrowed. */
GtkWidget *wh_confirm(GtkWindow *parent, const char *question, const char *explanation,
                      const char *verb, gboolean destructive, WhConfirmed confirmed, gpointer data,
                      GDestroyNotify destroy);

G_END_DECLS
