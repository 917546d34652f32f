/* Drives one curl multi handle from the GLib main loop: its sockets, its timer, its finished
 * transfers. Private to this room; the only place that knows how a socket is watched. */
#pragma once

#include "service/base/clock.h"

#include <curl/curl.h>

G_BEGIN_DECLS

typedef struct WhCurlLoop WhCurlLoop;

/* A transfer is over and already taken out of the loop. `data` is what CURLOPT_PRIVATE holds. The
 * loop is not touched after the call unless somebody else holds a reference. */
typedef void (*WhCurlFinished)(CURL *easy, CURLcode code, gpointer data);

WhCurlLoop *wh_curl_loop_new(WhClock *clock, WhCurlFinished finished);
WhCurlLoop *wh_curl_loop_ref(WhCurlLoop *loop);

/* With the last reference all connections are closed. No transfer may be in the loop by then. */
void wh_curl_loop_unref(WhCurlLoop *loop);

/* Starts a transfer with the next turn of the main loop. */
void wh_curl_loop_add(WhCurlLoop *loop, CURL *easy);

/* Takes a transfer out, finished or not; its connection is closed when it was in use. */
void wh_curl_loop_remove(WhCurlLoop *loop, CURL *easy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhCurlLoop, wh_curl_loop_unref)

G_END_DECLS
