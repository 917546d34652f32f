#include "service/protocol/idl.h"

#include <gio/gio.h>
#include <string.h>

/* Inline types nest; a text that nests deeper is refused before the stack notices. */
#define MAX_NESTING 16

/* at: the next character. names: every declared type, method and error. used: every type that is
 * referred to. */
typedef struct {
    const char *at;
    guint line;
    guint nesting;
    WhIdl *idl;
    GHashTable *names;
    GHashTable *used;
    GError **error;
} Parser;

static WhIdlType *parse_type(Parser *parser);

static gboolean fail(Parser *parser, const char *expected)
{
    if (parser->error != NULL && *parser->error == NULL)
        g_set_error(parser->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: %s", parser->line,
                    expected);
    return FALSE;
}

static void skip_space(Parser *parser)
{
    for (;; parser->at++) {
        if (*parser->at == '#')
            parser->at += strcspn(parser->at, "\n");
        if (*parser->at == '\n')
            parser->line++;
        else if (*parser->at == '\0' || strchr(" \t\r", *parser->at) == NULL)
            return;
    }
}

static gboolean take(Parser *parser, const char *token)
{
    skip_space(parser);
    if (!g_str_has_prefix(parser->at, token))
        return FALSE;
    parser->at += strlen(token);
    return TRUE;
}

static gboolean expect(Parser *parser, const char *token)
{
    if (take(parser, token))
        return TRUE;
    g_autofree char *expected = g_strdup_printf("“%s” is expected", token);
    return fail(parser, expected);
}

/* The characters that a name of this kind may have, ended by the first other one. NULL: none. */
static char *take_word(Parser *parser, const char *others)
{
    skip_space(parser);
    const char *end = parser->at;
    while (g_ascii_isalnum(*end) || (*end != '\0' && strchr(others, *end) != NULL))
        end++;
    if (end == parser->at)
        return NULL;
    char *word = g_strndup(parser->at, (gsize)(end - parser->at));
    parser->at = end;
    return word;
}

/* [A-Za-z](_?[A-Za-z0-9])* */
static gboolean is_field_name(const char *name)
{
    return g_ascii_isalpha(name[0]) && strstr(name, "__") == NULL && !g_str_has_suffix(name, "_");
}

static char *take_field_name(Parser *parser)
{
    g_autofree char *name = take_word(parser, "_");
    if (name != NULL && is_field_name(name))
        return g_steal_pointer(&name);
    fail(parser, "a field's name is expected: letters, digits and single _ between them");
    return NULL;
}

/* [A-Z][A-Za-z0-9]* */
static char *take_type_name(Parser *parser)
{
    g_autofree char *name = take_word(parser, "");
    if (name != NULL && g_ascii_isupper(name[0]))
        return g_steal_pointer(&name);
    fail(parser, "a name that starts with a capital is expected");
    return NULL;
}

static gboolean has_field(const WhIdlType *type, const char *name)
{
    for (guint i = 0; i < type->fields->len; i++)
        if (g_str_equal(((const WhIdlField *)type->fields->pdata[i])->name, name))
            return TRUE;
    return FALSE;
}

/* One field; whether a colon follows the first one decides what the parentheses hold. */
static gboolean parse_field(Parser *parser, WhIdlType *type)
{
    g_autofree char *name = take_field_name(parser);
    if (name == NULL)
        return FALSE;
    if (has_field(type, name))
        return fail(parser, "a field of this name is there already");
    gboolean typed = take(parser, ":");
    if (type->fields->len == 0)
        type->kind = typed ? WH_IDL_STRUCT : WH_IDL_ENUM;
    else if (typed != (type->kind == WH_IDL_STRUCT))
        return fail(parser, "either all fields have a type or none has");
    WhIdlType *field_type = typed ? parse_type(parser) : NULL;
    if (typed && field_type == NULL)
        return FALSE;
    g_ptr_array_add(type->fields, wh_idl_field_new(name, field_type));
    return TRUE;
}

/* "(a: int, b: string)", "(one, two)" or "()". */
static WhIdlType *parse_fields(Parser *parser)
{
    if (!expect(parser, "("))
        return NULL;
    g_autoptr(WhIdlType) type = wh_idl_type_new(WH_IDL_STRUCT);
    if (take(parser, ")"))
        return g_steal_pointer(&type);
    do {
        if (!parse_field(parser, type))
            return NULL;
    } while (take(parser, ","));
    return expect(parser, ")") ? g_steal_pointer(&type) : NULL;
}

static WhIdlType *parse_element(Parser *parser, WhIdlKind kind)
{
    WhIdlType *element = parse_type(parser);
    if (element == NULL)
        return NULL;
    if (element->kind == WH_IDL_MAYBE) {
        fail(parser, kind == WH_IDL_MAYBE ? "“?” stands twice" : "elements cannot be nullable");
        wh_idl_type_free(element);
        return NULL;
    }
    WhIdlType *type = wh_idl_type_new(kind);
    type->element = element;
    return type;
}

