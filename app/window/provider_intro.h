/* What to know about a provider before filling in its form. */
#pragma once

#include "app/model/provider_item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Name, words of warning, whether it was tried, and links. for_new: also where to get an account
 * and its token. */
GtkWidget *wh_provider_intro_new(WhProviderItem *provider, gboolean for_new);

/* The link to the page where the provider shows its token, or NULL. */
GtkWidget *wh_provider_intro_token_link(WhProviderItem *provider);

G_END_DECLS
