#include "service/providers/rfc2136_settings.h"

#include "service/net/dns_message.h"
#include "service/providers/form.h"
#include "service/providers/server_text.h"

#include <string.h>

#define GROUP "rfc2136"
#define DEFAULT_ALGORITHM "hmac-sha256"

/* A definition has such a field, or fixes the value, or it may be absent. */
static const struct {
    const char *name;
    WhFieldKind kind;
    gboolean needed;
} known[] = {
    {"server", WH_FIELD_HOST, TRUE},    {"zone", WH_FIELD_TEXT, TRUE},
    {"key-name", WH_FIELD_TEXT, FALSE}, {"algorithm", WH_FIELD_CHOICE, FALSE},
    {"ttl", WH_FIELD_NUMBER, FALSE},    {"transport", WH_FIELD_CHOICE, FALSE},
};

static void fixed_free(WhEngineData *data)
{
    g_hash_table_unref((GHashTable *)data);
}

static void check_algorithms(WhDefinitionReader *reader, const WhField *field)
{
    WhTsigAlgorithm algorithm;
    for (char **choice = field->choices; *choice != NULL; choice++) {
        if (!wh_tsig_algorithm_parse(*choice, &algorithm))
            wh_definition_reader_fail(reader, "field algorithm", "choices",
                                      "\"%s\" is no TSIG algorithm", *choice);
    }
}

static void check_field(WhDefinitionReader *reader, const WhDefinition *definition,
                        const char *name, WhFieldKind kind, gboolean needed)
{
    const WhField *field = wh_definition_field(definition, name);
    if (field == NULL && needed)
        wh_definition_reader_fail(reader, GROUP, name, "is missing, and there is no such field");
    if (field == NULL)
        return;
    g_autofree char *group = g_strconcat("field ", name, NULL);
    if (field->kind != kind)
        wh_definition_reader_fail(reader, group, "kind", "must be %s", wh_field_kind_name(kind));
    else if (kind == WH_FIELD_HOST && !field->endpoint)
        wh_definition_reader_fail(reader, group, "endpoint", "must be true");
    else if (needed && !field->required)
        wh_definition_reader_fail(reader, group, "required", "must be true");
    else if (strcmp(name, "algorithm") == 0)
        check_algorithms(reader, field);
    else if (strcmp(name, "ttl") == 0 &&
             (field->minimum < 0 || field->maximum > WH_RFC2136_MAX_TTL))
        wh_definition_reader_fail(reader, group, "maximum", "must be at most %d",
                                  WH_RFC2136_MAX_TTL);
}

void wh_rfc2136_settings_parse(WhDefinitionReader *reader, WhDefinition *definition)
{
    GHashTable *fixed = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    definition->engine_data = (WhEngineData *)fixed;
    definition->engine_data_free = fixed_free;
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        char *value = wh_definition_reader_text(reader, GROUP, known[i].name);
        if (value != NULL)
            g_hash_table_insert(fixed, (gpointer)known[i].name, value);
        else
            check_field(reader, definition, known[i].name, known[i].kind, known[i].needed);
    }
    const WhField *secret = wh_definition_field(definition, "secret");
    if (secret != NULL && secret->kind != WH_FIELD_SECRET)
        wh_definition_reader_fail(reader, "field secret", "kind", "must be secret");
}

const char *wh_rfc2136_settings_value(const WhDefinition *definition, const WhAccount *account,
                                      const char *name)
{
    const char *fixed = g_hash_table_lookup((GHashTable *)definition->engine_data, name);
    return fixed != NULL ? fixed : wh_form_value(definition, account, name);
}

void wh_rfc2136_settings_free(WhRfc2136Settings *settings)
{
    if (settings == NULL)
        return;
    g_free(settings->host);
    g_free(settings->zone);
    g_free(settings->key_name);
    wh_tsig_key_free(settings->key);
    g_free(settings);
}

static gboolean refuse(const WhDefinition *definition, const char *name, const char *sentence,
                       GError **error)
{
    const WhField *field = wh_definition_field(definition, name);
    g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_FIELD, "%s: \"%s\" %s.", name,
                field != NULL ? field->label : name, sentence);
    return FALSE;
}