static WhIdlType *parse_word_type(Parser *parser)
{
    static const char *const words[] = {
        [WH_IDL_BOOL] = "bool",     [WH_IDL_INT] = "int",       [WH_IDL_FLOAT] = "float",
        [WH_IDL_STRING] = "string", [WH_IDL_OBJECT] = "object",
    };
    g_autofree char *word = take_word(parser, "");
    for (guint i = 0; word != NULL && i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(word, words[i]))
            return wh_idl_type_new((WhIdlKind)i);
    if (word == NULL || !g_ascii_isupper(word[0])) {
        fail(parser, "a type is expected");
        return NULL;
    }
    WhIdlType *type = wh_idl_type_new(WH_IDL_NAMED);
    type->name = g_strdup(word);
    g_hash_table_add(parser->used, g_steal_pointer(&word));
    return type;
}

static WhIdlType *parse_any_type(Parser *parser)
{
    if (take(parser, "?"))
        return parse_element(parser, WH_IDL_MAYBE);
    if (take(parser, "[]"))
        return parse_element(parser, WH_IDL_ARRAY);
    if (take(parser, "[string]"))
        return parse_element(parser, WH_IDL_MAP);
    skip_space(parser);
    return *parser->at == '(' ? parse_fields(parser) : parse_word_type(parser);
}

static WhIdlType *parse_type(Parser *parser)
{
    if (parser->nesting >= MAX_NESTING) {
        fail(parser, "types are nested too deep");
        return NULL;
    }
    parser->nesting++;
    WhIdlType *type = parse_any_type(parser);
    parser->nesting--;
    return type;
}

/* The new name of a declaration, which nothing else in the file may have. */
static char *take_new_name(Parser *parser)
{
    g_autofree char *name = take_type_name(parser);
    if (name == NULL)
        return NULL;
    if (!g_hash_table_add(parser->names, g_strdup(name))) {
        fail(parser, "this name is declared already");
        return NULL;
    }
    return g_steal_pointer(&name);
}

static WhIdlType *parse_struct(Parser *parser)
{
    g_autoptr(WhIdlType) type = parse_fields(parser);
    if (type == NULL || type->kind == WH_IDL_STRUCT)
        return g_steal_pointer(&type);
    fail(parser, "fields with types are expected");
    return NULL;
}

static gboolean parse_declared_type(Parser *parser)
{
    g_autofree char *name = take_new_name(parser);
    WhIdlType *type = name != NULL ? parse_fields(parser) : NULL;
    if (type == NULL)
        return FALSE;
    g_hash_table_insert(parser->idl->types, g_steal_pointer(&name), type);
    return TRUE;
}

static gboolean parse_method(Parser *parser, gboolean has_output, GPtrArray *methods)
{
    g_autofree char *name = take_new_name(parser);
    if (name == NULL)
        return FALSE;
    g_autoptr(WhIdlMethod) method = wh_idl_method_new(name);
    method->input = parse_struct(parser);
    if (method->input == NULL)
        return FALSE;
    if (has_output) {
        method->output = expect(parser, "->") ? parse_struct(parser) : NULL;
        if (method->output == NULL)
            return FALSE;
    }
    g_ptr_array_add(methods, g_steal_pointer(&method));
    return TRUE;
}

static gboolean parse_declaration(Parser *parser)
{
    g_autofree char *keyword = take_word(parser, "");
    if (g_strcmp0(keyword, "type") == 0)
        return parse_declared_type(parser);
    if (g_strcmp0(keyword, "method") == 0)
        return parse_method(parser, TRUE, parser->idl->methods);
    if (g_strcmp0(keyword, "error") == 0)
        return parse_method(parser, FALSE, parser->idl->errors);
    return fail(parser, "“type”, “method” or “error” is expected");
}

/* Reverse domain: at least two parts of letters, digits and inner hyphens. */
static gboolean is_interface_name(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, ".", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        if (!g_ascii_isalnum(parts[i][0]) || g_str_has_suffix(parts[i], "-"))
            return FALSE;
    return g_ascii_isalpha(name[0]) && g_strv_length(parts) >= 2;
}

static gboolean parse_interface(Parser *parser)
{
    g_autofree char *keyword = take_word(parser, "");
    if (g_strcmp0(keyword, "interface") != 0)
        return fail(parser, "“interface” is expected");
    parser->idl->name = take_word(parser, ".-");
    if (parser->idl->name == NULL || !is_interface_name(parser->idl->name))
        return fail(parser, "the interface's name is expected");
    for (skip_space(parser); *parser->at != '\0'; skip_space(parser))
        if (!parse_declaration(parser))
            return FALSE;
    return TRUE;
}

static gboolean check_used(Parser *parser)
{
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, parser->used);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if (!g_hash_table_contains(parser->idl->types, name)) {
            g_autofree char *missing = g_strdup_printf("type %s is not declared", (char *)name);
            return fail(parser, missing);
        }
    }
    return TRUE;
}

WhIdl *wh_idl_parse(const char *text, GError **error)
{
    g_autoptr(WhIdl) idl = wh_idl_new();
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Parser parser = {
        .at = text, .line = 1, .idl = idl, .names = names, .used = used, .error = error};
    return parse_interface(&parser) && check_used(&parser) ? g_steal_pointer(&idl) : NULL;
}
