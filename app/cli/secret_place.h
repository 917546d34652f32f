/* Where the service keeps secrets, when that is worth a line. */
#pragma once

#include <jansson.h>

/* A line about a Service, with the next step; nothing where one's own service keeps them as usual,
 * and where a notice of the service says it already. */
void wh_secret_place_print(json_t *service);
