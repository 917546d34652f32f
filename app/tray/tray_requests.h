/* What the menu asks of the service: each thing once at a time, however often it is chosen. */
#pragma once

#include "app/client/link.h"
#include "app/tray/tray_menu.h"

G_BEGIN_DECLS

typedef struct WhTrayRequests WhTrayRequests;

/* Why something was not done, a sentence. */
typedef void (*WhTrayRequestsFunc)(const char *message, gpointer data);

/* Takes a reference to `link`. Freeing it ends no request; nobody hears of it any more. */
WhTrayRequests *wh_tray_requests_new(WhLink *link, WhTrayRequestsFunc failed, gpointer data);
void wh_tray_requests_free(WhTrayRequests *requests);

/* WH_TRAY_UPDATE_NOW, WH_TRAY_PAUSE or WH_TRAY_RESUME; FALSE: it is under way already. */
gboolean wh_tray_requests_ask(WhTrayRequests *requests, WhTrayAction action);

/* Whether anything is under way. */
gboolean wh_tray_requests_is_busy(WhTrayRequests *requests);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTrayRequests, wh_tray_requests_free)

G_END_DECLS
