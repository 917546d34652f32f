/* The person who owns the service of the whole computer: remembered in the store, with a name that
 * is looked up in the background. When their number is found to have another name at that, they
 * stay the owner under the old one, and nobody's principal is theirs. */
#pragma once

#include "service/store/store.h"

G_BEGIN_DECLS

typedef struct WhOwner WhOwner;

/* changed: another owner; former: the principal of the one before, NULL: nobody. named: the name is
 * another now. */
typedef struct {
    void (*changed)(const char *former, gpointer data);
    void (*named)(gpointer data);
} WhOwnerListener;

typedef void (*WhOwnerSet)(const GError *error, gpointer data);

/* Reads who it is; `store` must outlive it. `listener` is copied. */
WhOwner *wh_owner_new(WhStore *store, const WhOwnerListener *listener, gpointer data);

/* What is being set is not, and is told so (G_IO_ERROR_CANCELLED). */
void wh_owner_free(WhOwner *owner);

/* NULL: nobody. The name is the principal's own text while no better one is known. Both are valid
 * until the next callback of the listener. */
const char *wh_owner_principal(const WhOwner *owner);
const char *wh_owner_name(const WhOwner *owner);

/* Makes `principal` the owner. FALSE: that could not be written down, and nothing changed. */
gboolean wh_owner_claim(WhOwner *owner, const char *principal, GError **error);

/* The same for the person of this name (NULL: nobody). `done` is called once, not before this
 * returned; errors as of wh_users_find(), or the store's. */
void wh_owner_set(WhOwner *owner, const char *user, WhOwnerSet done, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhOwner, wh_owner_free)

G_END_DECLS
