/* A host: a name that the user wants kept right. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* name: normalised, lower case without final dot. wants: which families to publish. ttl 0: the
 * provider's default. */
typedef struct {
    char *id;
    char *account;
    char *name;
    gboolean wants[WH_N_FAMILIES];
    guint32 ttl;
    gboolean paused;
} WhHost;

WhHost *wh_host_new(const char *id, const char *account, const char *name);
WhHost *wh_host_copy(const WhHost *host);
void wh_host_free(WhHost *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHost, wh_host_free)

G_END_DECLS
