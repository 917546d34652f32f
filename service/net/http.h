/* HTTP for providers and echo services: curl's multi interface on the GLib main loop.
 *
 * Nothing blocks. Bodies, headers and times are bounded. No request goes through a proxy that
 * nobody configured here; redirects are not followed. https only, certificates verified, unless the
 * request says that plain http is allowed. Every text that leaves this room for a log or an error
 * is free of secrets. */
#pragma once

#include "service/base/clock.h"
#include "service/base/secret.h"
#include "service/net/binder.h"

G_BEGIN_DECLS

typedef enum {
    WH_HTTP_ANY_FAMILY,
    WH_HTTP_IPV4_ONLY,
    WH_HTTP_IPV6_ONLY,
} WhHttpFamily;

#define WH_HTTP_DEFAULT_TIMEOUT (20 * WH_SECOND)
#define WH_HTTP_DEFAULT_MAX_BODY ((gsize)64 * 1024)

/* url may hold a secret (some providers want that) and is wiped after use; shown_url is what logs
 * and errors say instead. user and password make HTTP Basic authentication. headers: "Name: value",
 * any of them may hold a secret. body NULL: none. body_type: its Content-Type. 0 in timeout and
 * max_body: the defaults. fresh_connection: not over a kept-alive connection (an address change
 * makes those stale). interface: leaves by that one, over a connection of its own; 0: the system's
 * way. With one, `family` must be IPv4 or IPv6, and wh_http_set_binder() have been called. */
typedef struct {
    const char *method; /* "GET", "POST", "PUT", "PATCH"; UPnP's "SUBSCRIBE", "UNSUBSCRIBE" */
    WhSecret *url;
    const char *shown_url;
    const char *user;
    WhSecret *password;
    GPtrArray *headers; /* WhSecret */
    WhSecret *body;
    const char *body_type;
    const char *user_agent; /* NULL: the product's own */
    WhHttpFamily family;
    gboolean allow_plain;
    gboolean fresh_connection;
    guint interface;
    gint64 timeout;
    gsize max_body;
} WhHttpRequest;

/* body is NUL-terminated (the NUL is not counted) and cut at max_body, which `truncated` tells.
 * retry_after in microseconds, 0 when the server did not say (RFC 9110 section 10.2.3, both forms).
 * sent and answered are wall times: when the last byte of the request left, when the answer was
 * whole. date: the server's own clock (RFC 9110 section 6.6.1), 0 when it did not say. transfer:
 * for wh_http_response_header(). */
typedef struct {
    guint status;
    const char *body;
    gsize length;
    gboolean truncated;
    const char *content_type;
    const char *location; /* of a redirect that was not followed, without its query; or NULL */
    gint64 retry_after;
    gint64 sent;
    gint64 answered;
    gint64 date;
    gpointer transfer;
} WhHttpResponse;

#define WH_HTTP_ERROR (wh_http_error_quark())
GQuark wh_http_error_quark(void);

typedef enum {
    WH_HTTP_ERROR_INVALID,   /* the request itself is not allowed (scheme, bad URL) */
    WH_HTTP_ERROR_RESOLVE,   /* the server's name was not found */
    WH_HTTP_ERROR_CONNECT,   /* no connection */
    WH_HTTP_ERROR_TLS,       /* the certificate or the handshake is not right */
    WH_HTTP_ERROR_TIMEOUT,   /* silence, after the request may have been taken */
    WH_HTTP_ERROR_BROKEN,    /* likewise: closed, reset or not HTTP */
    WH_HTTP_ERROR_CANCELLED, /* wh_http_cancel() or wh_http_free() */
} WhHttpErrorCode;

/* Whether the server may have got the request and done what it asks for, although there was no
 * answer. FALSE for errors of other domains. */
gboolean wh_http_error_is_late(const GError *error);

typedef struct WhHttp WhHttp;

/* Exactly one of response and error is set; both are valid during the call only. */
typedef void (*WhHttpDone)(const WhHttpResponse *response, const GError *error, gpointer data);

/* The value of the answer's first header of that name, or NULL. Valid until the next call for the
 * same response. */
const char *wh_http_response_header(const WhHttpResponse *response, const char *name);

/* trusted: the authorities' certificates, a folder of them by hash (see platform/paths.h) or one
 * file; NULL for the TLS library's own. */
WhHttp *wh_http_new(WhClock *clock, const char *trusted, const char *system_name);

/* How requests with an interface leave by it. Without it they are refused. */
void wh_http_set_binder(WhHttp *http, WhBinder binder);

/* Requests under way end with WH_HTTP_ERROR_CANCELLED before this returns; `done` must not send
 * again then. */
void wh_http_free(WhHttp *http);

/* Starts a request; everything in `request` is copied or referenced. Returns a handle, never 0.
 * `done` is called exactly once, never before this function returned. At most 4 connections to one
 * server, further requests wait in line; a server that hangs delays nobody else. */
guint64 wh_http_send(WhHttp *http, const WhHttpRequest *request, WhHttpDone done, gpointer data);

/* Ends a request at once; `done` is called with WH_HTTP_ERROR_CANCELLED before this returns.
 * Unknown handles are ignored. */
void wh_http_cancel(WhHttp *http, guint64 handle);

/* Drops kept-alive connections and remembered names: after an address change they lead nowhere. */
void wh_http_forget_connections(WhHttp *http);

/* What an answer that passes by tells about the time. host: of the URL. secure: it proved who it
 * is. date and answered as in WhHttpResponse. refused: no answer, because the certificate was not
 * believed; a wrong clock is one of the reasons. */
typedef struct {
    const char *host;
    gboolean secure;
    gint64 date;
    gint64 answered;
    gboolean refused;
} WhHttpGlimpse;

/* Called for each answer that says a date, and for each refusal, before `done` of the request. Must
 * not call back. NULL: nobody is told. */
typedef void (*WhHttpGlimpseFunc)(const WhHttpGlimpse *glimpse, gpointer data);
void wh_http_set_glimpse(WhHttp *http, WhHttpGlimpseFunc func, gpointer data);

/* The product's User-Agent: maker, program, system, version and contact in one form that satisfies
 * every provider (No-IP, Dyn and DNSPod rules). Static for the life of `http`. */
const char *wh_http_user_agent(WhHttp *http);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHttp, wh_http_free)

G_END_DECLS
