#include "service/protocol/idl.h"

WhIdl *wh_idl_new(void)
{
    WhIdl *idl = g_new0(WhIdl, 1);
    idl->types =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_idl_type_free);
    idl->methods = g_ptr_array_new_with_free_func((GDestroyNotify)wh_idl_method_free);
    idl->errors = g_ptr_array_new_with_free_func((GDestroyNotify)wh_idl_method_free);
    return idl;
}

void wh_idl_free(WhIdl *idl)
{
    if (idl == NULL)
        return;
    g_free(idl->name);
    g_hash_table_unref(idl->types);
    g_ptr_array_unref(idl->methods);
    g_ptr_array_unref(idl->errors);
    g_free(idl);
}

WhIdlType *wh_idl_type_new(WhIdlKind kind)
{
    WhIdlType *type = g_new0(WhIdlType, 1);
    type->kind = kind;
    if (kind == WH_IDL_STRUCT || kind == WH_IDL_ENUM)
        type->fields = g_ptr_array_new_with_free_func((GDestroyNotify)wh_idl_field_free);
    return type;
}

void wh_idl_type_free(WhIdlType *type)
{
    if (type == NULL)
        return;
    g_free(type->name);
    wh_idl_type_free(type->element);
    g_clear_pointer(&type->fields, g_ptr_array_unref);
    g_free(type);
}

WhIdlField *wh_idl_field_new(const char *name, WhIdlType *type)
{
    WhIdlField *field = g_new0(WhIdlField, 1);
    field->name = g_strdup(name);
    field->type = type;
    return field;
}

void wh_idl_field_free(WhIdlField *field)
{
    g_free(field->name);
    wh_idl_type_free(field->type);
    g_free(field);
}

WhIdlMethod *wh_idl_method_new(const char *name)
{
    WhIdlMethod *method = g_new0(WhIdlMethod, 1);
    method->name = g_strdup(name);
    return method;
}

void wh_idl_method_free(WhIdlMethod *method)
{
    if (method == NULL)
        return;
    g_free(method->name);
    wh_idl_type_free(method->input);
    wh_idl_type_free(method->output);
    g_free(method);
}

static const WhIdlMethod *find(const GPtrArray *methods, const char *name)
{
    for (guint i = 0; i < methods->len; i++) {
        const WhIdlMethod *method = methods->pdata[i];
        if (g_str_equal(method->name, name))
            return method;
    }
    return NULL;
}

const WhIdlMethod *wh_idl_method(const WhIdl *idl, const char *name)
{
    return find(idl->methods, name);
}

const WhIdlMethod *wh_idl_error(const WhIdl *idl, const char *name)
{
    return find(idl->errors, name);
}
