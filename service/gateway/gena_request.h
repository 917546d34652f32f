/* The head of an event as a router sends it, and the terms on which it promised to: UPnP Device
 * Architecture 1.1 sections 4.1 and 4.3.2. Private to this room. */
#pragma once

#include "service/base/clock.h"

G_BEGIN_DECLS

/* A longer head is not read. */
#define WH_GENA_HEAD_MOST 4096

/* A longer name of a subscription is none. */
#define WH_GENA_SID_MOST 128

/* Length of the head in `bytes` with the empty line that ends it; 0: more has to come. */
gsize wh_gena_head_length(const char *bytes, gsize length);

/* Reads a whole head. Returns what it is answered with: 200, and *sid is the subscription that it
 * names, which the caller frees; or an error of HTTP, when it is no event for `path`. */
guint wh_gena_request_read(const char *head, gsize length, const char *path, char **sid);

/* Whether `sid` may be the name of a subscription: some printable characters, no blanks. */
gboolean wh_gena_sid_is_right(const char *sid);

/* How long a subscription lasts for which the router said "Second-1800", in microseconds and within
 * reason. Anything else, NULL too, lasts as long as section 4.1.2 recommends at least. */
gint64 wh_gena_timeout_read(const char *value);

G_END_DECLS
