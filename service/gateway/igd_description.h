/* What a gateway says about itself: UPnP Device Architecture 1.1 section 2.3, read by miniupnpc.
 * Private to this room. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* A longer description is none. */
#define WH_IGD_DESCRIPTION_MOST ((gsize)64 * 1024)

/* One WANIPConnection or WANPPPConnection, of either version. type: its name in requests. control,
 * events: whole addresses at the router; events NULL: it has none. */
typedef struct {
    char *type;
    char *control;
    char *events;
} WhIgdService;

/* A gateway that can do both PPP and plain IP describes both, and uses one. model: what the router
 * calls itself, at most 64 characters and none of them a control character, or NULL. strays: it
 * names services that are not at the router; they are left out. */
typedef struct {
    WhIgdService services[2];
    guint n_services;
    char *model;
    gboolean strays;
} WhIgdDescription;

void wh_igd_description_free(WhIgdDescription *description);

/* `bytes` are followed by a NUL that `length` does not count. `location`: where they come from,
 * which is at the router. NULL unless there is a service that can be used or one that strays. */
WhIgdDescription *wh_igd_description_read(const char *bytes, gsize length, const char *location,
                                          const WhAddress *router);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgdDescription, wh_igd_description_free)

G_END_DECLS
