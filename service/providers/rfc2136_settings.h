/* What an account says about its DNS server: the fields of the form, or fixed values of the
 * definition's [rfc2136] group. Private to this room. */
#pragma once

#include "service/net/tsig.h"
#include "service/providers/engine.h"

G_BEGIN_DECLS

#define WH_RFC2136_DEFAULT_TTL 60
#define WH_RFC2136_MAX_TTL 86400

/* zone: lower case without final dot. key NULL: updates are not signed. */
typedef struct {
    char *host;
    guint16 port;
    char *zone;
    guint32 ttl;
    WhDnsTransport transport;
    char *key_name;
    WhTsigKey *key;
} WhRfc2136Settings;

/* The error is WH_PROVIDERS_ERROR_FIELD. secrets NULL: they are not looked at, and key stays NULL.
 */
WhRfc2136Settings *wh_rfc2136_settings_new(const WhDefinition *definition, const WhAccount *account,
                                           GHashTable *secrets, GError **error);
void wh_rfc2136_settings_free(WhRfc2136Settings *settings);

/* Reads [rfc2136] and checks the fields; mistakes go to `reader`. */
void wh_rfc2136_settings_parse(WhDefinitionReader *reader, WhDefinition *definition);

/* The text of "server", "zone", "key-name", "algorithm", "ttl" or "transport"; NULL: absent. */
const char *wh_rfc2136_settings_value(const WhDefinition *definition, const WhAccount *account,
                                      const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhRfc2136Settings, wh_rfc2136_settings_free)

G_END_DECLS
