/* Where the service keeps secrets, when that is worth a line. */
#pragma once

#include <jansson.h>

/* A line about a Service whose secrets are in files, with the next step; nothing where a keyring
 * holds them, and where a notice of the service says it already. */
void wh_secret_place_print(json_t *service);
