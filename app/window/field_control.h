/* The control that asks for one field of a provider's form, but for secrets. */
#pragma once

#include "app/model/provider_item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *wh_field_control_new(const WhFormField *field, const char *value);

/* What is in it, for g_free(); "" for nothing. `control` is what wh_field_control_new() made for
 * `field`. */
char *wh_field_control_value(const WhFormField *field, GtkWidget *control);

G_END_DECLS
