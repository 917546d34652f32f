/* curl's result codes in plain words. Private to this room. */
#pragma once

#include "service/net/http.h"

#include <curl/curl.h>

G_BEGIN_DECLS

/* Sets a WH_HTTP_ERROR for `code`, which is not CURLE_OK. The sentence names `host`; curl's own
 * error text is not used, because it may repeat the URL. */
void wh_http_error_set(GError **error, CURLcode code, CURL *easy, const char *host);

G_END_DECLS
