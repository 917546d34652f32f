#include "app/cli/fields.h"

#include "app/cli/ask.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "service/protocol/message.h"
#include "service/protocol/wiping.h"

#include <glib/gi18n.h>
#include <string.h>

json_t *wh_fields_find(json_t *provider, const char *name)
{
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(provider, "fields"), i, field)
    {
        if (strcmp(wh_lookup_text(field, "name"), name) == 0)
            return field;
    }
    return NULL;
}

gboolean wh_fields_is_secret(json_t *field)
{
    return strcmp(wh_lookup_text(field, "kind"), "secret") == 0;
}

static gboolean is_required(json_t *field)
{
    return json_is_true(json_object_get(field, "required"));
}

/* One "field=value". The value of a secret is not repeated. */
static gboolean read_argument(const WhCommand *command, json_t *provider, const char *argument,
                              json_t *fields)
{
    const char *equals = strchr(argument, '=');
    if (equals == NULL) {
        wh_command_misused(command, _("“%s” is not of the form field=value."), argument);
        return FALSE;
    }
    g_autofree char *name = g_strndup(argument, (gsize)(equals - argument));
    json_t *field = wh_fields_find(provider, name);
    if (field == NULL) {
        wh_command_misused(command, _("%s has no field “%s”. See: wayhomectl providers %s"),
                           wh_lookup_text(provider, "name"), name, wh_lookup_text(provider, "id"));
        return FALSE;
    }
    if (wh_fields_is_secret(field)) {
        wh_command_misused(command,
                           _("“%s” is a secret and cannot be an argument: every user of this "
                             "computer can see arguments, and shells remember them. It is asked "
                             "for, or read from standard input."),
                           name);
        return FALSE;
    }
    if (equals[1] == '\0')
        json_object_del(fields, name);
    else if (json_object_set_new(fields, name, json_string(equals + 1)) < 0) {
        wh_command_misused(command, _("The value of “%s” is not UTF-8 text."), name);
        return FALSE;
    }
    return TRUE;
}

gboolean wh_fields_read(const WhCommand *command, json_t *provider, int argc, char **argv,
                        json_t *fields)
{
    for (int i = 1; i < argc; i++)
        if (!read_argument(command, provider, argv[i], fields))
            return FALSE;
    return TRUE;
}

/* What a field is called, how it looks, and whether it may stay empty. */
static char *prompt_for(json_t *field)
{
    const char *hint = wh_lookup_text(field, "hint");
    g_autofree char *example = *hint != '\0' ? g_strdup_printf(" (%s)", hint) : g_strdup("");
    return g_strconcat(wh_lookup_text(field, "label"), example,
                       is_required(field) ? "" : _(" (Enter: none)"), NULL);
}

/* FALSE: told already. */
static gboolean ask_field(json_t *field, json_t *fields)
{
    g_autofree char *prompt = prompt_for(field);
    g_autofree char *answer = wh_ask_line(prompt);
    if (answer != NULL && *answer == '\0' && !is_required(field))
        return TRUE;
    if (answer == NULL || *answer == '\0') {
        wh_output_error(_("Nothing was entered."));
        return FALSE;
    }
    if (json_object_set_new(fields, wh_lookup_text(field, "name"), json_string(answer)) == 0)
        return TRUE;
    wh_output_error(_("What was entered is not UTF-8 text."));
    return FALSE;
}

static gboolean complete(const WhCommand *command, json_t *field, json_t *fields)
{
    if (wh_ask_is_possible())
        return ask_field(field, fields);
    if (!is_required(field))
        return TRUE;
    const char *name = wh_lookup_text(field, "name");
    wh_command_misused(command, _("“%s” (%s) is needed: %s=..."), name,
                       wh_lookup_text(field, "label"), name);
    return FALSE;
}

gboolean wh_fields_complete(const WhCommand *command, json_t *provider, json_t *fields)
{
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(provider, "fields"), i, field)
    {
        if (wh_fields_is_secret(field) || *wh_lookup_text(field, "fallback") != '\0' ||
            json_object_get(fields, wh_lookup_text(field, "name")) != NULL)
            continue;
        if (!complete(command, field, fields))
            return FALSE;
    }
    return TRUE;
}

