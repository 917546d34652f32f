/* Gathers what a server sends within bounds, and turns it into a response. Private to this room. */
#pragma once

#include "service/net/http.h"

#include <curl/curl.h>

G_BEGIN_DECLS

/* `headers` counts the octets of all header lines. too_many_headers: the transfer was broken off
 * for that. */
typedef struct {
    GString *body;
    gsize max_body;
    gboolean truncated;
    gsize headers;
    gboolean too_many_headers;
    char *location;
} WhHttpAnswer;

void wh_http_answer_init(WhHttpAnswer *answer, gsize max_body);

/* Wipes: an answer may repeat a token. */
void wh_http_answer_clear(WhHttpAnswer *answer);

/* Lets curl deliver headers and body of `easy` here. */
void wh_http_answer_attach(WhHttpAnswer *answer, CURL *easy);

/* Fills `response` with texts that live as long as `answer` and `easy`. */
void wh_http_answer_read(WhHttpAnswer *answer, CURL *easy, WhClock *clock,
                         WhHttpResponse *response);

/* Retry-After as microseconds from `now` (wall), at most seven days; 0 when it cannot be
 * understood. RFC 9110 section 10.2.3: seconds or a date. */
gint64 wh_http_answer_parse_retry_after(const char *value, gint64 now);

G_END_DECLS
