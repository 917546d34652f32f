/* An entry for a secret, with a button beside it that shows what was typed. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_SECRET_ENTRY (wh_secret_entry_get_type())
G_DECLARE_FINAL_TYPE(WhSecretEntry, wh_secret_entry, WH, SECRET_ENTRY, GtkBox)

/* label: what the secret is called, for a screen reader. kept: one is there already, and stays when
 * nothing is typed. */
GtkWidget *wh_secret_entry_new(const char *label, gboolean kept);
void wh_secret_entry_set_kept(WhSecretEntry *entry, gboolean kept);

/* The entry inside, for a label to name. */
GtkWidget *wh_secret_entry_inner(WhSecretEntry *entry);

/* Borrowed from memory that is wiped; valid until it is changed. */
const char *wh_secret_entry_text(WhSecretEntry *entry);
void wh_secret_entry_wipe(WhSecretEntry *entry);

G_END_DECLS
