#include "service/providers/definition.h"

#include "service/net/dns_message.h"
#include "service/providers/definition_fields.h"
#include "service/providers/engine.h"

#include <gio/gio.h>
#include <string.h>

#define SECONDS ((gint64)1000000)
#define MAX_TEXT 300

void wh_definition_free(WhDefinition *definition)
{
    if (definition == NULL)
        return;
    if (definition->engine_data_free != NULL)
        definition->engine_data_free(definition->engine_data);
    g_free(definition->id);
    g_free(definition->name);
    g_free(definition->home);
    g_free(definition->signup);
    g_free(definition->token_page);
    g_free(definition->caution);
    g_free(definition->name_suffix);
    g_free(definition->interval_field);
    g_free(definition->together_field);
    g_free(definition->together_choice);
    g_free(definition->engine);
    g_ptr_array_unref(definition->fields);
    g_free(definition);
}

const WhField *wh_definition_field(const WhDefinition *definition, const char *name)
{
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

/* A link that a face opens in a browser must be nothing but a web page. */
static char *read_link(WhDefinitionReader *reader, const char *key)
{
    char *link = wh_definition_reader_text(reader, "provider", key);
    if (link != NULL &&
        (!g_str_has_prefix(link, "https://") || !g_uri_is_valid(link, G_URI_FLAGS_NONE, NULL)))
        wh_definition_reader_fail(reader, "provider", key, "must be an https:// address");
    return link;
}

static void read_provider(WhDefinitionReader *reader, WhDefinition *definition)
{
    definition->name = wh_definition_reader_needed(reader, "provider", "name");
    definition->home = read_link(reader, "home");
    definition->signup = read_link(reader, "signup");
    definition->token_page = read_link(reader, "token-page");
    definition->caution = wh_definition_reader_text(reader, "provider", "caution");
    definition->name_suffix = wh_definition_reader_text(reader, "provider", "name-suffix");
    definition->name_depth =
        (guint)wh_definition_reader_number(reader, "provider", "name-depth", 0, 20, 0);
    definition->untested = wh_definition_reader_flag(reader, "provider", "untested", FALSE);
    definition->engine = wh_definition_reader_needed(reader, "provider", "engine");
    if (definition->name_suffix != NULL && !wh_dns_name_is_host(definition->name_suffix))
        wh_definition_reader_fail(reader, "provider", "name-suffix",
                                  "must be a domain name such as duckdns.org");
    if (definition->name_depth != 0 && definition->name_suffix == NULL)
        wh_definition_reader_fail(reader, "provider", "name-depth", "needs name-suffix");
    if (definition->caution != NULL && strlen(definition->caution) > MAX_TEXT)
        wh_definition_reader_fail(reader, "provider", "caution", "must be at most %d bytes long",
                                  MAX_TEXT);
}

/* "true", "false", or "FIELD:CHOICE": as the user chooses. */
static void read_together(WhDefinitionReader *reader, WhDefinition *definition)
{
    g_autofree char *text = wh_definition_reader_text(reader, "manners", "together");
    if (text == NULL || strcmp(text, "false") == 0)
        return;
    if (strcmp(text, "true") == 0) {
        definition->manners.together = TRUE;
        return;
    }
    g_auto(GStrv) parts = g_strsplit(text, ":", 2);
    const WhField *field = wh_definition_field(definition, parts[0]);
    if (field == NULL || field->kind != WH_FIELD_CHOICE || parts[1] == NULL ||
        !g_strv_contains((const char *const *)field->choices, parts[1])) {
        wh_definition_reader_fail(reader, "manners", "together",
                                  "must be true, false, or a choice field, a colon and one of "
                                  "its choices");
        return;
    }
    definition->together_field = g_strdup(parts[0]);
    definition->together_choice = g_strdup(parts[1]);
}

static void read_interval_field(WhDefinitionReader *reader, WhDefinition *definition)
{
    definition->interval_field = wh_definition_reader_text(reader, "manners", "interval-field");
    if (definition->interval_field == NULL)
        return;
    const WhField *field = wh_definition_field(definition, definition->interval_field);
    if (field == NULL || field->kind != WH_FIELD_NUMBER || field->minimum < 0)
        wh_definition_reader_fail(reader, "manners", "interval-field",
                                  "must name a number field whose minimum is 0 or more");
}

static gint64 read_seconds(WhDefinitionReader *reader, const char *key, gint64 fallback)
{
    return SECONDS * wh_definition_reader_number(reader, "manners", key, 0, 7 * 86400, fallback);
}

static void read_manners(WhDefinitionReader *reader, WhDefinition *definition)
{
    WhManners *manners = &definition->manners;
    manners->burst =
        (guint)wh_definition_reader_number(reader, "manners", "burst", 1, 1000, WH_DEFAULT_BURST);
    manners->refill = read_seconds(reader, "refill", WH_DEFAULT_REFILL / SECONDS);
    manners->rate_wait = read_seconds(reader, "rate-wait", 600);
    manners->max_hosts =
        (guint)wh_definition_reader_number(reader, "manners", "max-hosts", 1, 1000, 1);
    read_together(reader, definition);
    manners->both_always = wh_definition_reader_flag(reader, "manners", "both-always", FALSE);
    manners->propagation = read_seconds(reader, "propagation", 0);
    manners->provable = wh_definition_reader_flag(reader, "manners", "provable", TRUE);
    read_interval_field(reader, definition);
    if (manners->both_always && !manners->together && definition->together_field == NULL)
        wh_definition_reader_fail(reader, "manners", "both-always", "needs together");
}

static gboolean is_id(const char *id)
{
    return *id != '\0' && strlen(id) <= 64 &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

static void read_all(WhDefinitionReader *reader, WhDefinition *definition)
{
    if (!is_id(definition->id))
        wh_definition_reader_fail(reader, "provider", NULL,
                                  "the file's name must consist of small letters, digits and "
                                  "hyphens");
    read_provider(reader, definition);
    wh_definition_fields_read(reader, definition->fields);
    read_manners(reader, definition);
    const WhEngine *engine = definition->engine != NULL ? wh_engine_find(definition->engine) : NULL;
    if (engine == NULL) {
        wh_definition_reader_fail(reader, "provider", "engine", "must be http or rfc2136");
        return;
    }
    if (!wh_definition_reader_failed(reader))
        engine->parse(reader, definition);
}

WhDefinition *wh_definition_parse(const char *id, const char *text, gsize length, GError **error)
{
    g_autoptr(WhDefinition) definition = g_new0(WhDefinition, 1);
    definition->id = g_strdup(id);
    definition->fields = g_ptr_array_new_with_free_func((GDestroyNotify)wh_field_free);
    g_autoptr(WhDefinitionReader) reader = wh_definition_reader_new(text, length);
    if (!wh_definition_reader_failed(reader))
        read_all(reader, definition);
    if (!wh_definition_reader_finish(reader, error))
        return NULL;
    return g_steal_pointer(&definition);
}
