/* Asks outside operators for the detector, over HTTPS. */
#pragma once

#include "service/detect/detector.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* `http` must outlive the asker; requests under way end with the http object. Free with
 * wh_outside_asker_free() once the detector is gone. */
WhOutsideAsker *wh_outside_asker_new(WhHttp *http);
void wh_outside_asker_free(WhOutsideAsker *asker);

/* The operators: `folder`/outside.conf where it exists and is right, else the list that is shipped.
 * *problem (caller frees) says what is wrong with the file, else it is NULL. */
GPtrArray *wh_outside_operators(const char *folder, char **problem);

G_END_DECLS
