/* What a template consists of once it is read. Private to template*.c. */
#pragma once

#include "service/providers/template.h"

G_BEGIN_DECLS

typedef enum {
    PART_LITERAL,
    PART_VALUE,
    PART_OPEN, /* an optional part begins */
    PART_CLOSE,
} PartKind;

/* text: a literal, or a value's name. field: NULL for the built-in names. */
typedef struct {
    PartKind kind;
    char *text;
    char *fallback;
    const WhField *field;
    gboolean raw;
} Part;

struct WhTemplate {
    WhTemplateUse use;
    GArray *parts;
};

G_END_DECLS
