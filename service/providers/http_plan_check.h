/* Tries a plan with sample values, so that a definition's gaps show when it is read and not when an
 * address changes. Private to this room. */
#pragma once

#include "service/providers/http_plan.h"

G_BEGIN_DECLS

/* Fills every request that the definition can lead to: each family alone, both where they travel
 * together, every choice, and nothing but the required fields. */
void wh_http_plan_check(WhDefinitionReader *reader, const WhDefinition *definition,
                        const WhHttpPlan *plan);

/* Where an account's requests go: the origins of its URLs, by blanks when there are several. ""
 * while a field that decides it is missing. The caller frees it. */
char *wh_http_plan_origins(const WhHttpPlan *plan, const WhDefinition *definition,
                           const WhAccount *account);

G_END_DECLS
