/* Where the name lives: one of the accounts that are there, or a provider, found by typing. */
#pragma once

#include "app/model/model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_PROVIDER_CHOOSER (wh_provider_chooser_get_type())
/* Signal "chosen" (WhProviderItem *provider, WhAccountItem *account or NULL). */
G_DECLARE_FINAL_TYPE(WhProviderChooser, wh_provider_chooser, WH, PROVIDER_CHOOSER, GtkBox)

GtkWidget *wh_provider_chooser_new(WhModel *model);

/* Goes to the search. */
void wh_provider_chooser_focus(WhProviderChooser *chooser);

G_END_DECLS
