/* What an engine must be able to do. An engine is code; which one carries a provider's updates is
 * said in the provider's definition. Private to this room. */
#pragma once

#include "service/providers/definition_reader.h"
#include "service/providers/errand.h"

G_BEGIN_DECLS

/* parse: reads the engine's own groups and sets engine_data; fields are there already. Mistakes go
 * to `reader`. check: what the general checks of the form cannot know; NULL: nothing. The error is
 * WH_PROVIDERS_ERROR_FIELD. check_name: the same for a host's name, WH_PROVIDERS_ERROR_NAME; NULL:
 * nothing. needs_secret: whether this account needs a secret field that is not required of all;
 * NULL: never. endpoint: see wh_providers_endpoint(). start: adds the errand's parts, or sets
 * outcomes at once and adds none. cancel: ends all parts of the errand; none of them may touch it
 * afterwards. */
typedef struct {
    const char *name;
    void (*parse)(WhDefinitionReader *reader, WhDefinition *definition);
    gboolean (*check)(const WhDefinition *definition, const WhAccount *account, GHashTable *secrets,
                      GError **error);
    gboolean (*check_name)(const WhDefinition *definition, const WhAccount *account,
                           const char *name, GError **error);
    gboolean (*needs_secret)(const WhDefinition *definition, const WhAccount *account,
                             const char *field);
    char *(*endpoint)(const WhDefinition *definition, const WhAccount *account);
    void (*start)(WhErrand *errand);
    void (*cancel)(WhErrand *errand);
} WhEngine;

/* NULL: no such engine. */
const WhEngine *wh_engine_find(const char *name);

/* Requests made from templates, answers read by rules. */
const WhEngine *wh_http_engine(void);

/* DNS updates (RFC 2136), signed with TSIG. */
const WhEngine *wh_rfc2136_engine(void);

G_END_DECLS
