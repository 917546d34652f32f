/* Entries into which a line break or another character that nobody sees cannot get by pasting. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Such characters are left out of what is put into `entry` from now on. Not for secrets: the text
 * is copied (see WhSecretBuffer). */
void wh_one_line_keep(GtkEntry *entry);

G_END_DECLS