static gboolean take_zone(WhRfc2136Settings *settings, const WhDefinition *definition,
                          const char *text, GError **error)
{
    g_autofree char *zone = g_ascii_strdown(text != NULL ? text : "", -1);
    if (g_str_has_suffix(zone, "."))
        zone[strlen(zone) - 1] = '\0';
    g_autofree char *name = g_strconcat("host.", zone, NULL);
    if (*zone == '\0' || zone[0] == '*' || !wh_dns_name_is_host(name))
        return refuse(definition, "zone", "must be the name of a zone, such as example.net", error);
    settings->zone = g_steal_pointer(&zone);
    return TRUE;
}

/* A key is made with a sample secret first: what is wrong then is its name. */
static gboolean take_key(WhRfc2136Settings *settings, const WhDefinition *definition,
                         WhTsigAlgorithm algorithm, const WhSecret *secret, GError **error)
{
    g_autoptr(WhSecret) sample = wh_secret_new("c2FtcGxlc2FtcGxl", -1);
    g_autoptr(WhTsigKey) named = wh_tsig_key_new(settings->key_name, algorithm, sample, NULL);
    if (named == NULL)
        return refuse(definition, "key-name", "must be a name as in the server's key file", error);
    settings->key = wh_tsig_key_new(settings->key_name, algorithm, secret, NULL);
    return settings->key != NULL ||
           refuse(definition, "secret", "must be the base64 text as in the server's key file",
                  error);
}

static gboolean take_secret(WhRfc2136Settings *settings, const WhDefinition *definition,
                            const WhAccount *account, GHashTable *secrets, GError **error)
{
    const char *name = wh_rfc2136_settings_value(definition, account, "algorithm");
    const WhSecret *secret = g_hash_table_lookup(secrets, "secret");
    gboolean has_secret = secret != NULL && wh_secret_length(secret) > 0;
    WhTsigAlgorithm algorithm;
    if (!has_secret && settings->key_name == NULL)
        return TRUE;
    if (!has_secret)
        return refuse(definition, "secret", "is missing; a key has a name and a secret", error);
    if (settings->key_name == NULL)
        return refuse(definition, "key-name", "is missing; a key has a name and a secret", error);
    if (!wh_tsig_algorithm_parse(name != NULL ? name : DEFAULT_ALGORITHM, &algorithm))
        return refuse(definition, "algorithm", "is none that is known here", error);
    return take_key(settings, definition, algorithm, secret, error);
}

WhRfc2136Settings *wh_rfc2136_settings_new(const WhDefinition *definition, const WhAccount *account,
                                           GHashTable *secrets, GError **error)
{
    g_autoptr(WhRfc2136Settings) settings = g_new0(WhRfc2136Settings, 1);
    const char *server = wh_rfc2136_settings_value(definition, account, "server");
    const char *zone = wh_rfc2136_settings_value(definition, account, "zone");
    const char *ttl = wh_rfc2136_settings_value(definition, account, "ttl");
    const char *transport = wh_rfc2136_settings_value(definition, account, "transport");
    guint64 seconds = WH_RFC2136_DEFAULT_TTL;
    settings->key_name = g_strdup(wh_rfc2136_settings_value(definition, account, "key-name"));
    settings->transport = g_strcmp0(transport, "tcp") == 0 ? WH_DNS_TCP : WH_DNS_UDP_THEN_TCP;
    if (server == NULL || !wh_server_text_parse(server, 53, &settings->host, &settings->port)) {
        refuse(definition, "server", "must be a server's name or address", error);
        return NULL;
    }
    if (ttl != NULL &&
        !g_ascii_string_to_unsigned(ttl, 10, 0, WH_RFC2136_MAX_TTL, &seconds, NULL)) {
        refuse(definition, "ttl", "must be a number of seconds up to 86400", error);
        return NULL;
    }
    settings->ttl = (guint32)seconds;
    if (!take_zone(settings, definition, zone, error) ||
        (secrets != NULL && !take_secret(settings, definition, account, secrets, error)))
        return NULL;
    return g_steal_pointer(&settings);
}
