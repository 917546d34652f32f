/* Templates of URLs, headers and bodies: text with places that an update fills.
 *
 * {name} a value, encoded for where it stands; {!name} as it is; {name:word} with what stands there
 * when there is no value; [part] left out when a value in it is missing; {{ }} [[ ]] the characters
 * themselves. Names: host, hosts (joined by commas), labels (hosts without the definition's
 * name-suffix), ip4, ip6, ip (the only address), ips (all, by commas), ttl, and every field of the
 * form. Private to this room. */
#pragma once

#include "service/base/secret.h"
#include "service/base/update.h"
#include "service/providers/definition.h"

G_BEGIN_DECLS

/* How values are encoded: percent-encoding (RFC 3986 section 2.1, all but unreserved characters;
 * the commas between hosts stay, and so do the colons of addresses), not at all, or as the inside
 * of a JSON string. */
typedef enum {
    WH_TEMPLATE_URL,
    WH_TEMPLATE_RAW,
    WH_TEMPLATE_JSON,
} WhTemplateUse;

typedef struct WhTemplate WhTemplate;

/* What fills a template. secrets: name to WhSecret, or NULL. addresses[family] NULL: none. ttl 0:
 * none. */
typedef struct {
    const WhDefinition *definition;
    const WhAccount *account;
    GHashTable *secrets;
    const char *const *hosts;
    gsize n_hosts;
    const WhAddress *addresses[WH_N_FAMILIES];
    guint32 ttl;
} WhTemplateValues;

/* G_IO_ERROR_INVALID_DATA: a slip in the brackets, or a name that is neither of the above nor a
 * field of `definition`. */
WhTemplate *wh_template_parse(const char *text, const WhDefinition *definition, WhTemplateUse use,
                              GError **error);
void wh_template_free(WhTemplate *template);

/* Whether a value of that name is used anywhere. */
gboolean wh_template_uses(const WhTemplate *template, const char *name);

/* *secret: the filled text. *shown (NULL: not wanted): the same with "[secret]" for each secret
 * field. G_IO_ERROR_INVALID_ARGUMENT: a value is missing outside of optional parts; the message
 * names it. */
gboolean wh_template_fill(const WhTemplate *template, const WhTemplateValues *values,
                          WhSecret **secret, char **shown, GError **error);

/* Whether a URL can lead nowhere but where literal text and endpoint fields say: it begins with
 * "https://" and a literal server or endpoint fields of kind host, or with one endpoint field of
 * kind url. Otherwise G_IO_ERROR_INVALID_DATA. */
gboolean wh_template_check_endpoint(const WhTemplate *template, const WhDefinition *definition,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTemplate, wh_template_free)

G_END_DECLS
