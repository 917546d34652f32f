#include "service/providers/template_parts.h"

#include <gio/gio.h>
#include <string.h>

static const char *const built_in[] = {"host", "hosts", "labels", "ip4", "ip6",
                                       "ip",   "ips",   "ttl",    NULL};

static void clear_part(gpointer data)
{
    Part *part = data;
    g_free(part->text);
    g_free(part->fallback);
}

static WhTemplate *new_template(WhTemplateUse use)
{
    WhTemplate *template = g_new0(WhTemplate, 1);
    template->use = use;
    template->parts = g_array_new(FALSE, TRUE, sizeof(Part));
    g_array_set_clear_func(template->parts, clear_part);
    return template;
}

void wh_template_free(WhTemplate *template)
{
    if (template == NULL)
        return;
    g_array_unref(template->parts);
    g_free(template);
}

static gboolean refuse(GError **error, const char *format, const char *text)
{
    g_autofree char *message =
        g_strdup_printf("%s%s%s", format, text != NULL ? ": " : "", text != NULL ? text : "");
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
    return FALSE;
}

static void add_literal(WhTemplate *template, const char *text, gsize length)
{
    Part *last = template->parts->len > 0
                     ? &g_array_index(template->parts, Part, template->parts->len - 1)
                     : NULL;
    g_autofree char *piece = g_strndup(text, length);
    if (last != NULL && last->kind == PART_LITERAL) {
        char *joined = g_strconcat(last->text, piece, NULL);
        g_free(last->text);
        last->text = joined;
        return;
    }
    const Part part = {.kind = PART_LITERAL, .text = g_steal_pointer(&piece)};
    g_array_append_val(template->parts, part);
}

static void add_bracket(WhTemplate *template, PartKind kind)
{
    const Part part = {.kind = kind};
    g_array_append_val(template->parts, part);
}

/* `inside`: what stands between the braces. */
static gboolean add_value(WhTemplate *template, const char *inside, const WhDefinition *definition,
                          GError **error)
{
    gboolean raw = inside[0] == '!';
    g_auto(GStrv) halves = g_strsplit(raw ? inside + 1 : inside, ":", 2);
    const char *name = halves[0] != NULL ? halves[0] : "";
    const WhField *field = wh_definition_field(definition, name);
    if (field == NULL && !g_strv_contains(built_in, name))
        return refuse(error, "there is no value and no field of this name", inside);
    const Part part = {
        .kind = PART_VALUE,
        .text = g_strdup(name),
        .fallback = halves[0] != NULL ? g_strdup(halves[1]) : NULL,
        .field = field,
        .raw = raw,
    };
    g_array_append_val(template->parts, part);
    return TRUE;
}

typedef struct {
    const char *at;
    gboolean optional;
} Cursor;

static gboolean read_braces(WhTemplate *template, Cursor *cursor, const WhDefinition *definition,
                            GError **error)
{
    const char *end = strchr(cursor->at, '}');
    if (end == NULL)
        return refuse(error, "a { has no }", NULL);
    g_autofree char *inside = g_strndup(cursor->at + 1, (gsize)(end - cursor->at) - 1);
    cursor->at = end + 1;
    return add_value(template, inside, definition, error);
}

static gboolean read_special(WhTemplate *template, Cursor *cursor, const WhDefinition *definition,
                             GError **error)
{
    char special = *cursor->at;
    if (cursor->at[1] == special) {
        add_literal(template, cursor->at, 1);
        cursor->at += 2;
        return TRUE;
    }
    if (special == '{')
        return read_braces(template, cursor, definition, error);
    if (special == '}')
        return refuse(error, "a } has no { (write }} for the character itself)", NULL);
    if ((special == '[') == cursor->optional)
        return refuse(error, "a [ or ] is too many (write [[ or ]] for the character itself)",
                      NULL);
    cursor->optional = special == '[';
    cursor->at++;
    add_bracket(template, cursor->optional ? PART_OPEN : PART_CLOSE);
    return TRUE;
}

WhTemplate *wh_template_parse(const char *text, const WhDefinition *definition, WhTemplateUse use,
                              GError **error)
{
    g_autoptr(WhTemplate) template = new_template(use);
    Cursor cursor = {.at = text};
    while (*cursor.at != '\0') {
        gsize literal = strcspn(cursor.at, "{}[]");
        if (literal > 0) {
            add_literal(template, cursor.at, literal);
            cursor.at += literal;
        } else if (!read_special(template, &cursor, definition, error)) {
            return NULL;
        }
    }
    if (cursor.optional) {
        refuse(error, "a [ has no ]", NULL);
        return NULL;
    }
    return g_steal_pointer(&template);
}

gboolean wh_template_uses(const WhTemplate *template, const char *name)
{
    for (guint i = 0; i < template->parts->len; i++) {
        const Part *part = &g_array_index(template->parts, Part, i);
        if (part->kind == PART_VALUE && strcmp(part->text, name) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The template with each endpoint host as "h" and everything else that varies as "*". */
static char *outline(const WhTemplate *template)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < template->parts->len; i++) {
        const Part *part = &g_array_index(template->parts, Part, i);
        gboolean host =
            part->field != NULL && part->field->kind == WH_FIELD_HOST && part->field->endpoint;
        g_string_append(text, part->kind == PART_LITERAL ? part->text : host ? "h" : "*");
    }
    return g_string_free(text, FALSE);
}

static gboolean check_server(const WhTemplate *template, GError **error)
{
    g_autofree char *text = outline(template);
    const char *server = text + strlen("https://");
    gsize length = strspn(server, "abcdefghijklmnopqrstuvwxyz0123456789.-:");
    if (length > 0 && server[length] == '/')
        return TRUE;
    return refuse(error,
                  "the server must be spelled out in small letters, or be a host field with "
                  "endpoint = true, and a / must follow it",
                  NULL);
}

gboolean wh_template_check_endpoint(const WhTemplate *template, const WhDefinition *definition,
                                    GError **error)
{
    const Part *first = template->parts->len > 0 ? &g_array_index(template->parts, Part, 0) : NULL;
    if (first != NULL && first->kind == PART_LITERAL && g_str_has_prefix(first->text, "https://"))
        return check_server(template, error);
    gboolean whole = first != NULL && first->kind == PART_VALUE && first->field != NULL &&
                     first->field->kind == WH_FIELD_URL && first->field->endpoint;
    if (!whole)
        return refuse(
            error, "must begin with https:// or with a url field that has endpoint = true", NULL);
    if (template->parts->len == 1)
        return TRUE;
    const Part *second = &g_array_index(template->parts, Part, 1);
    if (second->kind == PART_LITERAL && strchr("/?", second->text[0]) != NULL)
        return TRUE;
    return refuse(error, "a / or ? must follow the url field", NULL);
}
