/* The whole service: builds the rooms, hands events from one to the next, takes them down again. */
#pragma once

#include "service/wiring/options.h"

G_BEGIN_DECLS

typedef struct WhService WhService;

typedef void (*WhServiceStopped)(gpointer data);

/* Builds and starts everything. What is missing (a writable folder, a network, a control socket)
 * becomes a notice and the service runs without it. NULL only when another process already is this
 * service: `error` says so. `stopped` is called when the service manager or the user asks it to
 * end. */
WhService *wh_service_new(const WhOptions *options, WhServiceStopped stopped, gpointer data,
                          GError **error);

/* Ends everything in order; nothing that was acknowledged is lost. */
void wh_service_free(WhService *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhService, wh_service_free)

G_END_DECLS
