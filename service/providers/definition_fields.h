/* The fields of a definition's form, one [field NAME] group each. Private to this room. */
#pragma once

#include "service/providers/definition.h"
#include "service/providers/definition_reader.h"

G_BEGIN_DECLS

/* Appends a WhField for each such group, in the order of the text. */
void wh_definition_fields_read(WhDefinitionReader *reader, GPtrArray *fields);

void wh_field_free(WhField *field);

/* Whether `text` is a value that the field takes. G_IO_ERROR_INVALID_ARGUMENT says, in a sentence
 * without the value, what is expected. */
gboolean wh_field_check(const WhField *field, const char *text, GError **error);

G_END_DECLS