/* The secret fields of the form; only the required ones when `required`. */
static json_t *secret_fields(json_t *provider, gboolean required)
{
    json_t *found = json_array();
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(provider, "fields"), i, field)
    {
        if (wh_fields_is_secret(field) && (is_required(field) || !required))
            json_array_append(found, field);
    }
    return found;
}

/* FALSE: told already. */
static gboolean is_text(const char *secret)
{
    if (g_utf8_validate(secret, -1, NULL))
        return TRUE;
    wh_output_error(_("The secret is not UTF-8 text."));
    return FALSE;
}

/* Asks for one secret and keeps it, unless it may be left out and is. FALSE: told already. */
static gboolean ask_one(json_t *field, json_t *secrets)
{
    gboolean required = is_required(field);
    g_autofree char *label =
        g_strconcat(wh_lookup_text(field, "label"), required ? "" : _(" (Enter: none)"), NULL);
    g_auto(WhWipedText) secret = wh_ask_secret(label);
    if (secret == NULL || !is_text(secret))
        return FALSE;
    if (required && *secret == '\0') {
        wh_output_error(_("Nothing was entered."));
        return FALSE;
    }
    if (*secret != '\0')
        json_object_set_new(secrets, wh_lookup_text(field, "name"), json_string(secret));
    return TRUE;
}

static json_t *ask_each(json_t *fields)
{
    g_autoptr(json_t) secrets = json_object();
    size_t i;
    json_t *field;
    json_array_foreach(fields, i, field)
    {
        if (!ask_one(field, secrets))
            return NULL;
    }
    return g_steal_pointer(&secrets);
}

/* Puts "field=secret" into `secrets`; the line is changed. FALSE: it is none. */
static gboolean take_line(json_t *provider, char *line, json_t *secrets)
{
    char *equals = strchr(line, '=');
    if (equals == NULL)
        return FALSE;
    *equals = '\0';
    json_t *field = wh_fields_find(provider, line);
    gboolean known = field != NULL && wh_fields_is_secret(field);
    if (known)
        json_object_set_new(secrets, line, json_string(equals + 1));
    *equals = '=';
    return known;
}

/* only: the field that a secret without a name belongs to, or NULL. */
static json_t *read_lines(json_t *provider, json_t *only, char *text)
{
    g_autoptr(json_t) secrets = json_object();
    char *rest = NULL;
    for (char *line = text; line != NULL && *line != '\0'; line = rest) {
        char *end = strchr(line, '\n');
        rest = end != NULL ? end + 1 : NULL;
        if (end != NULL)
            *end = '\0';
        if (take_line(provider, line, secrets))
            continue;
        if (only == NULL || line != text || rest != NULL) {
            wh_output_error(_("Standard input must hold a line “field=secret” for each secret."));
            return NULL;
        }
        json_object_set_new(secrets, wh_lookup_text(only, "name"), json_string(line));
    }
    return g_steal_pointer(&secrets);
}

static gboolean has_all(json_t *required, json_t *secrets)
{
    size_t i;
    json_t *field;
    json_array_foreach(required, i, field)
    {
        const char *name = wh_lookup_text(field, "name");
        if (json_object_get(secrets, name) != NULL)
            continue;
        wh_output_error(_("“%s” (%s) is missing on standard input."), name,
                        wh_lookup_text(field, "label"));
        return FALSE;
    }
    return TRUE;
}

/* The one secret that is needed, or the only one there is. */
static json_t *only_one(json_t *required, json_t *all)
{
    if (json_array_size(required) == 1)
        return json_array_get(required, 0);
    return json_array_size(all) == 1 ? json_array_get(all, 0) : NULL;
}

json_t *wh_fields_ask_secrets(json_t *provider)
{
    g_autoptr(json_t) required = secret_fields(provider, TRUE);
    g_autoptr(json_t) all = secret_fields(provider, FALSE);
    if (json_array_size(all) == 0)
        return json_object();
    if (wh_ask_is_possible())
        return ask_each(all);
    g_auto(WhWipedText) text = wh_ask_standard_input();
    if (text == NULL)
        return NULL;
    /* Lines are cut in place; the whole is wiped as it was read. */
    gsize length = strlen(text);
    g_autoptr(json_t) secrets =
        is_text(text) ? read_lines(provider, only_one(required, all), text) : NULL;
    gboolean whole = secrets != NULL && has_all(required, secrets);
    wh_wiping_erase(text, length);
    return whole ? g_steal_pointer(&secrets) : NULL;
}
