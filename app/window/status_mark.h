/* The small mark beside a sentence that says how something is: shape and colour. */
#pragma once

#include "app/model/status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "All right", "Paused", ...; translated. */
const char *wh_status_mark_word(WhStatus status);

/* As high as `lines` lines of text, so that it grows with the person's text size. */
void wh_status_mark_set_size(GtkImage *image, guint lines);

/* Makes `image` the mark of `status`. A screen reader says its word. */
void wh_status_mark_set(GtkImage *image, WhStatus status);

G_END_DECLS
