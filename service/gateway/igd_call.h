/* One request to a service of the router: UPnP Device Architecture 1.1 section 3. Private to this
 * room. */
#pragma once

#include "service/gateway/igd_description.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* A longer answer is none. */
#define WH_IGD_ANSWER_MOST ((gsize)16 * 1024)

/* The router is in the same house: who is silent for so long does not answer. */
#define WH_IGD_TIMEOUT (3 * WH_SECOND)

typedef enum {
    WH_IGD_CALL_DONE,    /* the answer is there */
    WH_IGD_CALL_REFUSED, /* the router answers, and says no */
    WH_IGD_CALL_FAILED,  /* nobody answers */
} WhIgdCallOutcome;

/* `body`: has a NUL behind it, and is empty when nobody answers; valid during the call. */
typedef void (*WhIgdCallFunc)(WhIgdCallOutcome outcome, const char *body, gsize length,
                              gpointer data);

typedef struct WhIgdCall WhIgdCall;

/* Asks `service` to do `action`; `arguments`: XML, or "". `done` is called once, never before this
 * returned; the call may be freed in it. */
WhIgdCall *wh_igd_call_new(WhHttp *http, const WhIgdService *service, const char *action,
                           const char *arguments, WhIgdCallFunc done, gpointer data);

/* Takes it back: `done` is not called any more. */
void wh_igd_call_free(WhIgdCall *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgdCall, wh_igd_call_free)

G_END_DECLS
