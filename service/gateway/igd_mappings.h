/* How many of the router's port mappings lead to this computer: GetGenericPortMappingEntry of
 * WANIPConnection:1 section 2.4.14. Private to this room. */
#pragma once

#include "service/gateway/igd_call.h"

G_BEGIN_DECLS

/* So many entries of a router's list are looked at. */
#define WH_IGD_MAPPINGS_MOST 100

/* count -1: the router does not say. */
typedef void (*WhIgdMappingsFunc)(gint count, gpointer data);

typedef struct WhIgdMappings WhIgdMappings;

/* Reads the list, one entry after the other. `service` must outlive it. `done` is called once,
 * never before this returned; the count may be freed in it. */
WhIgdMappings *wh_igd_mappings_new(WhHttp *http, const WhIgdService *service, const WhAddress *self,
                                   WhIgdMappingsFunc done, gpointer data);
void wh_igd_mappings_free(WhIgdMappings *mappings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhIgdMappings, wh_igd_mappings_free)

G_END_DECLS
