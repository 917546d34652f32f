/* The text of an entry for a secret: one block of memory that never moves and is wiped.
 *
 * What GTK itself keeps is outside of it: while a person looks at the secret, Pango holds the
 * letters that are drawn; what is pasted was in the clipboard. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The most bytes of a secret; the service takes no longer ones. */
#define WH_SECRET_BUFFER_BYTES 4096

#define WH_TYPE_SECRET_BUFFER (wh_secret_buffer_get_type())
G_DECLARE_FINAL_TYPE(WhSecretBuffer, wh_secret_buffer, WH, SECRET_BUFFER, GtkEntryBuffer)

GtkEntryBuffer *wh_secret_buffer_new(void);

/* Empties it; the memory holds nothing of it any more. */
void wh_secret_buffer_wipe(WhSecretBuffer *buffer);

G_END_DECLS
