/* A strip with words and a button. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* key tells strips of one box apart. */
GtkWidget *wh_strip_new(const char *key);

/* Borrowed. */
const char *wh_strip_key(GtkWidget *strip);

/* second may be NULL: what to do about it. */
void wh_strip_set_words(GtkWidget *strip, GtkMessageType type, const char *first,
                        const char *second);

/* For wh_remedy_set_button() and the like; hidden until then. */
GtkButton *wh_strip_button(GtkWidget *strip);

/* With a button that a person closes it with: the signal "response". */
void wh_strip_set_closable(GtkWidget *strip);

G_END_DECLS
