/* The fields of a provider's form: from arguments, the terminal and standard input. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* Reads "field=value" arguments (argv[1..argc-1]) into the object `fields`; an empty value takes a
 * field out. A secret field is refused: arguments can be seen by everybody. FALSE: told already. */
gboolean wh_fields_read(const WhCommand *command, json_t *provider, int argc, char **argv,
                        json_t *fields);

/* Asks on the terminal for fields that are not in `fields` and have no fallback; those that may be
 * left out only where somebody can be asked. FALSE: told already. */
gboolean wh_fields_complete(const WhCommand *command, json_t *provider, json_t *fields);

/* Asks for the secrets on the terminal, or reads standard input: lines "field=secret", or
 * the one secret alone. Returns an object for the parameter "secrets". NULL: told already. */
json_t *wh_fields_ask_secrets(json_t *provider);

/* The field's description in the form, borrowed, or NULL. */
json_t *wh_fields_find(json_t *provider, const char *name);
gboolean wh_fields_is_secret(json_t *field);

G_END_DECLS
