/* The providers: every definition, and the engines that carry updates to them.
 *
 * Turns "set these names to these addresses with these credentials" into requests, and answers into
 * result classes. Keeps no state about hosts; when something may be sent is decided elsewhere. */
#pragma once

#include "service/base/clock.h"
#include "service/base/secret.h"
#include "service/base/update.h"
#include "service/net/dns_client.h"
#include "service/net/http.h"
#include "service/net/resolver.h"
#include "service/providers/definition.h"

G_BEGIN_DECLS

typedef struct WhProviders WhProviders;

/* With the shipped definitions. The net objects must outlive it. */
WhProviders *wh_providers_new(WhClock *clock, WhHttp *http, WhDnsClient *dns, WhResolver *resolver);
void wh_providers_free(WhProviders *providers);

/* Adds every *.provider file of `folder` (a missing folder is fine). A wrong file is left out and
 * named in the returned NULL-terminated array of sentences; a shipped id is never taken over. */
char **wh_providers_load_folder(WhProviders *providers, const char *folder);

/* NULL: no such provider. */
const WhDefinition *wh_providers_find(WhProviders *providers, const char *id);

/* All of them (const WhDefinition *), by name; free the array with g_ptr_array_unref(). */
GPtrArray *wh_providers_list(WhProviders *providers);

#define WH_PROVIDERS_ERROR (wh_providers_error_quark())
GQuark wh_providers_error_quark(void);

typedef enum {
    WH_PROVIDERS_ERROR_FIELD, /* a field is missing, unknown or malformed; the message starts with
                                 its name and ": " */
    WH_PROVIDERS_ERROR_NAME,  /* the provider cannot hold such a name */
} WhProvidersErrorCode;

/* Whether `account` (its fields) and `secrets` (name to WhSecret; NULL: do not look at secrets) fit
 * the form. Fills nothing in. */
gboolean wh_providers_check_account(WhProviders *providers, const WhAccount *account,
                                    GHashTable *secrets, GError **error);

/* Whether `name` can be a host of `account` (suffix, zone). */
gboolean wh_providers_check_name(WhProviders *providers, const WhAccount *account, const char *name,
                                 GError **error);

/* What the provider asks of us, with what the account's own fields change about it. */
WhManners wh_providers_manners(WhProviders *providers, const WhAccount *account);

/* Where the account's secrets may be sent: scheme, host and port, in a stable text
 * ("https://www.duckdns.org"). The caller frees it. */
char *wh_providers_endpoint(WhProviders *providers, const WhAccount *account);

/* The names of the secret fields that the account needs (required ones), NULL-terminated, for
 * g_strfreev(). */
char **wh_providers_secret_names(WhProviders *providers, const WhAccount *account);

/* Sends `update` with `secrets` (name to WhSecret); all is copied or referenced. `done` is called
 * exactly once, never before this returned, and not at all after wh_providers_cancel(). Returns a
 * handle, never 0. */
guint64 wh_providers_update(WhProviders *providers, const WhUpdate *update, GHashTable *secrets,
                            WhUpdateDone done, gpointer data);
void wh_providers_cancel(WhProviders *providers, guint64 handle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhProviders, wh_providers_free)

G_END_DECLS
