/* One request on its way: its own copy of everything, the curl handle made of it, and what came
 * back. Private to this room. */
#pragma once

#include "service/net/http.h"

#include <curl/curl.h>

G_BEGIN_DECLS

typedef struct WhHttpCall WhHttpCall;

/* Copies `request`, which wh_http_request_check() found right. trusted and agent must outlive the
 * call. binder may be NULL when the request names no interface. */
WhHttpCall *wh_http_call_new(const WhHttpRequest *request, const char *agent, const char *trusted,
                             WhBinder binder);

/* Wipes all copies. The curl handle must be out of every loop. */
void wh_http_call_free(WhHttpCall *call);

/* The curl handle, ready to go and owned by the call; made at the first call, so that a request
 * that waits in line costs little. */
CURL *wh_http_call_easy(WhHttpCall *call);

/* Reads how the transfer ended. TRUE: `response` is filled, valid as long as the call. FALSE:
 * `error` is a WH_HTTP_ERROR that names the host and nothing else of the URL. */
gboolean wh_http_call_end(WhHttpCall *call, CURLcode code, WhClock *clock, WhHttpResponse *response,
                          GError **error);

/* What it tells about the time. FALSE: nothing. One of response and error, as it ended; the text
 * lives as long as the call. */
gboolean wh_http_call_glimpse(WhHttpCall *call, const WhHttpResponse *response, const GError *error,
                              WhHttpGlimpse *glimpse);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHttpCall, wh_http_call_free)

G_END_DECLS
