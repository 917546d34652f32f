/* What a request must look like before it may leave, and what may be said about where it goes.
 * Private to this room. */
#pragma once

#include "service/net/http.h"

G_BEGIN_DECLS

/* FALSE with WH_HTTP_ERROR_INVALID when the request is not allowed: a scheme other than https (or
 * http where allowed), an address that holds a login, blanks or line breaks where they would let
 * somebody add headers, an interface that it cannot be tied to. The error names the server and
 * never the URL. */
gboolean wh_http_request_check(const WhHttpRequest *request, gboolean has_binder, GError **error);

/* Scheme, host and port of the URL in lower case: requests with the same text wait in the same
 * line. Holds no secret. The caller frees it. */
char *wh_http_request_server(const WhHttpRequest *request);

/* The host that `shown_url` names, for sentences; "the server" when there is none. The caller frees
 * it. */
char *wh_http_request_shown_host(const WhHttpRequest *request);

G_END_DECLS
