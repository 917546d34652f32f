/* Answer tables that many providers share. Private to this room. */
#pragma once

#include "service/providers/answer_rules.h"

G_BEGIN_DECLS

/* A list that ends with a NULL value. */
typedef struct {
    WhResultClass result;
    WhAnswerKind kind;
    const char *value;
} WhAnswerPreset;

/* "dyndns2" and "http-rest"; NULL: no such preset. */
const WhAnswerPreset *wh_answer_preset_find(const char *name);

G_END_DECLS
