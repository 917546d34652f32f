/* What users fill in, held against a definition's form. Private to this room. */
#pragma once

#include "service/providers/engine.h"

G_BEGIN_DECLS

/* The account's text for a field that is no secret, else the definition's fallback, else NULL. */
const char *wh_form_value(const WhDefinition *definition, const WhAccount *account,
                          const char *name);

/* See wh_providers_check_account(), wh_providers_check_name(), wh_providers_manners() and
 * wh_providers_secret_names(). */
gboolean wh_form_check(const WhDefinition *definition, const WhAccount *account,
                       GHashTable *secrets, GError **error);
gboolean wh_form_check_name(const WhDefinition *definition, const WhAccount *account,
                            const char *name, GError **error);
WhManners wh_form_manners(const WhDefinition *definition, const WhAccount *account);
char **wh_form_secret_names(const WhDefinition *definition, const WhAccount *account);

G_END_DECLS
