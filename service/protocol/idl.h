/* An interface file taken apart: types, methods, errors. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_IDL_BOOL,
    WH_IDL_INT,
    WH_IDL_FLOAT,
    WH_IDL_STRING,
    WH_IDL_OBJECT,
    WH_IDL_NAMED,
    WH_IDL_STRUCT,
    WH_IDL_ENUM,
    WH_IDL_ARRAY,
    WH_IDL_MAP,
    WH_IDL_MAYBE,
} WhIdlKind;

/* name: of a NAMED type. element: of ARRAY, MAP and MAYBE. fields (WhIdlField): of STRUCT and,
 * without types, of ENUM. */
typedef struct WhIdlType WhIdlType;
struct WhIdlType {
    WhIdlKind kind;
    char *name;
    WhIdlType *element;
    GPtrArray *fields;
};

typedef struct {
    char *name;
    WhIdlType *type;
} WhIdlField;

/* output NULL: an error. */
typedef struct {
    char *name;
    WhIdlType *input;
    WhIdlType *output;
} WhIdlMethod;

/* types: name to WhIdlType. methods and errors (WhIdlMethod) in the order of the file. */
typedef struct {
    char *name;
    GHashTable *types;
    GPtrArray *methods;
    GPtrArray *errors;
} WhIdl;

/* Reads a whole interface file by varlink's grammar; every named type must be declared, every name
 * once. G_IO_ERROR_INVALID_DATA names the line. Free with wh_idl_free(). */
WhIdl *wh_idl_parse(const char *text, GError **error);
void wh_idl_free(WhIdl *idl);

WhIdl *wh_idl_new(void);
WhIdlType *wh_idl_type_new(WhIdlKind kind);
void wh_idl_type_free(WhIdlType *type);
WhIdlField *wh_idl_field_new(const char *name, WhIdlType *type);
void wh_idl_field_free(WhIdlField *field);
WhIdlMethod *wh_idl_method_new(const char *name);
void wh_idl_method_free(WhIdlMethod *method);

/* NULL: there is none of that name. */
const WhIdlMethod *wh_idl_method(const WhIdl *idl, const char *name);
const WhIdlMethod *wh_idl_error(const WhIdl *idl, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIdl, wh_idl_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIdlType, wh_idl_type_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIdlMethod, wh_idl_method_free)

G_END_DECLS
