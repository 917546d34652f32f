/* A small button that copies a text, and says that it did. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_COPY_BUTTON (wh_copy_button_get_type())
G_DECLARE_FINAL_TYPE(WhCopyButton, wh_copy_button, WH, COPY_BUTTON, GtkButton)

GtkWidget *wh_copy_button_new(void);

/* text: what is copied. what: what it is called, for the tooltip and a screen reader ("Copy the
 * IPv4 address of home.example.org"). */
void wh_copy_button_set(WhCopyButton *button, const char *text, const char *what);

G_END_DECLS
