#include "service/providers/form.h"

#include "service/net/dns_message.h"
#include "service/providers/definition_fields.h"

#include <string.h>

const char *wh_form_value(const WhDefinition *definition, const WhAccount *account,
                          const char *name)
{
    const char *text = wh_account_field(account, name);
    const WhField *field = wh_definition_field(definition, name);
    return text != NULL || field == NULL ? text : field->fallback;
}

static gboolean refuse(GError **error, const char *name, const char *label, const char *sentence)
{
    g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_FIELD, "%s: \"%s\" %s.", name, label,
                sentence);
    return FALSE;
}

static gboolean check_value(const WhField *field, const char *text, GError **error)
{
    g_autoptr(GError) reason = NULL;
    return wh_field_check(field, text, &reason) ||
           refuse(error, field->name, field->label, reason->message);
}

static gboolean check_given(const WhDefinition *definition, GHashTable *given, gboolean secrets,
                            GError **error)
{
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, given);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const WhField *field = wh_definition_field(definition, name);
        if (field == NULL) {
            g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_FIELD,
                        "%s: %s has no such field.", (const char *)name, definition->name);
            return FALSE;
        }
        if ((field->kind == WH_FIELD_SECRET) != secrets)
            return refuse(error, field->name, field->label,
                          secrets ? "is no secret; give it as a field"
                                  : "is a secret; give it as one");
        const char *text = secrets ? wh_secret_peek(value) : value;
        if (text != NULL && *text != '\0' && !check_value(field, text, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean needs_secret(const WhDefinition *definition, const WhAccount *account,
                             const WhField *field)
{
    const WhEngine *engine = wh_engine_find(definition->engine);
    return field->required ||
           (engine->needs_secret != NULL && engine->needs_secret(definition, account, field->name));
}

static gboolean check_complete(const WhDefinition *definition, const WhAccount *account,
                               GHashTable *secrets, GError **error)
{
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        gboolean missing = FALSE;
        if (field->kind != WH_FIELD_SECRET) {
            missing = field->required && wh_form_value(definition, account, field->name) == NULL;
        } else if (secrets != NULL) {
            const WhSecret *secret = g_hash_table_lookup(secrets, field->name);
            missing = needs_secret(definition, account, field) &&
                      (secret == NULL || wh_secret_length(secret) == 0);
        }
        if (missing)
            return refuse(error, field->name, field->label, "is missing");
    }
    return TRUE;
}

gboolean wh_form_check(const WhDefinition *definition, const WhAccount *account,
                       GHashTable *secrets, GError **error)
{
    const WhEngine *engine = wh_engine_find(definition->engine);
    return check_given(definition, account->fields, FALSE, error) &&
           (secrets == NULL || check_given(definition, secrets, TRUE, error)) &&
           check_complete(definition, account, secrets, error) &&
           (engine->check == NULL || engine->check(definition, account, secrets, error));
}

static guint count_labels(const char *name, gsize length)
{
    guint labels = 1;
    for (gsize i = 0; i < length; i++)
        labels += name[i] == '.' ? 1 : 0;
    return labels;
}

static gboolean check_suffix(const WhDefinition *definition, const char *name, GError **error)
{
    const char *suffix = definition->name_suffix;
    if (suffix == NULL)
        return TRUE;
    gsize front = strlen(name) > strlen(suffix) ? strlen(name) - strlen(suffix) - 1 : 0;
    if (front == 0 || !wh_dns_name_in_zone(name, suffix)) {
        g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME,
                    "Names at %s end with .%s, such as example.%s.", definition->name, suffix,
                    suffix);
        return FALSE;
    }
    if (definition->name_depth != 0 && count_labels(name, front) != definition->name_depth) {
        g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME,
                    "Names at %s have %u part%s in front of .%s, such as example.%s.",
                    definition->name, definition->name_depth,
                    definition->name_depth == 1 ? "" : "s", suffix, suffix);
        return FALSE;
    }
    return TRUE;
}

gboolean wh_form_check_name(const WhDefinition *definition, const WhAccount *account,
                            const char *name, GError **error)
{
    if (!wh_dns_name_is_host(name)) {
        g_set_error_literal(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME,
                            "This is no host name; a name looks like home.example.net.");
        return FALSE;
    }
    const WhEngine *engine = wh_engine_find(definition->engine);
    return check_suffix(definition, name, error) &&
           (engine->check_name == NULL || engine->check_name(definition, account, name, error));
}

WhManners wh_form_manners(const WhDefinition *definition, const WhAccount *account)
{
    WhManners manners = definition->manners;
    if (definition->together_field != NULL)
        manners.together = g_strcmp0(wh_form_value(definition, account, definition->together_field),
                                     definition->together_choice) == 0;
    const char *interval = definition->interval_field != NULL
                               ? wh_form_value(definition, account, definition->interval_field)
                               : NULL;
    gint64 seconds = 0;
    if (interval != NULL && g_ascii_string_to_signed(interval, 10, 0, G_MAXINT32, &seconds, NULL))
        manners.refill = seconds * WH_SECOND;
    return manners;
}

char **wh_form_secret_names(const WhDefinition *definition, const WhAccount *account)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (field->kind == WH_FIELD_SECRET && needs_secret(definition, account, field))
            g_strv_builder_add(names, field->name);
    }
    return g_strv_builder_end(names);
}
