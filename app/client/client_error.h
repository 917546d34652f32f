/* What a refusal is about, kept with the error. Private to the client. */
#pragma once

#include "app/client/client.h"

G_BEGIN_DECLS

/* A WH_CLIENT_ERROR_REFUSED or DENIED with a sentence for people, from a varlink error and its
 * parameters. */
GError *wh_client_error_refused(const char *error_name, json_t *parameters);

/* The member or form field it is about, valid as long as the error, or NULL. */
const char *wh_client_error_field(const GError *error);

G_END_DECLS
