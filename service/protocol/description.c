#include "service/protocol/description.h"

#include "service/protocol/idl.h"
#include "service/protocol/names.h"
#include "service/protocol/texts.h"

/* Checks one value. strict: members that the type does not have are wrong. path: where we are, and
 * after a failure where it was. */
typedef struct {
    const WhIdl *idl;
    gboolean strict;
    GString *path;
} Check;

static gboolean fits(Check *check, const WhIdlType *type, json_t *value);

const char *wh_description_text(const char *interface)
{
    if (g_str_equal(interface, WH_CONTROL_INTERFACE))
        return wh_text_control;
    if (g_str_equal(interface, WH_VARLINK_SERVICE_INTERFACE))
        return wh_text_varlink_service;
    return NULL;
}

static WhIdl *parse_own(const char *text)
{
    g_autoptr(GError) error = NULL;
    WhIdl *idl = wh_idl_parse(text, &error);
    if (idl == NULL)
        g_error("An interface file that is compiled in is wrong: %s", error->message);
    return idl;
}

/* Both trees are made at their first use and stay, unchanged, for the life of the program. */
static const WhIdl *idl_of(const char *interface)
{
    static gsize control = 0, service = 0;
    if (g_str_equal(interface, WH_CONTROL_INTERFACE)) {
        if (g_once_init_enter(&control))
            g_once_init_leave(&control, (gsize)parse_own(wh_text_control));
        return (const WhIdl *)control;
    }
    if (g_str_equal(interface, WH_VARLINK_SERVICE_INTERFACE)) {
        if (g_once_init_enter(&service))
            g_once_init_leave(&service, (gsize)parse_own(wh_text_varlink_service));
        return (const WhIdl *)service;
    }
    return NULL;
}

static char **names_of(const GPtrArray *methods)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; i < methods->len; i++)
        g_strv_builder_add(names, ((const WhIdlMethod *)methods->pdata[i])->name);
    return g_strv_builder_end(names);
}

char **wh_description_methods(const char *interface)
{
    const WhIdl *idl = idl_of(interface);
    return idl != NULL ? names_of(idl->methods) : g_new0(char *, 1);
}

char **wh_description_errors(const char *interface)
{
    const WhIdl *idl = idl_of(interface);
    return idl != NULL ? names_of(idl->errors) : g_new0(char *, 1);
}

static const WhIdlField *field_named(const WhIdlType *type, const char *name)
{
    for (guint i = 0; i < type->fields->len; i++) {
        const WhIdlField *field = type->fields->pdata[i];
        if (g_str_equal(field->name, name))
            return field;
    }
    return NULL;
}

/* On success the path is again what it was. */
static gboolean member_fits(Check *check, const WhIdlField *field, json_t *value)
{
    gsize before = check->path->len;
    if (before > 0)
        g_string_append_c(check->path, '.');
    g_string_append(check->path, field->name);
    if (value == NULL ? field->type->kind != WH_IDL_MAYBE : !fits(check, field->type, value))
        return FALSE;
    g_string_truncate(check->path, before);
    return TRUE;
}

static gboolean struct_fits(Check *check, const WhIdlType *type, json_t *value)
{
    if (!json_is_object(value))
        return FALSE;
    for (guint i = 0; i < type->fields->len; i++) {
        const WhIdlField *field = type->fields->pdata[i];
        if (!member_fits(check, field, json_object_get(value, field->name)))
            return FALSE;
    }
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member)
    {
        if (check->strict && field_named(type, name) == NULL) {
            g_string_append_printf(check->path, ".%s", name);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean array_fits(Check *check, const WhIdlType *type, json_t *value)
{
    if (!json_is_array(value))
        return FALSE;
    gsize before = check->path->len;
    for (gsize i = 0; i < json_array_size(value); i++) {
        g_string_append_printf(check->path, "[%" G_GSIZE_FORMAT "]", i);
        if (!fits(check, type->element, json_array_get(value, i)))
            return FALSE;
        g_string_truncate(check->path, before);
    }
    return TRUE;
}

/* The path stays at the map: its keys are the caller's own text. */
static gboolean map_fits(Check *check, const WhIdlType *type, json_t *value)
{
    if (!json_is_object(value))
        return FALSE;
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member)
    {
        if (!fits(check, type->element, member))
            return FALSE;
    }
    return TRUE;
}

static gboolean fits(Check *check, const WhIdlType *type, json_t *value)
{
    switch (type->kind) {
    case WH_IDL_BOOL:
        return json_is_boolean(value);
    case WH_IDL_INT:
        return json_is_integer(value);
    case WH_IDL_FLOAT:
        return json_is_number(value);
    case WH_IDL_STRING:
        return json_is_string(value);
    case WH_IDL_OBJECT:
        return json_is_object(value);
    case WH_IDL_NAMED:
        return fits(check, g_hash_table_lookup(check->idl->types, type->name), value);
    case WH_IDL_STRUCT:
        return struct_fits(check, type, value);
    case WH_IDL_ENUM:
        return json_is_string(value) && field_named(type, json_string_value(value)) != NULL;
    case WH_IDL_ARRAY:
        return array_fits(check, type, value);
    case WH_IDL_MAP:
        return map_fits(check, type, value);
    case WH_IDL_MAYBE:
        return json_is_null(value) || fits(check, type->element, value);
    }
    return FALSE;
}

static gboolean check_value(const WhIdl *idl, const WhIdlType *type, gboolean strict,
                            json_t *parameters, char **member)
{
    g_autoptr(GString) path = g_string_new(NULL);
    Check check = {.idl = idl, .strict = strict, .path = path};
    if (type != NULL && fits(&check, type, parameters))
        return TRUE;
    *member = g_strdup(path->str);
    return FALSE;
}

gboolean wh_description_check_input(const char *interface, const char *method, json_t *parameters,
                                    char **member)
{
    const WhIdl *idl = idl_of(interface);
    const WhIdlMethod *found = idl != NULL ? wh_idl_method(idl, method) : NULL;
    return check_value(idl, found != NULL ? found->input : NULL, FALSE, parameters, member);
}

gboolean wh_description_check_output(const char *interface, const char *method, json_t *parameters,
                                     char **member)
{
    const WhIdl *idl = idl_of(interface);
    const WhIdlMethod *found = idl != NULL ? wh_idl_method(idl, method) : NULL;
    return check_value(idl, found != NULL ? found->output : NULL, TRUE, parameters, member);
}

gboolean wh_description_check_error(const char *interface, const char *error, json_t *parameters,
                                    char **member)
{
    const WhIdl *idl = idl_of(interface);
    const WhIdlMethod *found = idl != NULL ? wh_idl_error(idl, error) : NULL;
    return check_value(idl, found != NULL ? found->input : NULL, TRUE, parameters, member);
}
