#include "service/providers/definition_fields.h"

#include "service/providers/server_text.h"

#include <gio/gio.h>
#include <string.h>

#define PREFIX "field "
#define MAX_VALUE 1024

static const char *const kind_names[] = {"text", "secret", "host", "url", "number", "choice", NULL};

G_STATIC_ASSERT(G_N_ELEMENTS(kind_names) == WH_FIELD_CHOICE + 2);

const char *wh_field_kind_name(WhFieldKind kind)
{
    return kind_names[kind];
}

void wh_field_free(WhField *field)
{
    g_free(field->name);
    g_free(field->label);
    g_free(field->hint);
    g_free(field->fallback);
    g_free(field->default_path);
    g_strfreev(field->choices);
    g_free(field);
}

static gboolean is_field_name(const char *name)
{
    return *name != '\0' && strlen(name) <= 32 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

static void read_choices(WhDefinitionReader *reader, const char *group, WhField *field)
{
    g_autofree char *text = wh_definition_reader_needed(reader, group, "choices");
    field->choices = g_strsplit(text != NULL ? text : "", ";", -1);
    for (char **choice = field->choices; *choice != NULL; choice++) {
        if (*g_strstrip(*choice) == '\0')
            wh_definition_reader_fail(reader, group, "choices",
                                      "must be words with a semicolon between them");
    }
}

static void read_limits(WhDefinitionReader *reader, const char *group, WhField *field)
{
    field->minimum =
        wh_definition_reader_number(reader, group, "minimum", G_MININT32, G_MAXINT32, 0);
    field->maximum =
        wh_definition_reader_number(reader, group, "maximum", G_MININT32, G_MAXINT32, G_MAXINT32);
    if (field->minimum > field->maximum)
        wh_definition_reader_fail(reader, group, "minimum", "is more than maximum");
}

static void read_url_keys(WhDefinitionReader *reader, const char *group, WhField *field)
{
    field->allow_http = wh_definition_reader_flag(reader, group, "allow-http", FALSE);
    field->default_path = wh_definition_reader_text(reader, group, "default-path");
    if (field->default_path != NULL &&
        (field->default_path[0] != '/' || strpbrk(field->default_path, " ?#") != NULL))
        wh_definition_reader_fail(reader, group, "default-path",
                                  "must be a path such as /nic/update");
}

static void check_fallback(WhDefinitionReader *reader, const char *group, const WhField *field)
{
    if (field->fallback == NULL)
        return;
    g_autoptr(GError) error = NULL;
    if (field->kind == WH_FIELD_SECRET)
        wh_definition_reader_fail(reader, group, "fallback", "a secret has none");
    else if (!wh_field_check(field, field->fallback, &error))
        wh_definition_reader_fail(reader, group, "fallback", "%s", error->message);
}

static WhField *read_field(WhDefinitionReader *reader, const char *group)
{
    WhField *field = g_new0(WhField, 1);
    field->name = g_strdup(group + strlen(PREFIX));
    if (!is_field_name(field->name))
        wh_definition_reader_fail(reader, group, NULL,
                                  "a field's name has small letters, digits and hyphens");
    field->label = wh_definition_reader_needed(reader, group, "label");
    field->hint = wh_definition_reader_text(reader, group, "hint");
    field->kind =
        (WhFieldKind)wh_definition_reader_word(reader, group, "kind", kind_names, WH_FIELD_TEXT);
    field->required = wh_definition_reader_flag(reader, group, "required", FALSE);
    field->fallback = wh_definition_reader_text(reader, group, "fallback");
    if (field->kind == WH_FIELD_CHOICE)
        read_choices(reader, group, field);
    if (field->kind == WH_FIELD_NUMBER)
        read_limits(reader, group, field);
    if (field->kind == WH_FIELD_HOST || field->kind == WH_FIELD_URL)
        field->endpoint = wh_definition_reader_flag(reader, group, "endpoint", FALSE);
    if (field->kind == WH_FIELD_URL)
        read_url_keys(reader, group, field);
    check_fallback(reader, group, field);
    return field;
}

void wh_definition_fields_read(WhDefinitionReader *reader, GPtrArray *fields)
{
    g_auto(GStrv) groups = wh_definition_reader_groups(reader);
    for (char **group = groups; *group != NULL; group++) {
        if (g_str_has_prefix(*group, PREFIX))
            g_ptr_array_add(fields, read_field(reader, *group));
    }
}

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, sentence);
    return FALSE;
}

/* Control characters could end a header line, and nothing that a provider gives out has them. */
static gboolean is_plain_text(const char *text)
{
    if (strlen(text) > MAX_VALUE || !g_utf8_validate(text, -1, NULL))
        return FALSE;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_iscntrl(g_utf8_get_char(at)))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_url(const WhField *field, const char *text, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_HAS_PASSWORD, NULL);
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
    if (host == NULL || *host == '\0' || strpbrk(text, " \"<>\\^`{|}") != NULL)
        return refuse(error, "must be a whole web address, such as "
                             "https://members.example.net/nic/update");
    const char *scheme = g_uri_get_scheme(uri);
    if (strcmp(scheme, "https") != 0 && !(field->allow_http && strcmp(scheme, "http") == 0))
        return refuse(error, field->allow_http ? "must begin with https:// or http://"
                                               : "must begin with https://");
    if (g_uri_get_userinfo(uri) != NULL)
        return refuse(error, "must not hold a user name or password; they have their own fields");
    if (g_uri_get_query(uri) != NULL || g_uri_get_fragment(uri) != NULL)
        return refuse(error, "must end before the question mark; the rest is added by itself");
    return TRUE;
}

static gboolean check_host(const char *text, GError **error)
{
    g_autofree char *host = NULL;
    guint16 port = 0;
    if (wh_server_text_parse(text, 1, &host, &port))
        return TRUE;
    return refuse(error, "must be a server's name or address, if need be with a port: "
                         "ns.example.net, 192.0.2.1:53 or [2001:db8::1]:53");
}

static gboolean check_number(const WhField *field, const char *text, GError **error)
{
    gint64 number = 0;
    if (g_ascii_string_to_signed(text, 10, field->minimum, field->maximum, &number, NULL))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                "must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                field->minimum, field->maximum);
    return FALSE;
}

static gboolean check_choice(const WhField *field, const char *text, GError **error)
{
    if (g_strv_contains((const char *const *)field->choices, text))
        return TRUE;
    g_autofree char *all = g_strjoinv(", ", field->choices);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "must be one of: %s", all);
    return FALSE;
}

gboolean wh_field_check(const WhField *field, const char *text, GError **error)
{
    if (!is_plain_text(text))
        return refuse(error, "must be one line of at most 1024 bytes");
    switch (field->kind) {
    case WH_FIELD_URL:
        return check_url(field, text, error);
    case WH_FIELD_HOST:
        return check_host(text, error);
    case WH_FIELD_NUMBER:
        return check_number(field, text, error);
    case WH_FIELD_CHOICE:
        return check_choice(field, text, error);
    case WH_FIELD_TEXT:
    case WH_FIELD_SECRET:
        return TRUE;
    }
    return TRUE;
}
